from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, SEND, WORD, Goes, Look, Never, Screen

SCREENS: dict[str, Screen] = {
    "documents:files": Screen(
        Look(BARE + "files/", "Belum ada berkas"), Look(FULL + "files/", WORD), Goes(FULL + "files/", SEND), MANAGER
    ),
    "documents:held": Screen(
        Look(BARE + "documents/", "Belum ada dokumen terbit untuk Anda."),
        Look(FULL + "documents/", WORD),
        Goes(FULL + "documents/", "main a.button.quiet"),
        MANAGER,
    ),
    "documents:file": Screen(
        Never("it is about one file"),
        Look(FULL + "files/{file}/", WORD),
        Goes(FULL + "files/{file}/", "main a.button.bad"),
        MANAGER,
    ),
    "documents:file_removal": Screen(
        Never("it is about one file"),
        Look(FULL + "files/{file}/removal/", WORD),
        Goes(FULL + "files/{file}/removal/", SEND),
        MANAGER,
    ),
    "documents:given": Screen(
        Never("it is a form"),
        Never("it shows nothing that somebody wrote"),
        Goes(FULL + "given/", "main form button"),
        MANAGER,
    ),
    "documents:given_file": Screen(
        Never("it is about one file"),
        Look(FULL + "given/{given}/", WORD),
        Goes(FULL + "given/{given}/", SEND),
        MANAGER,
    ),
    "documents:quarantine": Screen(
        Look(BARE + "quarantine/", "Tidak ada yang dikarantina"),
        Look(FULL + "quarantine/", WORD),
        Goes(FULL + "quarantine/", SEND),
        MANAGER,
    ),
}
