from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at, counter, desk

VISITS: dict[str, tuple[Visit, ...]] = {
    "queues:counters": (at(f"{HALL}counters/", who="queue A"), at(f"{HALL}counters/", who=MANAGER)),
    "queues:console": (counter("A"), counter("R"), counter("AC"), counter("S"), counter("R", "?strip=1")),
    "queues:transfer": (
        counter("S", "transfer/"),
        counter("R", "transfer/"),
        Visit(
            lambda scene: f"{HALL}counters/{scene.counters['R'].pk}/transfer/?queue={scene.queues['R']}",
            who="queue R",
        ),
    ),
    "queues:reception": (
        desk(""),
        desk("?q=akta"),
        desk("?q=zzzz"),
        Visit(lambda scene: f"{HALL}reception/?visit={scene.by_phone}", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/?add={scene.services['DUKCAPIL']}&deaf=on", who=MANAGER),
    ),
    "queues:reception_requirements": (
        desk("requirements/"),
        Visit(
            lambda scene: (
                f"{HALL}reception/requirements/?service={scene.services['DUKCAPIL']}&paper={scene.services['DUKCAPIL']}:1"
            ),
            who=MANAGER,
        ),
    ),
    "queues:reception_search": (desk("tickets/"), desk("tickets/?number=1"), desk("tickets/?number=A-9999")),
    "queues:reception_ticket": (
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.at_desk}/", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.by_phone}/", who=MANAGER),
    ),
    "queues:reception_slip": (
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.at_desk}/slip/", who=MANAGER),
        Visit(lambda scene: f"{HALL}reception/tickets/{scene.by_phone}/slip/?width=58", who=MANAGER),
    ),
}
