from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at

ONE = f"{HALL}handovers/"
VISITS: dict[str, tuple[Visit, ...]] = {
    "applications:handovers": (
        at(ONE, who=MANAGER, weight=100_000),
        at(f"{ONE}?state=over", who=MANAGER),
        at(f"{ONE}?q=zzzz", who=MANAGER),
    ),
    "applications:handover_new": (at(f"{ONE}new/", who=MANAGER),),
    "applications:handover": (
        Visit(lambda scene: f"{ONE}{scene.forwarded['handover']}/", who=MANAGER),
        Visit(lambda scene: f"{ONE}{scene.forwarded['handed']}/", who=MANAGER),
    ),
    "applications:handover_handing": (
        Visit(lambda scene: f"{ONE}{scene.forwarded['handover']}/handing/", who=MANAGER),
    ),
    "applications:pick_up": (Visit(lambda scene: f"{HALL}pick-up/{scene.forwarded['giving']}/", who=MANAGER),),
    "applications:product": (Visit(lambda scene: f"{HALL}h/{scene.forwarded['product']}/"),),
}
