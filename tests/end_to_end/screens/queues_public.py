from tests.end_to_end.screens.looks import (
    ABOUT_ONE,
    AWAY,
    BARE,
    FULL,
    IDLE,
    MANAGER,
    SEND,
    WORD,
    Asks,
    Goes,
    Listens,
    Look,
    Never,
    Screen,
)

SCREENS: dict[str, Screen] = {
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
    "queues:board_texts": Screen(
        Look(BARE + "settings/board/", "Layanan tidak dipungut biaya di luar ketentuan."),
        Look(FULL + "settings/board/", WORD),
        Goes(FULL + "settings/board/", SEND),
        MANAGER,
    ),
}
