from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "documents:signing": (at(f"{HALL}signing/", who=MANAGER), at(f"{HALL}signing/?for=seal", who=MANAGER)),
    "documents:certificate": (at(f"{HALL}signing/certificate/", who=MANAGER),),
    "documents:batch": (Visit(lambda scene: f"{HALL}signing/batches/{scene.joining['batch']}/", who=MANAGER),),
}
