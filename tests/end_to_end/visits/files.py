from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "documents:files": (at(f"{HALL}files/", who=MANAGER),),
    "documents:held": (at(f"{HALL}documents/", who=MANAGER),),
    "documents:file": (Visit(lambda scene: f"{HALL}files/{scene.joining['file']}/", who=MANAGER),),
    "documents:file_removal": (Visit(lambda scene: f"{HALL}files/{scene.joining['file']}/removal/", who=MANAGER),),
    "documents:given": (at(f"{HALL}given/", who=MANAGER),),
    "documents:given_file": (Visit(lambda scene: f"{HALL}given/{scene.joining['given']}/", who=MANAGER),),
    "documents:quarantine": (at(f"{HALL}quarantine/", who=MANAGER),),
}
