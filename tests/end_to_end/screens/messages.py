from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, SEND, WORD, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "notifications:inbox": Screen(
        Look(BARE + "inbox/", "Belum ada pesan untuk Anda."),
        Look(FULL + "inbox/", WORD),
        Goes(FULL + "inbox/", SEND),
        MANAGER,
    ),
    "notifications:settings": Screen(
        Never("it is a form"),
        Look(FULL + "inbox/settings/", "Bagaimana Anda ingin dikabari?"),
        Goes(FULL + "inbox/settings/", SEND),
        MANAGER,
    ),
    "notifications:messages": Screen(
        Look(BARE + "messages/", "Tidak ada pesan yang gagal."),
        Look(FULL + "messages/", WORD),
        Goes(FULL + "messages/", SEND),
        MANAGER,
    ),
}
