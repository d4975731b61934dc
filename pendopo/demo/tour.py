"""The tour: what five press reports say of public-service malls, and the screen of Pendopo that answers each.

The facts are the reports', the words are ours. Whoever builds an answer names its screen here.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.demo.staff import MANAGER


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the demo mall: its route, its name, and a login of docs/demo.md that sees it; empty: all see it.

    `query` is what its address asks for: a year, a day.
    """

    route: str
    name: Promise
    login: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a report says, and the screens that answer it; without any, its screen comes later."""

    text: Promise
    screens: tuple[Screen, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A press report: `scene` is its short name."""

    scene: str
    place: str
    day: date
    source: str
    title: Promise
    sentences: tuple[Sentence, ...]


SEARCH = Screen("catalogue:search", _("Cari layanan"))
KIOSK = Screen("queues:kiosk", _("Kios"))
VANS = Screen("queues:vans", _("Jadwal keliling"))
INSPECTIONS = Screen("inspections:inspections", _("Sidak"), MANAGER)
HALL = Screen("queues:hall", _("Aula"), MANAGER)
ATTENDANCE = Screen("agencies:attendance", _("Kehadiran petugas"), MANAGER)
VACANCIES = Screen("queues:vacancies", _("Loket kosong"), MANAGER)
FULL_TIME = Screen("queues:full_time", _("Janji buka penuh"), MANAGER)
FIRST_DAY = Screen("queues:first_day", _("Hari pertama setelah libur panjang"), MANAGER)
AGREEMENTS = Screen("agencies:agreements", _("Perjanjian"), MANAGER)
PROSPECTS = Screen("agencies:prospects", _("Siapa ingin bergabung"), MANAGER)
OPENING = Screen("agencies:opening_day", _("Bisakah kita buka?"), MANAGER)
CAPACITY = Screen("agencies:capacity", _("Daya tampung dan kepindahan"), MANAGER)
HOTLINES = Screen("agencies:hotlines", _("Hotline instansi"), MANAGER)
COVERAGE = Screen("catalogue:coverage", _("Cakupan layanan"), MANAGER)
TWICE = Screen("catalogue:coverage_twice", _("Pelayanan ganda"), MANAGER)
STANDARDS = Screen("catalogue:standards", _("Standar pelayanan"), MANAGER)
READINESS = Screen("readiness:ready", _("Siapkah kita?"), MANAGER)
PLAN = Screen("readiness:plan", _("Rencana aksi"), MANAGER)
ASSESSMENTS = Screen("readiness:assessments", _("Penilaian kesiapan"), MANAGER)
RATINGS = Screen("readiness:ratings", _("Penilaian pengunjung"), MANAGER)
INDICATORS = Screen("indicators:indicators", _("Indikator reformasi"), MANAGER)
APPS = Screen("agencies:apps", _("Aplikasi instansi"), MANAGER)
MEETINGS = Screen("meetings:meetings", _("Rapat"), MANAGER)
LETTERS = Screen("meetings:letters", _("Surat"), MANAGER)
HEAD = Screen("performance:head", _("Halaman pimpinan"), "pimpinan@contoh.test")
WEEKLY = Screen("performance:letters", _("Surat mingguan"), "pimpinan@contoh.test")
RECEPTION = Screen("queues:reception", _("Meja penerima"), MANAGER)
INNOVATING = Screen("innovations:agencies", _("Satu instansi satu inovasi 2021"), MANAGER, "year=2021")
INNOVATING_NEXT = Screen("innovations:agencies", _("Satu instansi satu inovasi 2022"), MANAGER, "year=2022")
INNOVATIONS = Screen("innovations:innovations", _("Daftar inovasi"), MANAGER, "year=2021")
COMPETITIONS = Screen("innovations:competitions", _("Lomba inovasi"), MANAGER)
NOVELTY = Screen("innovations:novelty", _("Periksa kebaruan"), MANAGER)
IGA = Screen("innovations:iga", _("Indeks IGA 2021"), MANAGER, "year=2021")
LEGAL_BASIS = Screen("innovations:innovations", _("Dasar hukum tiap inovasi"), MANAGER, "year=2021")
PUBLIC_INNOVATIONS = Screen("innovations:published", _("Inovasi untuk umum"))

