from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "account_code": (at("/accounts/code/"),),
    "account_reauthenticate": (at("/accounts/confirm/", who=MANAGER),),
    "account_contacts": (at("/accounts/contacts/", who=MANAGER),),
    "account_sessions": (at("/accounts/sessions/", who=MANAGER),),
    "mfa_index": (at("/accounts/security/", who=MANAGER),),
    "people:me": (at(f"{HALL}me/", who=MANAGER),),
}
