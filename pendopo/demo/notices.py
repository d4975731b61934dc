"""What the demo mall tells everybody: all of it is invented, but for the kinds of facilities."""

from datetime import datetime
from typing import Final

from pendopo.agencies.types import Actor
from pendopo.catalogue.actions import noticing
from pendopo.catalogue.models import Notice
from pendopo.tenancy.models import Mall

KIND: Final = Notice.Kind
# Kind, title, text.
NOTICES: Final[tuple[tuple[str, str, str], ...]] = (
    (KIND.ANNOUNCEMENT, "Ini MPP contoh", "Semua data di sini rekaan. Cobalah apa saja: tidak ada yang rusak."),
    (KIND.WAY, "Angkutan umum", "Angkot jalur 3 dan 7 berhenti di depan gedung."),
    (KIND.WAY, "Parkir", "Gratis di sisi timur; tempat bagi penyandang disabilitas di dekat pintu utama."),
    (KIND.FACILITY, "Jalan landai (ram) di pintu masuk", "Pintu utama"),
    (KIND.FACILITY, "Kursi roda yang siap dipakai", "Pinjam di meja informasi"),
    (KIND.FACILITY, "Loket atau antrean prioritas", ""),
    (KIND.FACILITY, "Kursi tunggu prioritas", "Kedua lantai"),
    (KIND.FACILITY, "Ruang laktasi", "Lantai 1, sebelah musala"),
    (KIND.FACILITY, "Tempat bermain anak", "Lantai 1"),
    (KIND.FACILITY, "Toilet khusus penyandang disabilitas", "Lantai 1"),
    (KIND.QUESTION, "Apakah saya harus mengambil nomor lewat ponsel?",
     "Tidak. Nomor dapat diambil di anjungan atau di meja informasi, dan dipanggil dengan urutan yang sama."),
    (KIND.QUESTION, "Bolehkah diwakilkan?", "Tergantung layanannya. Lihat syaratnya di halaman layanan."),
    (KIND.QUESTION, "Apakah ada biaya?", "Biaya resmi dan dasarnya tertulis di halaman layanan."),
    (KIND.CONTACT, "Meja informasi", "(0000) 555-000"),
)  # fmt: skip


def tell_everybody(mall: Mall, *, by: Actor, at: datetime) -> None:
    """Write the demo mall's general information. Stand inside the mall."""
    for kind, title, text in NOTICES:
        noticing.write_notice(mall, kind, title=title, text=text, by=by, at=at)
