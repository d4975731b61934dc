"""For every page an address to visit, who goes there, and in which windows. A route that is missing here fails."""

from collections.abc import Callable
from dataclasses import dataclass

from pendopo.queues.types import State
from tests.end_to_end.browser import DESK, KIOSK, PHONE, TV
from tests.end_to_end.scene import Scene

HALL = "/m/contoh/"
MANAGER = "manajer@contoh.test"


@dataclass(frozen=True)
class Visit:
    """A look at one page. `who` signs in before; `touch` is the least side of whatever is touched, in CSS pixels."""

    path: Callable[[Scene], str]
    who: str = ""
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK)
    status: int = 200
    touch: int = 44


def at(path: str, **more: object) -> Visit:
    """Visit an address that is the same in every scene."""
    return Visit(lambda scene: path, **more)  # type: ignore[arg-type]


def key(state: State, page: str = "", *, kiosk: bool = False, status: int = 200) -> Visit:
    """Visit the page of the ticket in a state."""
    before = f"{HALL}kiosk/t/" if kiosk else f"{HALL}t/"
    sizes = (KIOSK, PHONE) if kiosk else (PHONE, DESK)
    return Visit(lambda scene: f"{before}{scene.tickets[state]}/{page}", sizes=sizes, status=status)


def counter(queue: str) -> Visit:
    """Visit a counter as its officer."""
    return Visit(
        lambda scene: f"{HALL}counters/{scene.counters[queue].pk}/",
        who=f"queue {queue}",
        sizes=(PHONE, (1366, 768)),
    )


VISITS: dict[str, tuple[Visit, ...]] = {
    "portal:home": (at("/"), at("/?q=tidak+ada"), at("/", who=MANAGER)),
    "account_login": (at("/accounts/login/"),),
    "account_logout": (at("/accounts/logout/", who=MANAGER),),
    "account_inactive": (at("/accounts/inactive/"),),
    "catalogue:search": (
        at(HALL),
        at(f"{HALL}?q=akta"),
        at(f"{HALL}?q=zzzz"),
        at(f"{HALL}?agency=DPMPTSP"),
    ),
    "catalogue:service": (
        Visit(lambda scene: f"{HALL}services/{scene.services['DUKCAPIL']}/"),
        Visit(lambda scene: f"{HALL}services/{scene.services['DPMPTSP']}/"),
    ),
    "queues:ticket": tuple(key(state) for state in State),
    "surveys:rating": (key(State.COMPLETED, "rating/"),),
    "queues:kiosk": (at(f"{HALL}kiosk/", sizes=(KIOSK, PHONE)),),
    "queues:kiosk_services": (
        at(f"{HALL}kiosk/DPMPTSP/", sizes=(KIOSK, PHONE)),
        at(f"{HALL}kiosk/DUKCAPIL/?page=2", sizes=(KIOSK, PHONE)),
    ),
    "queues:kiosk_ticket": (key(State.WAITING, kiosk=True),),
    "queues:board": (at(f"{HALL}board/", sizes=(TV, PHONE, KIOSK)),),
    "queues:device": (at(f"{HALL}device/"),),
    "queues:counters": (at(f"{HALL}counters/", who="queue A"), at(f"{HALL}counters/", who=MANAGER)),
    "queues:console": (counter("A"), counter("R"), counter("AC"), counter("S")),
    "queues:hall": (at(f"{HALL}hall/", who=MANAGER),),
    "api_docs": (at("/api/v1/docs"),),
}
# Answered to a reader by something else than a page: a program's document, or a refusal because they are for writing.
DOCUMENTS = frozenset({"alive", "ready", "api:openapi-json"})
WRITTEN = frozenset(
    {
        "set_language",
        "queues:take",
        "queues:cancellation",
        "queues:heartbeat",
        "queues:session",
        "queues:call",
        "queues:recall",
        "queues:service",
        "queues:absence",
        "queues:completion",
    }
)
# What no route answers.
REFUSALS = (
    at("/nowhere/", status=404),
    at("/m/nowhere/", status=404),
    at(f"{HALL}services/TIDAK-ADA/", status=404),
    at(f"{HALL}t/tidakada/", status=404),
    key(State.WAITING, "rating/", status=422),
)
