from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at


def _of(path: str, who: str = "") -> Visit:
    return Visit(lambda scene: HALL + path.format(**scene.joining), who=who)


VISITS: dict[str, tuple[Visit, ...]] = {
    "payments:bill_of_key": tuple(
        _of(f"b/{{{name}}}/")
        for name in ("bill_key", "waiting_key", "paid_key", "asked_key", "granted_key", "returned_key")
    ),
    "payments:bills": (at(f"{HALL}bills/", who=MANAGER), at(f"{HALL}bills/?q=zzzz", who=MANAGER)),
    "payments:bill_new": (at(f"{HALL}bills/new/", who=MANAGER), _of("bills/new/?variant={variant}", MANAGER)),
    "payments:bill": (_of("bills/{bill}/", MANAGER),),
    "payments:checks": (at(f"{HALL}checks/", who=MANAGER),),
    "payments:reconciliation": (at(f"{HALL}reconciliation/", who=MANAGER),),
    "payments:merchant": (at(f"{HALL}settings/qris/", who=MANAGER),),
}
