"""The day on which Mojokerto asked every agency for an innovation: ten have names, most agencies have none.

What the report and other public pages leave open stays empty. The round's deadline is ours, and says so. The report
cites "UU 8/2013" and calls UU 23/2014 a law of innovation: neither is repeated here (public service is UU 25/2009;
regional innovation is UU 23/2014 articles 386 to 390).
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.innovations.actions import competing, living, register
from pendopo.innovations.actions.register import Told
from pendopo.tenancy.models import Mall

MOJOKERTO_AT = datetime(2022, 1, 20, 2, tzinfo=UTC)
IGA_YEAR, KIPP_YEAR = 2021, 2022
REPORT = "Berita Mojokerto, 20 Januari 2022"
CLOSES_AT = datetime(2022, 3, 31, 16, tzinfo=UTC)
# Of the report, besides those that the demo mall has.
OWNERS = {
    "DISKOMINFO": "Dinas Komunikasi dan Informatika",
    "RSUDWAHIDIN": "RSUD Wahidin",
    "SMPN5": "SMP Negeri 5",
    "SMPN7": "SMP Negeri 7",
    "JAGALAN": "Kelurahan Jagalan",
    "BAPPEDA": "Bappeda Litbang",
    "BAGUMUM": "Bagian Umum",
    "DIKBUD": "Dinas Pendidikan dan Kebudayaan",
}


@dataclass(frozen=True, slots=True)
class Named:
    """An innovation of the report: whose, what is known, and what it had won by then, with the source."""

    agency: str
    told: Told
    awards: tuple[tuple[str, int], ...] = ()


TEN = (
    Named(
        "DINKES",
        Told(
            "GAYATRI", IGA_YEAR, "Gerbang Layanan Informasi Terpadu dan Terintegrasi",
            "Pendaftaran layanan kesehatan daring, laporan darurat, dan masalah sosial, dengan 1.600 kader motivator; "
            "terhubung dengan data kependudukan, bantuan sosial, KIS, dan BPJS.",
            started_in=2018, source="jagadpos, harianbangsa, memorandum",
        ),
        (("Top 99 KIPP", 2020), ("Top 45 KIPP", 2020)),
    ),
    Named(
        "DISKOMINFO",
        Told(
            "Curhat Ning Ita", IGA_YEAR,
            summary="Warga mengadu melalui delapan kanal, antara lain WhatsApp, Facebook, Instagram, SMS, Twitter, "
            "situs, dan LAPOR.",
            source="satujurnal, amunisinews",
        ),
        (("Top 46 P4", 2020),),
    ),
    Named(
        "RSUDWAHIDIN",
        Told(
            "Si Mapan", IGA_YEAR, "Solusi Medis Lengkap Dalam Genggaman",
            "Aplikasi rumah sakit: BPJS, hasil laboratorium, citra medis, antrean, dan tempat tidur.",
            kind="digital", source="amunisinews, mojokerto.inews.id",
        ),
    ),
    Named(
        "SMPN5",
        Told(
            "Brantas Tuntas", IGA_YEAR, "Berita Anak Terkini di Sekolah, Orang Tua Nyaman Tenang dan Puas",
            "Situs dan aplikasi Android: kehadiran, nilai, kegiatan, konsultasi, diskusi, dan galeri.",
            kind="digital", source="republika, beritalima",
        ),
    ),
    Named(
        "SMPN7",
        Told(
            "Gelai Sang Ratu", IGA_YEAR, "Gerakan Literasi Sanggar Literat", "Literasi digital dan belajar daring.",
            source="surabayapagi, benuanews",
        ),
    ),
    Named("JAGALAN", Told("SEMPELMAS", IGA_YEAR, "Sistem Pelayanan Masyarakat", source=REPORT)),
    Named("DINKES", Told("Ngarang Biji Goodbye", IGA_YEAR, source=REPORT)),
    Named("BAPPEDA", Told("MAGIS", IGA_YEAR, "Mojokerto Kota Geographic Information System", source=REPORT)),
    Named("BAGUMUM", Told("E-Surat", IGA_YEAR, source=REPORT)),
    Named("DIKBUD", Told("PPDB Online", IGA_YEAR, source=REPORT)),
)  # fmt: skip


def play(mall: Mall, by: Actor) -> None:
    """Ten innovations of nine agencies stand in the register; KIPP 2022 is open, and nobody has handed in yet."""
    at = MOJOKERTO_AT
    for code, name in OWNERS.items():
        founding.add_agency(mall, code=code, name=name, at=at, by=by)
    owners = {agency.code: agency for agency in Agency.objects.filter(mall=mall).select_related("mall")}
    for named in TEN:
        made = register.register_innovation(owners[named.agency], named.told, by=by, at=at)
        register.show_to_public(made, is_published=True, by=by, at=at)
        for award, year in named.awards:
            living.note_award(made, name=award, year=year, source=named.told.source, by=by, at=at)
    competing.call_competition(
        mall, name="KIPP 2022", year=KIPP_YEAR, opens_at=at, closes_at=CLOSES_AT,
        source=f"PermenPANRB 7/2021; {REPORT}. Tenggat ini contoh: berita tidak menyebutnya.", by=by, at=at,
    )  # fmt: skip
