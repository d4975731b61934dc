from tests.end_to_end.screens.looks import ABOUT_ONE, FULL, MANAGER, SEARCH, SEND, WORD, Asks, Goes, Look, Never, Screen

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
    "surveys:rating": Screen(ABOUT_ONE, Look(FULL + "t/{done}/rating/", ""), Asks(FULL + "t/{done}/rating/", SEND)),
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
    "api_docs": Screen(
        Never("the interface is the same in every mall"),
        Never("the interface is the same in every mall; test_axe reads it"),
        Never("it is one document: nothing on it asks the server"),
    ),
}
