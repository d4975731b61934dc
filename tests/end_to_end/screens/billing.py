from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, SEND, WORD, Goes, Look, Never, Screen

KEY = FULL + "b/{bill_key}/"
ONE = Never("it is about one bill; without it nobody has the address")
SCREENS: dict[str, Screen] = {
    "payments:bill_of_key": Screen(ONE, Look(KEY, WORD), Goes(KEY, SEND)),
    "payments:bills": Screen(
        Look(BARE + "bills/", "Belum ada tagihan."),
        Look(FULL + "bills/", WORD),
        Goes(FULL + "bills/", "form[method=get] button"),
        MANAGER,
    ),
    "payments:bill_new": Screen(
        Look(BARE + "bills/new/", "Tidak ada layanan yang cocok."),
        Look(FULL + "bills/new/", WORD),
        Goes(FULL + "bills/new/", "form[method=get] button"),
        MANAGER,
    ),
    "payments:bill": Screen(ONE, Look(FULL + "bills/{bill}/", WORD), Goes(FULL + "bills/{bill}/", SEND), MANAGER),
    "payments:checks": Screen(
        Look(BARE + "checks/", "Tidak ada bukti yang menunggu."),
        Look(FULL + "checks/", WORD),
        Goes(FULL + "checks/", ".steer-nav a"),
        MANAGER,
    ),
    "payments:reconciliation": Screen(
        Look(BARE + "reconciliation/", "Tidak ada selisih."),
        Look(FULL + "reconciliation/", "Yang dibayar dan dikembalikan hari itu"),
        Goes(FULL + "reconciliation/", SEND),
        MANAGER,
    ),
    "payments:merchant": Screen(
        Look(BARE + "settings/qris/", "Belum ada perubahan."),
        Never("a mall has one account; the form is the same for all"),
        Goes(FULL + "settings/qris/", SEND),
        MANAGER,
    ),
}
