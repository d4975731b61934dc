from tests.end_to_end.screens.looks import BARE, FULL, MANAGER, SEND, Goes, Look, Never, Screen

ONE = Never("it is about one account, and shows nothing of a mall")

SCREENS: dict[str, Screen] = {
    "account_code": Screen(ONE, ONE, Goes("/accounts/code/", SEND)),
    "account_reauthenticate": Screen(ONE, ONE, Goes("/accounts/confirm/", SEND), MANAGER),
    "account_contacts": Screen(ONE, ONE, Goes("/accounts/contacts/", "main a.button"), MANAGER),
    "account_sessions": Screen(
        ONE, Look("/accounts/sessions/", "Peramban ini"), Goes("/accounts/sessions/", SEND), MANAGER
    ),
    "mfa_index": Screen(
        Look("/accounts/security/", "Pasang aplikasi"), ONE, Goes("/accounts/security/", "main a.line"), MANAGER
    ),
    "people:me": Screen(
        Look(BARE + "me/", "Belum ada nomor."), Look(FULL + "me/", "Data saya"), Goes(FULL + "me/", SEND), MANAGER
    ),
}
