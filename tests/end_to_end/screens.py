"""How each screen looks when there is nothing, when there is too much, and when the server does not answer.

An address in braces is one of `halls`. What a screen never is has its reason instead.
"""

from dataclasses import dataclass

MANAGER, OFFICER, PUBLIC = "manager", "officer", ""


@dataclass(frozen=True)
class Never:
    """A screen is never in this state, because."""

    because: str


@dataclass(frozen=True)
class Look:
    """An address, and words that stand there."""

    path: str
    words: str


@dataclass(frozen=True)
class Goes:
    """Pressing this leads to another page; when that does not come, this one still serves."""

    path: str
    press: str


@dataclass(frozen=True)
class Asks:
    """This page asks by itself, or sends what is pressed, and stays: it says on the spot that no answer came."""

    path: str
    press: str = ""
    says: str = "#failure"


@dataclass(frozen=True)
class Listens:
    """This page hears news; when it hears none it says how old its words are."""

    path: str
    words: str


@dataclass(frozen=True)
class Screen:
    """The three states of a screen, and who sees it."""

    empty: Look | Never
    full: Look | Never
    failing: Goes | Asks | Listens | Never
    who: str = PUBLIC


ABOUT_ONE = Never("it is about one ticket; without it nobody has the address")
SEARCH = ".searchbar button"
SEND = "main form[method=post] button[type=submit]:visible"
AWAY = "#kiosk-away"
WORD = "Dispendukcapil"
BARE, IDLE, FULL = "/m/{bare}/", "/m/{idle}/", "/m/{full}/"
SCREENS: dict[str, Screen] = {
    "demo:tour": Screen(
        Never("the five reports are always there"),
        Look("/tur/", "178 layanan dari 24 instansi"),
        Never("nothing on it is sent or asked"),
    ),
    "portal:home": Screen(Look("/?q=tidak+ada", "Tidak ada MPP yang cocok."), Look("/", WORD), Goes("/", SEARCH)),
    "account_login": Screen(
        Never("it shows nothing of a mall"),
        Never("it shows nothing of a mall"),
        Goes("/accounts/login/", SEND),
    ),
    "account_logout": Screen(
        Never("it shows nothing of a mall"), Never("the same for everybody"), Goes("/accounts/logout/", SEND), MANAGER
    ),
    "account_inactive": Screen(
        Never("it only says that this account is closed"),
        Never("it only says that this account is closed"),
        Never("nothing on it asks the server but the way home"),
    ),
    "catalogue:search": Screen(
        Look(BARE, "Belum ada layanan yang terbit di sini."), Look(FULL, WORD), Goes(FULL, SEARCH)
    ),
    "catalogue:service": Screen(
        Never("a service has a page once it is published"),
        Look(FULL + "services/{service}/", WORD),
        Goes(FULL + "services/{service}/", SEND),
    ),
    "catalogue:leaflet": Screen(
        Never("a service has a page once it is published"),
        Look(FULL + "services/{service}/leaflet/", WORD),
        Goes(FULL + "services/{service}/leaflet/", "main nav a:visible"),
    ),
    "catalogue:charter": Screen(
        Never("an agency without services is not offered, and nobody has its address"),
        Look(FULL + "charters/{agency}/", WORD),
        Goes(FULL + "charters/{agency}/", "a.button.quiet"),
    ),
    "catalogue:standards": Screen(
        Look(BARE + "standards/", "Belum ada layanan di MPP ini."),
        Look(FULL + "standards/", WORD),
        Goes(FULL + "standards/", "main th a"),
        MANAGER,
    ),
    "catalogue:agency_standards": Screen(
        Look(IDLE + "standards/DINAS/", "Instansi ini belum mempunyai layanan."),
        Look(FULL + "standards/{agency}/", WORD),
        Goes(FULL + "standards/{agency}/", "a.line"),
        MANAGER,
    ),
    "catalogue:standard": Screen(
        Never("a service has this page, with or without a standard"),
        Look(FULL + "services/{service}/standard/", WORD),
        Goes(FULL + "services/{service}/standard/", SEND),
        MANAGER,
    ),
    "queues:ticket": Screen(
        ABOUT_ONE,
        Look(FULL + "t/{visit}/", WORD),
        Listens(FULL + "t/{waiting}/", "tanpa sambungan"),
    ),
    "queues:offline": Screen(
        Never("it is what a phone shows when nothing else comes"),
        Look(FULL + "offline/", ""),
        Never("the phone has kept it: it is the failing state itself"),
    ),
    "surveys:rating": Screen(ABOUT_ONE, Look(FULL + "t/{done}/rating/", ""), Asks(FULL + "t/{done}/rating/", SEND)),
    "queues:kiosk": Screen(
        Look(BARE + "kiosk/", "Belum ada layanan"),
        Look(FULL + "kiosk/", WORD),
        Asks(FULL + "kiosk/", "a.kiosk-choice", AWAY),
    ),
    "queues:kiosk_services": Screen(
        Never("an agency without services is not offered, and nobody has its address"),
        Look(FULL + "kiosk/{agency}/", WORD),
        Asks(FULL + "kiosk/{agency}/", "a.kiosk-choice", AWAY),
    ),
    "queues:kiosk_needs": Screen(
        Never("a service is chosen before"),
        Look(FULL + "kiosk/{agency}/{service}/", WORD),
        Asks(FULL + "kiosk/{agency}/{service}/", SEND, AWAY),
    ),
    "queues:kiosk_ticket": Screen(
        ABOUT_ONE, Look(FULL + "kiosk/t/{visit}/", WORD), Asks(FULL + "kiosk/t/{waiting}/", "a.button", AWAY)
    ),
    "queues:board": Screen(
        Look(BARE + "board/", "Selamat datang. Belum ada panggilan."),
        Look(FULL + "board/", WORD),
        Listens(FULL + "board/", "Dengarkan panggilan petugas."),
    ),
    "queues:device": Screen(
        Never("it asks for the words of a device"),
        Look(FULL + "device/", WORD),
        Goes(FULL + "device/", SEND),
    ),
    "queues:counters": Screen(
        Look(BARE + "counters/", "Belum ada loket untuk Anda."),
        Look(FULL + "counters/", WORD),
        Goes(FULL + "counters/", "a.line"),
        MANAGER,
    ),
    "queues:console": Screen(
        Look(IDLE + "counters/{idle_counter}/", "Tidak ada yang menunggu"),
        Look(FULL + "counters/{counter}/", WORD),
        Asks(FULL + "counters/{counter}/", '[data-key="F3"]'),
        OFFICER,
    ),
    "queues:transfer": Screen(
        Look(IDLE + "counters/{idle_counter}/transfer/", "Tidak ada yang sedang dipanggil di loket ini."),
        Look(FULL + "counters/{counter}/transfer/", WORD),
        Goes(FULL + "counters/{counter}/transfer/?queue={queue}", SEND),
        OFFICER,
    ),
    "queues:hall": Screen(
        Look(BARE + "hall/", "Belum ada loket."), Look(FULL + "hall/", WORD), Asks(FULL + "hall/"), MANAGER
    ),
    "queues:report": Screen(
        Look(BARE + "report/", "Tidak ada nomor antrean pada hari ini."),
        Look(FULL + "report/", WORD),
        Goes(FULL + "report/", "form[method=get] button"),
        MANAGER,
    ),
    "queues:report_tickets": Screen(
        Look(BARE + "report/tickets/?measure=wait", "Tidak ada"),
        Look(FULL + "report/tickets/?measure=wait", WORD),
        Goes(FULL + "report/tickets/?measure=wait", "main a.button"),
        MANAGER,
    ),
    "queues:closing": Screen(
        Look(BARE + "closing/", "Belum ada gerai di MPP ini."),
        Look(FULL + "closing/", WORD),
        Goes(FULL + "closing/", SEND),
        MANAGER,
    ),
    "queues:rules": Screen(
        Never("a mall always has rules: those of the beginning"),
        Look(FULL + "rules/", "Aturan"),
        Goes(FULL + "rules/", SEND),
        MANAGER,
    ),
    "queues:quotas": Screen(
        Look(BARE + "quotas/", "Belum ada kuota"),
        Look(FULL + "quotas/", WORD),
        Goes(FULL + "quotas/", SEND),
        MANAGER,
    ),
    "queues:days": Screen(
        Look(BARE + "days/", "Belum ada acara yang dijadwalkan."),
        Look(FULL + "days/", WORD),
        Goes(FULL + "days/", SEND),
        MANAGER,
    ),
    "agencies:presence": Screen(
        Look(IDLE + "presence/", "Tidak ada jadwal piket untuk Anda hari ini."),
        Look(FULL + "presence/", WORD),
        Goes(FULL + "presence/", SEND),
        OFFICER,
    ),
    "agencies:presence_screen": Screen(
        Look(BARE + "presence/screen/", "hanya tampil di perangkat MPP"),
        Never("it shows one code, or how a browser becomes a device"),
        Goes(FULL + "presence/screen/", "main a.button"),
    ),
    "agencies:attendance": Screen(
        Look(BARE + "attendance/", "Tidak ada jadwal piket pada hari ini."),
        Look(FULL + "attendance/", WORD),
        Asks(FULL + "attendance/"),
        MANAGER,
    ),
    "agencies:shift": Screen(
        Never("it is about one shift; without it nobody has the address"),
        Look(FULL + "attendance/shift/?{shift}", WORD),
        Goes(FULL + "attendance/shift/?{shift}", SEND),
        MANAGER,
    ),
    "agencies:attendance_month": Screen(
        Look(BARE + "attendance/month/", "Belum ada hari tugas pada bulan ini."),
        Never(
            "a day counts once its shift is over or its person has come; the record of a day is the list of its people"
        ),
        Goes(FULL + "attendance/month/", "main a.button"),
        MANAGER,
    ),
    "agencies:roster": Screen(
        Look(BARE + "roster/", "Belum ada loket."),
        Look(FULL + "roster/", WORD),
        Goes(FULL + "roster/", "main form[action$='/roster/'] button"),
        MANAGER,
    ),
    "queues:vacancies": Screen(
        Look(BARE + "vacancies/", "Tidak ada loket kosong pada bulan ini."),
        Look(FULL + "vacancies/", WORD),
        Asks(FULL + "vacancies/"),
        MANAGER,
    ),
    "performance:head": Screen(
        Look(BARE + "head/", "Belum ada instansi"),
        Look(FULL + "head/", WORD),
        Goes(FULL + "head/", "a.figure"),
        MANAGER,
    ),
    "performance:days": Screen(
        Look(BARE + "head/days/", "Belum ada hari yang sudah lewat."),
        Never("it holds days and numbers, and no word of anybody's"),
        Goes(BARE + "head/days/", "main form button"),
        MANAGER,
    ),
    "performance:satisfaction": Screen(
        Look(BARE + "head/satisfaction/", "Belum ada penilaian dalam dua belas bulan terakhir."),
        Never("it holds months and numbers, and no word of anybody's"),
        Goes(BARE + "head/satisfaction/", "main a.button"),
        MANAGER,
    ),
    "performance:letters": Screen(
        Look(BARE + "head/letters/", "Belum ada minggu yang lewat."),
        Never("it holds days and numbers, and no word of anybody's"),
        Goes(BARE + "head/letters/", "main a.button"),
        MANAGER,
    ),
    "queues:full_time": Screen(
        Look(BARE + "full-time/", "Belum ada yang dihitung pada bulan ini."),
        Look(FULL + "full-time/", WORD),
        Goes(FULL + "full-time/", "main a.button"),
        MANAGER,
    ),
    "queues:first_day": Screen(
        Look(BARE + "first-day/", "Tidak ada libur panjang"),
        Look(FULL + "first-day/", WORD),
        Goes(FULL + "first-day/", "main a"),
        MANAGER,
    ),
    "queues:vans": Screen(
        Look(BARE + "vans/", "MPP ini belum punya layanan keliling."),
        Look(FULL + "vans/", WORD),
        Goes(FULL + "vans/", "main a[href*=vans]"),
    ),
    "queues:van": Screen(
        Look(IDLE + "vans/{idle_van}/", "Belum ada jadwal singgah berikutnya."),
        Look(FULL + "vans/{van}/", WORD),
        Goes(FULL + "vans/{van}/", "main a:visible"),
    ),
    "queues:van_new": Screen(
        Look(BARE + "vans/new/", "MPP ini belum punya layanan yang dapat dibawa."),
        Look(FULL + "vans/new/", WORD),
        Goes(FULL + "vans/new/", SEND),
        MANAGER,
    ),
    "queues:stops": Screen(
        Look(BARE + "stops/", "MPP ini belum punya layanan keliling."),
        Look(FULL + "stops/", WORD),
        Goes(FULL + "stops/", SEND),
        MANAGER,
    ),
    "agencies:settings": Screen(
        Look(BARE + "settings/", "Semua yang diputuskan MPP ini."),
        Look(FULL + "settings/", "Aturan aula"),
        Goes(FULL + "settings/", "main a:visible"),
        MANAGER,
    ),
    "agencies:sites": Screen(
        Never("a mall is founded with its building"),
        Look(FULL + "settings/sites/", WORD),
        Goes(FULL + "settings/sites/", SEND),
        MANAGER,
    ),
    "agencies:site_settings": Screen(
        Never("a site has this page, with or without zones"),
        Look(FULL + "settings/sites/{site}/", WORD),
        Goes(FULL + "settings/sites/{site}/", SEND),
        MANAGER,
    ),
    "agencies:devices": Screen(
        Look(BARE + "settings/devices/", "Belum ada perangkat."),
        Look(FULL + "settings/devices/", WORD),
        Goes(FULL + "settings/devices/", ".sieve button"),
        MANAGER,
    ),
    "agencies:device": Screen(
        Never("it is about one device"),
        Look(FULL + "settings/devices/{device}/", WORD),
        Goes(FULL + "settings/devices/{device}/", SEND),
        MANAGER,
    ),
    "agencies:device_new": Screen(
        Never("a mall is founded with a zone"),
        Look(FULL + "settings/devices/new/", WORD),
        Goes(FULL + "settings/devices/new/", SEND),
        MANAGER,
    ),
    "agencies:brand": Screen(
        Look(BARE + "settings/brand/", "Lambang bawaan"),
        Look(FULL + "settings/brand/", WORD),
        Goes(FULL + "settings/brand/", SEND),
        MANAGER,
    ),
    "agencies:calendar": Screen(
        Look(BARE + "settings/calendar/", "Belum ada kalender jam kerja."),
        Look(FULL + "settings/calendar/", WORD),
        Goes(FULL + "settings/calendar/", "main a.button:visible"),
        MANAGER,
    ),
    "agencies:calendar_new": Screen(
        Never("it asks for what is not there yet"),
        Look(FULL + "settings/calendar/hours/new/", "Perpres 21/2023"),
        Goes(FULL + "settings/calendar/hours/new/", SEND),
        MANAGER,
    ),
    "agencies:calendar_hours": Screen(
        Never("it is about one calendar"),
        Look(FULL + "settings/calendar/hours/{calendar}/", WORD),
        Goes(FULL + "settings/calendar/hours/{calendar}/", SEND),
        MANAGER,
    ),
    "agencies:settings_history": Screen(
        Look(BARE + "settings/history/", "Belum ada keputusan seperti itu."),
        Look(FULL + "settings/history/", WORD),
        Goes(FULL + "settings/history/", ".sieve button"),
        MANAGER,
    ),
    "queues:site_ending": Screen(
        Never("it is about one site"),
        Look(FULL + "settings/sites/{site}/ending/", WORD),
        Goes(FULL + "settings/sites/{site}/ending/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:zone_ending": Screen(
        Look(FULL + "settings/zones/{zone}/ending/", "Tidak ada loket, antrean, atau perangkat di zona ini."),
        Look(FULL + "settings/zones/{zone}/ending/", WORD),
        Goes(FULL + "settings/zones/{zone}/ending/", SEND),
        MANAGER,
    ),
    "queues:mall_day": Screen(
        Look(BARE + "settings/calendar/day/", "Lihat dahulu akibatnya"),
        Look(FULL + "settings/calendar/day/?day={own_day}", WORD),
        Goes(FULL + "settings/calendar/day/?day={own_day}", SEND),
        MANAGER,
    ),
    "queues:board_texts": Screen(
        Look(BARE + "settings/board/", "Layanan tidak dipungut biaya di luar ketentuan."),
        Look(FULL + "settings/board/", WORD),
        Goes(FULL + "settings/board/", SEND),
        MANAGER,
    ),
    "agencies:agency_list": Screen(
        Look(BARE + "settings/agencies/", "Belum ada instansi di MPP ini."),
        Look(FULL + "settings/agencies/", WORD),
        Goes(FULL + "settings/agencies/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:agency_new": Screen(
        Never("it is a form"),
        Never("it shows nothing that somebody wrote"),
        Goes(FULL + "settings/agencies/new/", SEND),
        MANAGER,
    ),
    "agencies:agency_settings": Screen(
        Never("it is about one agency"),
        Look(FULL + "settings/agencies/{led}/", WORD),
        Goes(FULL + "settings/agencies/{led}/", SEND),
        MANAGER,
    ),
    "agencies:agency_outlets": Screen(
        Never("it is about one agency"),
        Look(FULL + "settings/agencies/{led}/outlets/", WORD),
        Goes(FULL + "settings/agencies/{led}/outlets/", SEND),
        MANAGER,
    ),
    "agencies:common_desk": Screen(
        Look(BARE + "settings/common-desk/", "Belum menerima orang di mana pun."),
        Look(FULL + "settings/common-desk/", WORD),
        Goes(FULL + "settings/common-desk/", "main a:visible"),
        MANAGER,
    ),
    "agencies:outlet": Screen(
        Never("it is about one outlet"),
        Look(FULL + "settings/outlets/{outlet}/", WORD),
        Goes(FULL + "settings/outlets/{outlet}/", SEND),
        MANAGER,
    ),
    "agencies:outlet_ending": Screen(
        Never("it is about one outlet"),
        Look(FULL + "settings/outlets/{outlet}/ending/", WORD),
        Goes(FULL + "settings/outlets/{outlet}/ending/", SEND),
        MANAGER,
    ),
    "agencies:counter_list": Screen(
        Look(BARE + "settings/counters/", "Belum ada loket di MPP ini."),
        Look(FULL + "settings/counters/", WORD),
        Goes(FULL + "settings/counters/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:counter_new": Screen(
        Look(BARE + "settings/counters/new/", "Belum ada gerai."),
        Look(FULL + "settings/counters/new/", WORD),
        Goes(FULL + "settings/counters/new/", SEND),
        MANAGER,
    ),
    "agencies:counter_settings": Screen(
        Never("it is about one counter"),
        Look(FULL + "settings/counters/{counter}/", WORD),
        Goes(FULL + "settings/counters/{counter}/", SEND),
        MANAGER,
    ),
    "agencies:counter_retirement": Screen(
        Never("it is about one counter"),
        Look(FULL + "settings/counters/{counter}/retirement/", "masih dibuka petugas"),
        Goes(FULL + "settings/counters/{counter}/retirement/", SEND),
        MANAGER,
    ),
    "agencies:staff": Screen(
        Look(BARE + "settings/staff/?state=past", "Tidak ada petugas yang cocok."),
        Look(FULL + "settings/staff/", WORD),
        Goes(FULL + "settings/staff/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:staff_new": Screen(
        Never("it is a form"),
        Look(FULL + "settings/staff/new/", WORD),
        Goes(FULL + "settings/staff/new/", SEND),
        MANAGER,
    ),
    "agencies:staff_member": Screen(
        Never("it is about one person"),
        Look(FULL + "settings/staff/{officer}/", WORD),
        Goes(FULL + "settings/staff/{officer}/", "main a.button:visible"),
        MANAGER,
    ),
    "agencies:role_ending": Screen(
        Never("it is about one role"),
        Look(FULL + "settings/staff/{officer}/roles/{role}/ending/", WORD),
        Goes(FULL + "settings/staff/{officer}/roles/{role}/ending/", SEND),
        MANAGER,
    ),
    "agencies:relocation_counters": Screen(
        Never("it is about one move"),
        Look(FULL + "relocations/{relocation}/counters/", WORD),
        Goes(FULL + "relocations/{relocation}/counters/", SEND),
        MANAGER,
    ),
    "account_reset_password_from_key": Screen(
        Never("it is about one account"),
        Look("/accounts/password/1/x-y/", "Tautan ini tidak berlaku lagi"),
        Goes("/accounts/password/1/x-y/", "main a.button"),
    ),
    "account_reset_password_from_key_done": Screen(
        Never("it only says that the password is kept"),
        Never("the same for everybody"),
        Goes("/accounts/password/done/", "main a.button"),
    ),
    "queues:queue_list": Screen(
        Look(BARE + "settings/queues/", "Belum ada antrean di MPP ini."),
        Look(FULL + "settings/queues/", WORD),
        Goes(FULL + "settings/queues/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:queue_new": Screen(
        Never("it is a form; every mall has a zone from its beginning"),
        Look(FULL + "settings/queues/new/", WORD),
        Goes(FULL + "settings/queues/new/", SEND),
        MANAGER,
    ),
    "queues:queue_settings": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/", WORD),
        Goes(FULL + "settings/queues/{queue}/", SEND),
        MANAGER,
    ),
    "queues:queue_services": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/services/", WORD),
        Goes(FULL + "settings/queues/{queue}/services/", SEND),
        MANAGER,
    ),
    "queues:queue_callers": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/counters/", WORD),
        Goes(FULL + "settings/queues/{queue}/counters/", SEND),
        MANAGER,
    ),
    "queues:queue_retirement": Screen(
        Never("it is about one queue"),
        Look(FULL + "settings/queues/{queue}/retirement/", "tidak dipakai lagi?"),
        Goes(FULL + "settings/queues/{queue}/retirement/", SEND),
        MANAGER,
    ),
    "queues:counter_queues": Screen(
        Never("it is about one counter"),
        Look(FULL + "settings/counters/{counter}/queues/", WORD),
        Goes(FULL + "settings/counters/{counter}/queues/", "main a.button:visible"),
        MANAGER,
    ),
    "queues:recordings": Screen(
        Look(BARE + "recordings/", "Belum ada yang bersuara"),
        Look(FULL + "recordings/", WORD),
        Goes(FULL + "recordings/", SEND),
        MANAGER,
    ),
    "queues:reception": Screen(
        Look(BARE + "reception/?q=akta", "Tidak ada layanan yang cocok."),
        Look(FULL + "reception/?q=surat&add={service}", WORD),
        Goes(FULL + "reception/", SEARCH),
        MANAGER,
    ),
    "queues:reception_requirements": Screen(
        Look(BARE + "reception/requirements/", "Belum ada layanan yang dipilih."),
        Look(FULL + "reception/requirements/?service={service}", WORD),
        Goes(FULL + "reception/requirements/?service={service}", SEND),
        MANAGER,
    ),
    "queues:reception_search": Screen(
        Look(BARE + "reception/tickets/?number=1", "Nomor ini tidak ada hari ini."),
        Look(FULL + "reception/tickets/?number=1", WORD),
        Goes(FULL + "reception/tickets/", SEND),
        MANAGER,
    ),
    "queues:reception_ticket": Screen(
        ABOUT_ONE,
        Look(FULL + "reception/tickets/{at_desk}/", WORD),
        Goes(FULL + "reception/tickets/{at_desk}/", "main a"),
        MANAGER,
    ),
    "queues:reception_slip": Screen(
        ABOUT_ONE,
        Look(FULL + "reception/tickets/{at_desk}/slip/", WORD),
        Goes(FULL + "reception/tickets/{at_desk}/slip/", "a.button"),
        MANAGER,
    ),
    "inspections:inspections": Screen(
        Look(BARE + "inspections/", "Belum ada sidak."),
        Look(FULL + "inspections/", WORD),
        Goes(FULL + "inspections/", "a.line"),
        MANAGER,
    ),
    "inspections:inspection_new": Screen(
        Never("it is a form"), Look(FULL + "inspections/new/", "Mulai"), Goes(FULL + "inspections/new/", SEND), MANAGER
    ),
    "inspections:inspection": Screen(
        Never("it is about one inspection"),
        Look(FULL + "inspections/{inspection}/", WORD),
        Goes(FULL + "inspections/{inspection}/", "a.line"),
        MANAGER,
    ),
    "inspections:form": Screen(
        Never("it is about one inspection"),
        Look(FULL + "inspections/{filling}/form/", WORD),
        Never("it is made to work without the server: test_inspection takes it out of the net"),
        MANAGER,
    ),
    "inspections:findings": Screen(
        Look(BARE + "findings/", "Tidak ada temuan di sini."),
        Look(FULL + "findings/", WORD),
        Goes(FULL + "findings/", "form[method=get] button"),
        MANAGER,
    ),
    "inspections:finding": Screen(
        Never("it is about one finding"),
        Look(FULL + "findings/{finding}/", WORD),
        Goes(FULL + "findings/{finding}/", SEND),
        MANAGER,
    ),
    "agencies:agreements": Screen(
        Look(BARE + "agreements/", "Tidak ada instansi di sini."),
        Look(FULL + "agreements/", WORD),
        Goes(FULL + "agreements/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:agreement_new": Screen(
        Never("it is a form"), Look(FULL + "agreements/new/", WORD), Goes(FULL + "agreements/new/", SEND), MANAGER
    ),
    "agencies:signing": Screen(
        Look(BARE + "agreements/signing/", "Tidak ada yang menunggu tanda tangan."),
        Look(FULL + "agreements/signing/", WORD),
        Goes(FULL + "agreements/signing/", SEND),
        MANAGER,
    ),
    "agencies:agreement": Screen(
        Never("it is about one agreement"),
        Look(FULL + "agreements/{agreement}/", WORD),
        Goes(FULL + "agreements/{agreement}/", SEND),
        MANAGER,
    ),
    "agencies:prospects": Screen(
        Look(BARE + "prospects/", "Belum ada peminat."),
        Look(FULL + "prospects/", WORD),
        Goes(FULL + "prospects/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:preparations": Screen(
        Look(BARE + "preparation/", "Belum ada instansi yang ikut pembukaan."),
        Look(FULL + "preparation/", WORD),
        Goes(FULL + "preparation/", "a.line"),
        MANAGER,
    ),
    "agencies:preparation_new": Screen(
        Never("it is a form"), Look(FULL + "preparation/new/", WORD), Goes(FULL + "preparation/new/", SEND), MANAGER
    ),
    "agencies:preparation": Screen(
        Look(IDLE + "preparation/of/DINAS/", "Instansi ini belum ikut pembukaan."),
        Look(FULL + "preparation/of/{led}/", WORD),
        Goes(FULL + "preparation/of/{led}/", SEND),
        MANAGER,
    ),
    "agencies:opening_day": Screen(
        Look(BARE + "opening-day/", "Belum ada tonggak."),
        Look(FULL + "opening-day/", WORD),
        Goes(FULL + "opening-day/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:milestone": Screen(
        Never("it is about one milestone"),
        Look(FULL + "milestones/{milestone}/", WORD),
        Goes(FULL + "milestones/{milestone}/", SEND),
        MANAGER,
    ),
    "agencies:capacity": Screen(
        Look(BARE + "capacity/", "Belum ada kepindahan yang direncanakan."),
        Look(FULL + "capacity/", WORD),
        Goes(FULL + "capacity/", SEND),
        MANAGER,
    ),
    "agencies:hotlines": Screen(
        Look(BARE + "hotlines/", "Tidak ada instansi di sini."),
        Look(FULL + "hotlines/", WORD),
        Goes(FULL + "hotlines/", ".steer-nav a"),
        MANAGER,
    ),
    "catalogue:information": Screen(
        Look(BARE + "information/", "Belum tercatat."),
        Look(FULL + "information/", WORD),
        Goes(FULL + "information/", "p.row a"),
    ),
    "catalogue:changes": Screen(
        Look(BARE + "information/changes/", "Tidak ada yang berubah."),
        Look(FULL + "information/changes/", WORD),
        Goes(FULL + "information/changes/", "a.button.quiet"),
    ),
    "catalogue:life": Screen(
        Look(BARE + "life/lahir/", "Belum dilayani di MPP ini."),
        Never("a life event has five steps"),
        Goes(FULL + "life/lahir/", "a.button.quiet:not(.small)"),
    ),
    "catalogue:notices": Screen(
        Look(BARE + "notices/of/question/", "Belum ada yang ditulis."),
        Look(FULL + "notices/of/question/", WORD),
        Goes(FULL + "notices/of/question/", SEND),
        MANAGER,
    ),
    "catalogue:notice": Screen(
        Never("it is about one notice"),
        Look(FULL + "notices/{notice}/", WORD),
        Goes(FULL + "notices/{notice}/", SEND),
        MANAGER,
    ),
    "catalogue:plans": Screen(
        Look(BARE + "notices/plans/", "Belum ada denah."),
        Look(FULL + "notices/plans/", WORD),
        Goes(FULL + "notices/plans/", ".steer-nav a"),
        MANAGER,
    ),
    "agencies:apps": Screen(
        Look(BARE + "apps/", "Belum ada aplikasi tercatat."),
        Look(FULL + "apps/", WORD),
        Goes(FULL + "apps/", "form[method=get] button"),
        MANAGER,
    ),
    "agencies:app_new": Screen(
        Never("it is a form"), Never("it shows nothing that somebody wrote"), Goes(FULL + "apps/new/", SEND), MANAGER
    ),
    "agencies:app": Screen(
        Never("it is about one app"),
        Look(FULL + "apps/{app}/", WORD),
        Goes(FULL + "apps/{app}/", ".steer-nav a"),
        MANAGER,
    ),
    "meetings:meetings": Screen(
        Look(BARE + "meetings/", "Belum ada rapat."),
        Look(FULL + "meetings/", WORD),
        Goes(FULL + "meetings/", "form[method=get] button"),
        MANAGER,
    ),
    "meetings:meeting_new": Screen(
        Never("it is a form"),
        Never("it shows nothing that somebody wrote"),
        Goes(FULL + "meetings/new/", SEND),
        MANAGER,
    ),
    "meetings:meeting": Screen(
        Never("it is about one meeting"),
        Look(FULL + "meetings/{meeting}/", WORD),
        Goes(FULL + "meetings/{meeting}/", SEND),
        MANAGER,
    ),
    "meetings:paper": Screen(
        Never("it is about one paper of a meeting"),
        Look(FULL + "meetings/{meeting}/papers/apps/", WORD),
        Goes(FULL + "meetings/{meeting}/papers/apps/", ".lines a.line"),
        MANAGER,
    ),
    "meetings:decisions": Screen(
        Look(BARE + "decisions/", "Belum ada keputusan."),
        Look(FULL + "decisions/", WORD),
        Goes(FULL + "decisions/", "form[method=get] button"),
        MANAGER,
    ),
    "meetings:decision": Screen(
        Never("it is about one decision"),
        Look(FULL + "decisions/{decision}/", WORD),
        Goes(FULL + "decisions/{decision}/", SEND),
        MANAGER,
    ),
    "meetings:letters": Screen(
        Look(BARE + "letters/", "Belum ada surat."),
        Look(FULL + "letters/", WORD),
        Goes(FULL + "letters/", ".actions a.button"),
        MANAGER,
    ),
    "meetings:letter_new": Screen(
        Never("it is a form"),
        Never("it shows nothing that somebody wrote"),
        Goes(FULL + "letters/new/mpp-digital/", SEND),
        MANAGER,
    ),
    "catalogue:coverage": Screen(
        Look(BARE + "coverage/", "Belum ada layanan yang ditulis."),
        Look(FULL + "coverage/", WORD),
        Goes(FULL + "coverage/", "a.line"),
        MANAGER,
    ),
    "catalogue:coverage_agency": Screen(
        Look(IDLE + "coverage/of/DINAS/", "Tidak ada layanan di sini."),
        Look(FULL + "coverage/of/{led}/", WORD),
        Goes(FULL + "coverage/of/{led}/", "form[method=get] button"),
        MANAGER,
    ),
    "catalogue:coverage_twice": Screen(
        Look(BARE + "coverage/twice/", "Tidak ada pelayanan ganda."),
        Look(FULL + "coverage/twice/", WORD),
        Goes(FULL + "coverage/twice/", "a.line"),
        MANAGER,
    ),
    "catalogue:coverage_service": Screen(
        Never("a decision is about one service"),
        Look(FULL + "coverage/services/{service}/", WORD),
        Goes(FULL + "coverage/services/{service}/", SEND),
        MANAGER,
    ),
    "catalogue:service_list": Screen(
        Look(BARE + "settings/services/", "Tidak ada layanan di sini."),
        Look(FULL + "settings/services/", WORD),
        Goes(FULL + "settings/services/", "form[method=get] button"),
        MANAGER,
    ),
    "catalogue:service_new": Screen(
        Never("it is a form"),
        Look(FULL + "settings/services/new/", WORD),
        Goes(FULL + "settings/services/new/", SEND),
        MANAGER,
    ),
    "catalogue:service_settings": Screen(
        Never("it is about one service"),
        Look(FULL + "settings/services/{offered}/", WORD),
        Goes(FULL + "settings/services/{offered}/", SEND),
        MANAGER,
    ),
    "catalogue:variant_settings": Screen(
        Never("it is about one variant"),
        Look(FULL + "settings/variants/{priced}/", WORD),
        Goes(FULL + "settings/variants/{priced}/", SEND),
        MANAGER,
    ),
    "catalogue:charter_signer": Screen(
        Look(IDLE + "settings/charters/DINAS/", "Belum ditetapkan."),
        Look(FULL + "settings/charters/{signing}/", WORD),
        Goes(FULL + "settings/charters/{signing}/", SEND),
        MANAGER,
    ),
    "queues:cases": Screen(
        Look(BARE + "cases/", "Tidak ada berkas di sini."),
        Look(FULL + "cases/", WORD),
        Goes(FULL + "cases/", "form[method=get] button"),
        MANAGER,
    ),
    "queues:case": Screen(
        Never("it is about one case"),
        Look(FULL + "cases/{case}/", WORD),
        Goes(FULL + "cases/{case}/", SEND),
        MANAGER,
    ),
    "innovations:published": Screen(
        Look(BARE + "innovations/public/", "Belum ada inovasi yang ditampilkan."),
        Look(FULL + "innovations/public/", WORD),
        Goes(FULL + "innovations/public/", SEARCH),
    ),
    "innovations:agencies": Screen(
        Look(BARE + "innovations/agencies/", "Tidak ada instansi di sini."),
        Look(FULL + "innovations/agencies/", WORD),
        Goes(FULL + "innovations/agencies/", "form[method=get] button"),
        MANAGER,
    ),
    "innovations:innovations": Screen(
        Look(BARE + "innovations/", "Belum ada inovasi yang tercatat."),
        Look(FULL + "innovations/", WORD),
        Goes(FULL + "innovations/", "form[method=get] button"),
        MANAGER,
    ),
    "innovations:new": Screen(
        Never("it is a form"),
        Look(FULL + "innovations/new/", WORD),
        Goes(FULL + "innovations/new/", SEND),
        MANAGER,
    ),
    "innovations:innovation": Screen(
        Never("it is about one innovation"),
        Look(FULL + "innovations/{innovation}/", WORD),
        Goes(FULL + "innovations/{innovation}/", SEND),
        MANAGER,
    ),
    "innovations:change": Screen(
        Never("it is about one innovation"),
        Look(FULL + "innovations/{innovation}/change/", WORD),
        Goes(FULL + "innovations/{innovation}/change/", SEND),
        MANAGER,
    ),
    "innovations:novelty": Screen(
        Look(BARE + "innovations/novelty/?name=x", "Belum ada inovasi lain dalam daftar."),
        Look(FULL + "innovations/novelty/?name=Antar", WORD),
        Goes(FULL + "innovations/novelty/?name=Antar", "form[method=get] button"),
        MANAGER,
    ),
    "innovations:replications": Screen(
        Look(BARE + "innovations/replications/", "Belum ada replikasi yang tercatat."),
        Look(FULL + "innovations/replications/", WORD),
        Goes(FULL + "innovations/replications/", ".steer-nav a"),
        MANAGER,
    ),
    "innovations:competitions": Screen(
        Look(BARE + "innovations/competitions/", "Belum ada lomba."),
        Look(FULL + "innovations/competitions/", WORD),
        Goes(FULL + "innovations/competitions/", "a.line"),
        MANAGER,
    ),
    "innovations:competition_new": Screen(
        Never("it is a form"),
        Never("it shows nothing of a mall"),
        Goes(FULL + "innovations/competitions/new/", SEND),
        MANAGER,
    ),
    "innovations:competition": Screen(
        Look(IDLE + "innovations/competitions/{idle_competition}/", "Tidak ada usulan di sini."),
        Look(FULL + "innovations/competitions/{competition}/", WORD),
        Goes(FULL + "innovations/competitions/{competition}/", "a.line"),
        MANAGER,
    ),
    "innovations:proposal": Screen(
        Never("it is about one proposal"),
        Look(FULL + "innovations/proposals/{draft}/", WORD),
        Goes(FULL + "innovations/proposals/{draft}/", SEND),
        MANAGER,
    ),
    "innovations:scoring": Screen(
        Look(BARE + "innovations/scoring/", "Anda bukan juri lomba mana pun."),
        Look(FULL + "innovations/scoring/", WORD),
        Goes(FULL + "innovations/scoring/", "a.line"),
        MANAGER,
    ),
    "innovations:scores": Screen(
        Never("it is about one proposal"),
        Look(FULL + "innovations/proposals/{proposal}/scores/", WORD),
        Goes(FULL + "innovations/proposals/{proposal}/scores/", SEND),
        MANAGER,
    ),
    "innovations:iga": Screen(
        Look(BARE + "innovations/iga/", "Belum dapat dihitung"),
        Look(FULL + "innovations/iga/", WORD),
        Goes(FULL + "innovations/iga/", "form[method=get] button"),
        MANAGER,
    ),
    "readiness:ready": Screen(
        Look(BARE + "readiness/", "Gerbang belum ditetapkan."),
        Look(FULL + "readiness/", WORD),
        Goes(FULL + "readiness/", "main a.line"),
        MANAGER,
    ),
    "readiness:versions": Screen(
        Look(BARE + "readiness/versions/", "Belum ada versi."),
        Look(FULL + "readiness/versions/", WORD),
        Goes(FULL + "readiness/versions/", SEND),
        MANAGER,
    ),
    "readiness:gate": Screen(
        Look(FULL + "readiness/gates/ombudsman/", "Belum ada angka."),
        Look(FULL + "readiness/gates/sisdmk/", WORD),
        Goes(FULL + "readiness/gates/sisdmk/", SEND),
        MANAGER,
    ),
    "readiness:criterion": Screen(
        Look(BARE + "readiness/criteria/trial/", "Belum ada bukti yang dicatat."),
        Look(FULL + "readiness/criteria/trial/", WORD),
        Goes(FULL + "readiness/criteria/trial/", SEND),
        MANAGER,
    ),
    "readiness:ratings": Screen(
        Look(BARE + "readiness/ratings/", "Belum ada penilaian."),
        Never("its rows are as short as numbers; words of visitors are wrapped as in any table"),
        Goes(FULL + "readiness/ratings/", "a.button.quiet"),
        MANAGER,
    ),
    "readiness:plan": Screen(
        Look(BARE + "readiness/plan/", "Belum ada langkah dalam rencana."),
        Look(FULL + "readiness/plan/", WORD),
        Goes(FULL + "readiness/plan/", SEND),
        MANAGER,
    ),
    "readiness:step": Screen(
        Never("it is about one step"),
        Look(FULL + "readiness/plan/{step}/", WORD),
        Goes(FULL + "readiness/plan/{step}/", SEND),
        MANAGER,
    ),
    "readiness:assessments": Screen(
        Look(BARE + "readiness/assessments/", "Belum ada penilaian kesiapan."),
        Look(FULL + "readiness/assessments/", WORD),
        Goes(FULL + "readiness/assessments/", SEND),
        MANAGER,
    ),
    "readiness:assessment": Screen(
        Never("it is about one assessment"),
        Look(FULL + "readiness/assessments/{assessment}/", WORD),
        Goes(FULL + "readiness/assessments/{assessment}/", "section a.button.quiet"),
        MANAGER,
    ),
    "indicators:indicators": Screen(
        Look(BARE + "indicators/", "Belum ada indikator."),
        Look(FULL + "indicators/", WORD),
        Goes(FULL + "indicators/", "a.line"),
        MANAGER,
    ),
    "indicators:new": Screen(
        Never("it is a form"), Look(FULL + "indicators/new/", WORD), Goes(FULL + "indicators/new/", SEND), MANAGER
    ),
    "indicators:indicator": Screen(
        Never("it is about one indicator; its empty parts are read in its module's tests"),
        Look(FULL + "indicators/of/{indicator}/", WORD),
        Goes(FULL + "indicators/of/{indicator}/", ".steer-nav a"),
        MANAGER,
    ),
    "indicators:services": Screen(
        Never("it is about one indicator; a mall without services is read in its module's tests"),
        Look(FULL + "indicators/of/{indicator}/services/", WORD),
        Goes(FULL + "indicators/of/{indicator}/services/", SEND),
        MANAGER,
    ),
    "indicators:tickets": Screen(
        Look(
            FULL + "indicators/of/{indicator}/tickets/?month=2001-01", "Tidak ada nomor yang dihitung pada bulan ini."
        ),
        Look(FULL + "indicators/of/{indicator}/tickets/", WORD),
        Goes(FULL + "indicators/of/{indicator}/tickets/", "section a.button.quiet"),
        MANAGER,
    ),
    "api_docs": Screen(
        Never("the interface is the same in every mall"),
        Never("the interface is the same in every mall; test_axe reads it"),
        Never("it is one document: nothing on it asks the server"),
    ),
}
