from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

VISITS: dict[str, tuple[Visit, ...]] = {
    "agencies:presence": (at(f"{HALL}presence/", who="queue A"), at(f"{HALL}presence/", who=MANAGER)),
    "agencies:presence_screen": (at(f"{HALL}presence/screen/"),),
    "agencies:attendance": (
        # Each officer with their day; read by whoever leads.
        at(f"{HALL}attendance/", who=MANAGER, weight=100_000),
        at(f"{HALL}attendance/?day=2020-01-01", who=MANAGER),
    ),
    "agencies:shift": (Visit(lambda scene: f"{HALL}attendance/shift/?{scene.shift}", who=MANAGER),),
    "agencies:attendance_month": (
        at(f"{HALL}attendance/month/", who=MANAGER),
        at(f"{HALL}attendance/month/?month=2020-01", who=MANAGER),
    ),
    "agencies:roster": (at(f"{HALL}roster/", who=MANAGER, weight=150_000),),
    "agencies:relocation_counters": (
        Visit(lambda scene: f"{HALL}relocations/{scene.joining['relocation']}/counters/", who=MANAGER, weight=100_000),
    ),
    "agencies:agreements": (
        at(f"{HALL}agreements/", who=MANAGER, weight=100_000),
        at(f"{HALL}agreements/?q=zzzz", who=MANAGER),
    ),
    "agencies:agreement_new": (at(f"{HALL}agreements/new/", who=MANAGER),),
    "agencies:signing": (at(f"{HALL}agreements/signing/", who=MANAGER),),
    "agencies:agreement": (Visit(lambda scene: f"{HALL}agreements/{scene.joining['agreement']}/", who=MANAGER),),
    "agencies:prospects": (at(f"{HALL}prospects/", who=MANAGER),),
    "agencies:preparations": (at(f"{HALL}preparation/", who=MANAGER),),
    "agencies:preparation_new": (at(f"{HALL}preparation/new/", who=MANAGER),),
    "agencies:preparation": (
        at(f"{HALL}preparation/of/DUKCAPIL/", who=MANAGER),
        at(f"{HALL}preparation/of/DPMPTSP/", who=MANAGER),
    ),
    "agencies:opening_day": (at(f"{HALL}opening-day/", who=MANAGER),),
    "agencies:milestone": (Visit(lambda scene: f"{HALL}milestones/{scene.joining['milestone']}/", who=MANAGER),),
    "agencies:capacity": (at(f"{HALL}capacity/", who=MANAGER),),
    # Two forms an agency.
    "agencies:hotlines": (at(f"{HALL}hotlines/", who=MANAGER, weight=100_000),),
    "agencies:apps": (
        at(f"{HALL}apps/", who=MANAGER),
        at(f"{HALL}apps/?state=retired", who=MANAGER),
    ),
    "agencies:app_new": (at(f"{HALL}apps/new/", who=MANAGER),),
    "agencies:app": (Visit(lambda scene: f"{HALL}apps/{scene.joining['app']}/", who=MANAGER),),
}
