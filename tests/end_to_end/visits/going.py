"""For every page an address to visit, who goes there, and in which windows. A route that is missing here fails."""

from collections.abc import Callable
from dataclasses import dataclass

from pendopo.queues.types import State
from tests.end_to_end.browser import DESK, KIOSK, PHONE
from tests.end_to_end.scene import Scene

HALL = "/m/contoh/"
MANAGER = "manajer@contoh.test"
# What a phone pays for a first visit, without the font, in bytes over the wire.
LIGHT = 60_000


@dataclass(frozen=True)
class Visit:
    """A look at one page. `who` signs in before; `touch` is the least side of whatever is touched, in CSS pixels,
    `weight` the most that it may weigh.
    """

    path: Callable[[Scene], str]
    who: str = ""
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK)
    status: int = 200
    touch: int = 44
    weight: int = LIGHT


def at(
    path: str,
    *,
    who: str = "",
    sizes: tuple[tuple[int, int], ...] = (PHONE, DESK),
    status: int = 200,
    touch: int = 44,
    weight: int = LIGHT,
) -> Visit:
    """Visit an address that is the same in every scene."""
    return Visit(lambda scene: path, who, sizes, status, touch, weight)


def kiosk(path: str) -> Visit:
    """Visit a page of the kiosk, where nothing may be smaller than a knuckle."""
    return at(path, sizes=(KIOSK, PHONE), touch=64)


def key(state: State, page: str = "", *, status: int = 200) -> Visit:
    """Visit the page of the ticket in a state."""
    return Visit(lambda scene: f"{HALL}t/{scene.tickets[state]}/{page}", status=status)


def counter(queue: str, page: str = "") -> Visit:
    """Visit a counter, or what belongs to it, as its officer."""
    return Visit(
        lambda scene: f"{HALL}counters/{scene.counters[queue].pk}/{page}",
        who=f"queue {queue}",
        sizes=(PHONE, (1366, 768)),
        # Opened once a day, at a desk.
        weight=70_000,
    )


def desk(page: str) -> Visit:
    """Visit a page of the common desk."""
    return at(f"{HALL}reception/{page}", who=MANAGER)
