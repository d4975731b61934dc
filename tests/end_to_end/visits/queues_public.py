from pendopo.queues.types import State
from tests.end_to_end.browser import KIOSK, PHONE, TV
from tests.end_to_end.visits.going import HALL, MANAGER, Visit, at, key, kiosk

VISITS: dict[str, tuple[Visit, ...]] = {
    "queues:ticket": (
        *(key(state) for state in State),
        Visit(lambda scene: f"{HALL}t/{scene.forwarded['forwarded']}/"),
        Visit(lambda scene: f"{HALL}t/{scene.joined}/"),
    ),
    "queues:offline": (at(f"{HALL}offline/"),),
    "queues:kiosk": (kiosk(f"{HALL}kiosk/"),),
    "queues:kiosk_services": (
        kiosk(f"{HALL}kiosk/DPMPTSP/"),
        kiosk(f"{HALL}kiosk/DUKCAPIL/?page=2"),
    ),
    "queues:kiosk_needs": (
        Visit(lambda scene: f"{HALL}kiosk/KEJARI/{scene.services['KEJARI']}/", sizes=(KIOSK, PHONE), touch=64),
    ),
    "queues:kiosk_ticket": (
        Visit(lambda scene: f"{HALL}kiosk/t/{scene.tickets[State.WAITING]}/", sizes=(KIOSK, PHONE), touch=64),
    ),
    "queues:board": (at(f"{HALL}board/", sizes=(TV, PHONE, KIOSK)),),
    "queues:device": (at(f"{HALL}device/"),),
    "queues:board_texts": (at(f"{HALL}settings/board/", who=MANAGER),),
    "queues:vans": (at(f"{HALL}vans/"),),
    "queues:van": (
        Visit(lambda scene: f"{HALL}vans/{scene.van}/"),
        Visit(lambda scene: f"{HALL}vans/{scene.van_now}/"),
    ),
    # Every service may be chosen.
    "queues:van_new": (at(f"{HALL}vans/new/", who=MANAGER, weight=100_000),),
    "queues:stops": (at(f"{HALL}stops/", who=MANAGER),),
}
