"""What people need when something happens in their life, in the words by which the mall's own services are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """Something to get done, the words that find it in a catalogue, and of what its name or agency has one part.

    Search forgives, and would propose a death certificate to whoever wants to marry; a life event does not.
    """

    title: Promise
    words: str
    named: Sequence[str]

    def fits(self, name: str) -> bool:
        """Whether a service of this name, with its agency's, is what is to be done."""
        return any(part in name.casefold() for part in self.named)


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life, and what is to be done then, the most urgent first."""

    code: str
    title: Promise
    steps: Sequence[Step]


LIFE_EVENTS = (
    LifeEvent(
        "lahir",
        _("Anak lahir"),
        (
            Step(_("Akta kelahiran anak"), "akta kelahiran", ("akta kelahiran",)),
            Step(_("Kartu keluarga dengan nama anak"), "kartu keluarga", ("kartu keluarga",)),
            Step(_("Kartu identitas anak"), "kartu identitas anak", ("identitas anak",)),
            Step(_("Jaminan kesehatan anak"), "pendaftaran bayi baru lahir", ("bayi", "peserta")),
            Step(_("Paspor anak"), "paspor", ("paspor",)),
        ),
    ),
    LifeEvent(
        "menikah",
        _("Menikah"),
        (
            Step(_("Pencatatan nikah"), "nikah", ("nikah",)),
            Step(_("Akta perkawinan"), "akta perkawinan", ("perkawinan",)),
            Step(_("Kartu keluarga baru"), "kartu keluarga", ("kartu keluarga",)),
            Step(_("KTP dengan status baru"), "ktp", ("ktp",)),
        ),
    ),
    LifeEvent(
        "pindah",
        _("Pindah rumah"),
        (
            Step(_("Surat pindah"), "surat pindah", ("pindah",)),
            Step(_("Kartu keluarga dengan alamat baru"), "kartu keluarga", ("kartu keluarga",)),
            Step(_("KTP dengan alamat baru"), "ktp", ("ktp",)),
            Step(_("Pajak kendaraan di alamat baru"), "pajak kendaraan", ("kendaraan", "stnk")),
            Step(_("Sambungan air"), "sambungan air", ("sambungan", "pasang baru")),
        ),
    ),
    LifeEvent(
        "usaha",
        _("Membuka usaha"),
        (
            Step(_("Nomor induk berusaha"), "nomor induk berusaha", ("berusaha", "nib")),
            Step(_("Nomor pokok wajib pajak"), "npwp", ("npwp",)),
            Step(_("Izin bangunan tempat usaha"), "persetujuan bangunan gedung", ("bangunan gedung", "imb")),
            Step(_("Sertifikat halal"), "halal", ("halal",)),
            Step(_("Jaminan sosial tenaga kerja"), "bpjs ketenagakerjaan", ("ketenagakerjaan",)),
        ),
    ),
    LifeEvent(
        "meninggal",
        _("Anggota keluarga meninggal"),
        (
            Step(_("Akta kematian"), "akta kematian", ("akta kematian",)),
            Step(_("Kartu keluarga baru"), "kartu keluarga", ("kartu keluarga",)),
            Step(_("Santunan dan jaminan kematian"), "jaminan kematian", ("jaminan kematian", "santunan")),
            Step(_("Pensiun janda, duda, dan yatim"), "pensiun", ("pensiun", "taspen")),
            Step(_("Pajak bumi dan bangunan atas nama ahli waris"), "pbb", ("pbb", "bumi dan bangunan")),
        ),
    ),
)


def life_event(code: str) -> LifeEvent | None:
    """Return a life event by its code."""
    return next((each for each in LIFE_EVENTS if each.code == code), None)
