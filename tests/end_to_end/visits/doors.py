from pendopo.queues.types import State
from tests.end_to_end.visits.going import MANAGER, Visit, at, key

VISITS: dict[str, tuple[Visit, ...]] = {
    "demo:tour": (at("/tur/"),),
    "portal:home": (at("/"), at("/?q=tidak+ada"), at("/?q=paspor"), at("/", who=MANAGER)),
    "account_login": (at("/accounts/login/"),),
    "account_logout": (at("/accounts/logout/", who=MANAGER),),
    "account_inactive": (at("/accounts/inactive/"),),
    "surveys:rating": (key(State.COMPLETED, "rating/"),),
    "account_reset_password_from_key": (at("/accounts/password/1/x-y/"),),
    "account_reset_password_from_key_done": (at("/accounts/password/done/"),),
    # Read at a desk by whoever writes programs.
    "api_docs": (at("/api/v1/docs", weight=100_000),),
}
