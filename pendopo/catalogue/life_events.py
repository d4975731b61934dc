"""What people need when something happens in their life, in the words by which the mall's own services are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """Something to get done, and the words that find it in a catalogue."""

    title: Promise
    words: str


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
            Step(_("Akta kelahiran anak"), "akta kelahiran"),
            Step(_("Kartu keluarga dengan nama anak"), "kartu keluarga"),
            Step(_("Kartu identitas anak"), "kartu identitas anak"),
            Step(_("Jaminan kesehatan anak"), "pendaftaran peserta bpjs kesehatan"),
            Step(_("Paspor anak"), "paspor"),
        ),
    ),
    LifeEvent(
        "menikah",
        _("Menikah"),
        (
            Step(_("Pencatatan nikah"), "nikah"),
            Step(_("Akta perkawinan"), "akta perkawinan"),
            Step(_("Kartu keluarga baru"), "kartu keluarga"),
            Step(_("KTP dengan status baru"), "ktp"),
        ),
    ),
    LifeEvent(
        "pindah",
        _("Pindah rumah"),
        (
            Step(_("Surat pindah"), "surat pindah"),
            Step(_("Kartu keluarga dengan alamat baru"), "kartu keluarga"),
            Step(_("KTP dengan alamat baru"), "ktp"),
            Step(_("Pajak kendaraan di alamat baru"), "pajak kendaraan"),
            Step(_("Sambungan air"), "sambungan air"),
        ),
    ),
    LifeEvent(
        "usaha",
        _("Membuka usaha"),
        (
            Step(_("Nomor induk berusaha"), "nomor induk berusaha"),
            Step(_("Nomor pokok wajib pajak"), "npwp"),
            Step(_("Izin bangunan tempat usaha"), "persetujuan bangunan gedung"),
            Step(_("Sertifikat halal"), "halal"),
            Step(_("Jaminan sosial tenaga kerja"), "bpjs ketenagakerjaan"),
        ),
    ),
    LifeEvent(
        "meninggal",
        _("Anggota keluarga meninggal"),
        (
            Step(_("Akta kematian"), "akta kematian"),
            Step(_("Kartu keluarga baru"), "kartu keluarga"),
            Step(_("Santunan dan jaminan kematian"), "jaminan kematian"),
            Step(_("Pensiun janda, duda, dan yatim"), "pensiun"),
            Step(_("Pajak bumi dan bangunan atas nama ahli waris"), "pbb"),
        ),
    ),
)


def life_event(code: str) -> LifeEvent | None:
    """Return a life event by its code."""
    return next((each for each in LIFE_EVENTS if each.code == code), None)
