"""The tour: what five press reports say of public-service malls, and the screen of Pendopo that answers each.

The facts are the reports', the words are ours. Whoever builds an answer names its screen here.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pendopo.demo.staff import MANAGER


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the demo mall: its route, its name, and a login of docs/demo.md that sees it; empty: all see it.

    `query` is what its address asks for: a year, a standing. `on_the_day` takes its place while the mall stands on the
    day of the report: without it the page shows today.
    """

    route: str
    name: Promise
    login: str = ""
    query: str = ""
    on_the_day: str = ""


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
RECORD = Screen("agencies:attendance_month", _("Rekap bulanan"), MANAGER)
VACANCIES = Screen("queues:vacancies", _("Loket kosong"), MANAGER)
FULL_TIME = Screen("queues:full_time", _("Janji buka penuh"), MANAGER)
FIRST_DAY = Screen("queues:first_day", _("Hari pertama setelah libur panjang"), MANAGER)
AGREEMENTS = Screen("agencies:agreements", _("Perjanjian"), MANAGER)
COMMITMENT = Screen("agencies:agreements", _("Komitmen layanan"), MANAGER, "kind=commitment&standing=signed")
SIGNED = Screen("agencies:agreements", _("Sudah menandatangani"), MANAGER, "kind=contract&standing=signed")
UNSIGNED = Screen("agencies:agreements", _("Belum menandatangani, dan mengapa"), MANAGER, "kind=mou&standing=not")
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
DECISIONS = Screen("meetings:decisions", _("Keputusan rapat"), MANAGER)
LETTERS = Screen("meetings:letters", _("Surat"), MANAGER)
BILLS = Screen("payments:bills", _("Tagihan: tarif, dasar, dan bukti"), MANAGER)
RECONCILED = Screen("payments:reconciliation", _("Rekonsiliasi harian"), MANAGER)
PRODUCTS = Screen("applications:handovers", _("Penyerahan produk"), MANAGER)
CASES = Screen("queues:cases", _("Berkas diteruskan"), MANAGER)
HOURS = Screen("agencies:agency_list", _("Pengaturan: instansi dan jam buka"), MANAGER)
OFFERED = Screen("catalogue:service_list", _("Pengaturan: layanan, saluran, dan biaya"), MANAGER)
QUOTAS = Screen("queues:quotas", _("Pengaturan: kuota loket dan ponsel"), MANAGER)
COUNTERS = Screen("agencies:counter_list", _("Pengaturan: loket"), MANAGER)
CALENDAR = Screen("agencies:calendar", _("Pengaturan: kalender"), MANAGER)
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

LEBARAN_DAY, LEBARAN_MONTH, KEDIRI_DAY = "day=2023-04-26", "month=2023-04", "day=2024-05-13"

REPORTS = (
    Report(
        "lebaran",
        "Kota Mojokerto",
        date(2023, 4, 26),
        "BangsaOnline",
        _("Hari pertama kerja sesudah Lebaran: semua loket harus buka"),
        (
            Sentence(
                _("178 layanan dari 24 instansi harus buka penuh waktu."),
                (
                    replace(FIRST_DAY, on_the_day=LEBARAN_DAY),
                    replace(FULL_TIME, on_the_day=LEBARAN_MONTH),
                    SEARCH,
                    HOURS,
                    HEAD,
                ),
            ),
            Sentence(
                _("Wali kota datang tanpa memberi tahu dan menemukan satu loket kosong."),
                (INSPECTIONS, replace(VACANCIES, on_the_day=LEBARAN_MONTH), HALL, HEAD),
            ),
            Sentence(
                _("Semua petugas hadir pada hari pertama."),
                (replace(ATTENDANCE, on_the_day=LEBARAN_DAY), replace(RECORD, on_the_day=LEBARAN_MONTH), CALENDAR),
            ),
            Sentence(
                _("Kantor pendapatan daerah pindah seluruhnya ke MPP karena tempat parkirnya kurang."),
                (CAPACITY, COUNTERS),
            ),
            Sentence(
                _("Rumah sakit dan JKN masing-masing punya aplikasi antrean: diminta satu dasbor."), (APPS, DECISIONS)
            ),
            Sentence(_("Kepolisian, kejaksaan, dan militer ikut berkomitmen."), (COMMITMENT,)),
        ),
    ),
    Report(
        "menteri",
        "Kota Mojokerto",
        date(2023, 2, 6),
        "Surabaya Pagi",
        _("Menteri: reformasi birokrasi yang dirasakan warga"),
        (
            Sentence(_("178 layanan di satu tempat."), (SEARCH,)),
            Sentence(_("Warga memilih sendiri: datang, atau memakai gawai."), (SEARCH, KIOSK, RECEPTION, QUOTAS)),
            Sentence(_("Kemiskinan 9,57 persen ditargetkan menjadi 7 persen pada 2024."), (INDICATORS,)),
            Sentence(
                _("Reformasi tematik: kemiskinan, investasi, dan administrasi kependudukan digital."), (INDICATORS,)
            ),
            Sentence(_("Digitalisasi berarti menyatukan layanan, bukan menambah aplikasi."), (SEARCH, APPS)),
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
            Sentence(
                _("Lebih dari 90 persen pengunjung sangat puas."),
                (replace(READINESS, on_the_day=KEDIRI_DAY), RATINGS),
            ),
            Sentence(
                _("Nilai kepatuhan Ombudsman 91,05: hijau, kualitas tertinggi."),
                (replace(READINESS, on_the_day=KEDIRI_DAY),),
            ),
            Sentence(_("Standar pelayanan tersedia untuk setiap layanan."), (STANDARDS,)),
            Sentence(_("Kedisiplinan petugas dipantau."), (ATTENDANCE, RECORD, WEEKLY)),
            Sentence(_("Rapat pemantauan menilai standar, kedisiplinan, komitmen, dan kepuasan."), (MEETINGS,)),
            Sentence(
                _("Syarat MPP Digital: SISDMK paling sedikit 60 persen; Kediri 59,33 persen."),
                (replace(READINESS, on_the_day=KEDIRI_DAY), ASSESSMENTS),
            ),
            Sentence(
                _("Surat usulan Mei, penilaian Juni, kunjungan kementerian Juli, lulus Agustus."), (LETTERS, PLAN)
            ),
            Sentence(
                _("Empat saluran (langsung, keliling, mandiri, elektronik) saling menguatkan, bukan menggantikan."),
                (RECEPTION, VANS, KIOSK, SEARCH, OFFERED),
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
                (AGREEMENTS, SIGNED),
            ),
            Sentence(_("Lima instansi belum menandatangani, masing-masing dengan alasannya."), (UNSIGNED,)),
            Sentence(_("Ruangan siap 20 November, dibuka terbatas 15 Desember, diresmikan Januari."), (OPENING,)),
            Sentence(_("Dinas Pekerjaan Umum membawa tiga dari tujuh layanannya."), (COVERAGE,)),
            Sentence(_("Layanan diterima di MPP, walaupun dikerjakan di tempat lain."), (COVERAGE, CASES, PRODUCTS)),
            Sentence(_("Layanan setiap dinas dibahas satu per satu."), (COVERAGE,)),
            Sentence(_("Tidak ada dualisme: yang dilayani di MPP ditutup di kantor dinas."), (TWICE,)),
            Sentence(_("Setiap instansi punya nomor pengaduan sendiri."), (HOTLINES,)),
            Sentence(
                _("Tidak ada pungutan liar: biaya dan dasarnya ditunjukkan sebelum dilayani."),
                (SEARCH, OFFERED, BILLS, RECONCILED),
            ),
        ),
    ),
)
