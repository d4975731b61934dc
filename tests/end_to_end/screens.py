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
    "queues:stops": Screen(
        Look(BARE + "stops/", "MPP ini belum punya layanan keliling."),
        Look(FULL + "stops/", WORD),
        Goes(FULL + "stops/", SEND),
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
    "api_docs": Screen(
        Never("the interface is the same in every mall"),
        Never("the interface is the same in every mall; test_axe reads it"),
        Never("it is one document: nothing on it asks the server"),
    ),
}
