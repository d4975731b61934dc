from tests.end_to_end.screens.looks import FULL, IDLE, MANAGER, SEND, WORD, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "documents:signing": Screen(
        Look(IDLE + "signing/", "Tidak ada dokumen yang menunggu."),
        Look(FULL + "signing/", WORD),
        Goes(FULL + "signing/", SEND),
        MANAGER,
    ),
    "documents:certificate": Screen(
        Look(IDLE + "signing/certificate/", "Anda belum siap menandatangani atas nama sendiri."),
        Never("it is about one person's one certificate"),
        Goes(FULL + "signing/certificate/", SEND),
        MANAGER,
    ),
    "documents:batch": Screen(
        Never("a batch has papers"),
        Look(FULL + "signing/batches/{batch}/", WORD),
        Goes(FULL + "signing/batches/{batch}/", SEND),
        MANAGER,
    ),
}
