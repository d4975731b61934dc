from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, PUBLIC, SEND, WORD, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "applications:handovers": Screen(
        Look(BARE + "handovers/", "Tidak ada produk di sini."),
        Look(FULL + "handovers/", WORD),
        Goes(FULL + "handovers/", ".sieve button"),
        MANAGER,
    ),
    "applications:handover_new": Screen(
        Never("it is a form"),
        Look(FULL + "handovers/new/", "Nama pemilik"),
        Goes(FULL + "handovers/new/", SEND),
        MANAGER,
    ),
    "applications:handover": Screen(
        Never("it is about one product"),
        Look(FULL + "handovers/{handover}/", WORD),
        Goes(FULL + "handovers/{handover}/", "main a:visible"),
        MANAGER,
    ),
    "applications:handover_handing": Screen(
        Never("it is about one product"),
        Look(FULL + "handovers/{handover}/handing/", WORD),
        Goes(FULL + "handovers/{handover}/handing/", "nav.crumbs a:visible"),
        MANAGER,
    ),
    "applications:pick_up": Screen(
        Never("an agency has this page, with or without a queue"),
        Look(FULL + "pick-up/{giving}/", "Antrean pengambilan"),
        Goes(FULL + "pick-up/{giving}/", SEND),
        MANAGER,
    ),
    "applications:product": Screen(
        Never("it is about one product"),
        Look(FULL + "h/{product}/", WORD),
        Goes(FULL + "h/{product}/", "main a:visible"),
        PUBLIC,
    ),
}