REPORTS = (
    Report(
        "lebaran",
        "Kota Mojokerto",
        date(2023, 4, 26),
        "BangsaOnline",
        _("Hari pertama kerja sesudah Lebaran: semua loket harus buka"),
        (
            Sentence(_("178 layanan dari 24 instansi harus buka penuh waktu."), (SEARCH, FULL_TIME, FIRST_DAY, HEAD)),
            Sentence(
                _("Wali kota datang tanpa memberi tahu dan menemukan satu loket kosong."),
                (INSPECTIONS, VACANCIES, HALL, HEAD),
            ),
            Sentence(_("Semua petugas hadir pada hari pertama."), (ATTENDANCE, FIRST_DAY)),
            Sentence(
                _("Kantor pendapatan daerah pindah seluruhnya ke MPP karena tempat parkirnya kurang."), (CAPACITY,)
            ),
            Sentence(_("Rumah sakit dan JKN masing-masing punya aplikasi antrean: diminta satu dasbor."), (APPS,)),
            Sentence(_("Kepolisian, kejaksaan, dan militer ikut berkomitmen."), (AGREEMENTS,)),
        ),
    ),
    Report(
        "menteri",
        "Kota Mojokerto",
        date(2023, 2, 6),
        "Surabaya Pagi",
        _("Menteri: reformasi birokrasi yang dirasakan warga"),
        (
            Sentence(_("Warga memilih sendiri: datang, atau memakai gawai."), (SEARCH, KIOSK, RECEPTION)),
            Sentence(_("Kemiskinan 9,57 persen ditargetkan menjadi 7 persen pada 2024."), (INDICATORS,)),
            Sentence(
                _("Reformasi tematik: kemiskinan, investasi, dan administrasi kependudukan digital."), (INDICATORS,)
            ),
            Sentence(_("Digitalisasi berarti menyatukan layanan, bukan menambah aplikasi."), (APPS,)),
            Sentence(_("Daerah memakai paket bersama dan tidak perlu membuat sendiri.")),
            Sentence(_("Seratus kota memakai MPP Digital pada Mei 2023."), (INDICATORS,)),
        ),
    ),
    Report(
        "inovasi",
        "Kota Mojokerto",
        date(2022, 1, 20),
        "Mojokerto",
        _("Satu instansi satu inovasi"),
        (
            Sentence(
                _("Setiap instansi membuat paling sedikit satu inovasi untuk KIPP 2022."),
                (INNOVATING, INNOVATING_NEXT, COMPETITIONS, NOVELTY),
            ),
            Sentence(_("Sepuluh inovasi dinilai dalam IGA 2021."), (INNOVATIONS, IGA)),
            Sentence(_("Gayatri masuk Top 45 nasional."), (PUBLIC_INNOVATIONS,)),
            Sentence(_("Peraturan daerah tentang inovasi sedang disusun."), (LEGAL_BASIS,)),
        ),
    ),
    Report(
        "kediri",
        "Kota Kediri",
        date(2024, 5, 13),
        "KoranMemo",
        _("Menuju MPP Digital"),
        (
            Sentence(_("89 layanan dari 11 instansi, dan lima instansi lagi ingin bergabung."), (SEARCH, PROSPECTS)),
            Sentence(_("Lebih dari 90 persen pengunjung sangat puas."), (READINESS, RATINGS)),
            Sentence(_("Nilai kepatuhan Ombudsman 91,05: hijau, kualitas tertinggi."), (READINESS,)),
            Sentence(_("Standar pelayanan tersedia untuk setiap layanan."), (STANDARDS,)),
            Sentence(_("Kedisiplinan petugas dipantau."), (ATTENDANCE,)),
            Sentence(_("Rapat pemantauan menilai standar, kedisiplinan, komitmen, dan kepuasan."), (MEETINGS,)),
            Sentence(
                _("Surat usulan MPP Digital dikirim pada Mei, lalu penilaian, kunjungan, dan kelulusan."), (LETTERS,)
            ),
            Sentence(_("Kedisiplinan petugas dipantau."), (ATTENDANCE, WEEKLY)),
            Sentence(
                _("Syarat MPP Digital: SISDMK paling sedikit 60 persen; Kediri 59,33 persen."),
                (READINESS, ASSESSMENTS),
            ),
            Sentence(_("Surat usulan Mei, penilaian Juni, kunjungan kementerian Juli, lulus Agustus."), (PLAN,)),
            Sentence(
                _("Empat saluran (langsung, keliling, mandiri, elektronik) saling menguatkan, bukan menggantikan."),
                (RECEPTION, VANS, KIOSK, SEARCH),
            ),
        ),
    ),
    Report(
        "sragen",
        "Kabupaten Sragen",
        date(2022, 11, 16),
        "Pemerintah Kabupaten Sragen",
        _("29 instansi menandatangani, lima belum"),
        (
            Sentence(
                _("29 instansi menandatangani nota kesepakatan, rencana kerja, dan perjanjian kerja sama."),
                (AGREEMENTS,),
            ),
            Sentence(_("Lima instansi belum menandatangani, masing-masing dengan alasannya."), (AGREEMENTS,)),
            Sentence(_("Ruangan siap 20 November, dibuka terbatas 15 Desember, diresmikan Januari."), (OPENING,)),
            Sentence(_("Dinas Pekerjaan Umum membawa tiga dari tujuh layanannya."), (COVERAGE,)),
            Sentence(_("Layanan diterima di MPP, walaupun dikerjakan di tempat lain."), (COVERAGE,)),
            Sentence(_("Tidak ada dualisme: yang dilayani di MPP ditutup di kantor dinas."), (TWICE,)),
            Sentence(_("Setiap instansi punya nomor pengaduan sendiri."), (HOTLINES,)),
            Sentence(_("Tidak ada pungutan liar: biaya dan dasarnya ditunjukkan sebelum dilayani."), (SEARCH,)),
        ),
    ),
)
