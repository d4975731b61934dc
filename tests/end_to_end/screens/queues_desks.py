from tests.end_to_end.screens.looks import (
    ABOUT_ONE,
    BARE,
    FULL,
    IDLE,
    MANAGER,
    OFFICER,
    SEARCH,
    SEND,
    WORD,
    Asks,
    Goes,
    Look,
    Screen,
)

SCREENS: dict[str, Screen] = {
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
}
