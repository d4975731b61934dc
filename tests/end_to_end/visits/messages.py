from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "notifications:inbox": (at(f"{HALL}inbox/", who=MANAGER), at(f"{HALL}inbox/", who="queue B")),
    "notifications:settings": (at(f"{HALL}inbox/settings/", who=MANAGER),),
    "notifications:messages": (at(f"{HALL}messages/", who=MANAGER),),
}
