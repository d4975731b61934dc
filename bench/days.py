"""Days of the demo mall played in memory: the same people, counters and habits as `pendopo demo traffic`, no database.

tests/test_days.py plays a day both ways and compares every call.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

from pendopo.demo.sources import wanted_agencies, wanted_counters, wanted_queues
from pendopo.demo.traffic import (
    ABSENT_AFTER,
    BEGINS,
    CLOSES,
    GIVES_UP,
    LUNCH,
    LUNCH_LASTS,
)
from pendopo.demo.types import Visitor
from pendopo.demo.visitors import Demand, plan
from pendopo.queues.types import SessionState
from pendopo.queues.waiting.desks import Sitting, expect
from pendopo.queues.waiting.history import History, Passed
from pendopo.queues.waiting.simulation import Busy, Hall, Waiting

ZONE = ZoneInfo("Asia/Jakarta")
REACTS = 5.0

type Act = Callable[[float], None]


@dataclass(slots=True)
class Person:
    """A visitor on their day; moments are seconds since midnight, -1 before they come."""

    visitor: Visitor
    queue: int
    service: int
    queued: float
    called: float = -1
    served: float = -1
    ended: float = -1
    counter: int = -1


@dataclass(slots=True)
class Counter:
    """A counter with its queues, its own first, and what happens there."""

    number: int
    queues: list[int]
    sits: str = "closed"
    is_hungry: bool = False
    is_closing: bool = False
    person: Person | None = None
    last_at: float = 0.0


def demands() -> list[Demand]:
    """Return what people come for, each service named by its number: as in the demo mall, and in the same order."""
    number = count()
    found: dict[str, list[str]] = {}
    for agency in wanted_agencies():
        for service in agency.services:
            queue = next(line for line in wanted_queues() if line.agency == agency.code and line.takes(service.group))
            found.setdefault(queue.code, []).extend(str(next(number)) for _case in service.cases)
    return [Demand(found[queue.code], queue.share, queue.minutes) for queue in wanted_queues()]


def counters() -> list[Counter]:
    """Return the counters of the demo mall: each helps the other queues of its agency."""
    lines = list(wanted_queues())
    number = {line.code: place for place, line in enumerate(lines)}
    agency = {line.code: line.agency for line in lines}
    return [
        Counter(
            wanted.number,
            [number[wanted.queue]]
            + [number[line.code] for line in lines if line.code != wanted.queue and agency[line.code] == wanted.agency],
        )
        for wanted in wanted_counters()
    ]


@dataclass
class Day:
    """One day being played. `taken` hears of everybody who comes, when they stand in their queue."""

    day: date
    visitors: int
    seed: int
    taken: Callable[["Day", Person], None] = lambda _day, _person: None
    people: list[Person] = field(default_factory=list)
    lines: dict[int, list[Person]] = field(default_factory=dict)
    last_wait: dict[int, float] = field(default_factory=dict)
    now: float = 0.0

    def __post_init__(self) -> None:
        """Draw who comes, and place the counters."""
        wanted = demands()
        queue_of = {service: queue for queue, demand in enumerate(wanted) for service in demand.services}
        self.desks = counters()
        midnight = None
        for visitor in plan(wanted, self.day, ZONE, visitors=self.visitors, seed=self.seed):
            midnight = midnight or visitor.at.replace(hour=0, minute=0, second=0, microsecond=0)
            at = (visitor.at - midnight).total_seconds()
            self.people.append(Person(visitor, queue_of[visitor.service], int(visitor.service), at))
        self.lines = {queue: [] for queue in range(len(wanted))}
        self._order = count()
        self._heap: list[tuple[float, int, Act]] = []
        self._over = False

    def play(self) -> Sequence[Person]:
        """Play it to its end."""
        for person in self.people:
            self._plan(person.queued, partial(self._arrive, person))
        for desk in self.desks:
            lunch = LUNCH + desk.number % 2 * LUNCH_LASTS
            self._plan((BEGINS + desk.number % 13) * 60, partial(self._open, desk))
            self._plan(lunch * 60, partial(self._lunch, desk))
            self._plan(CLOSES * 60, partial(self._closing, desk))
        self._plan(GIVES_UP * 60, self._give_up)
        while self._heap:
            self.now, _order, act = heapq.heappop(self._heap)
            act(self.now)
        return self.people

    def passed(self) -> Iterator[Passed]:
        """Give what the tables would tell of this day later."""
        for person in self.people:
            if person.called >= 0:
                served = person.served if person.served >= 0 else None
                yield Passed(
                    self.day,
                    person.queue,
                    person.service,
                    person.counter,
                    person.queued,
                    person.called,
                    served,
                    person.ended,
                )

    def hall(self, history: History) -> Hall:
        """Show the hall as it is now, to whoever estimates: no more than the tables of a real one tell."""
        desks = [expect(_sitting(desk), history, self.now) for desk in self.desks]
        waiting = [Waiting(who.queue, who.service, who.queued) for line in self.lines.values() for who in line]
        return Hall(self.now, [desk for desk in desks if desk], waiting)

    def _plan(self, at: float, act: Act) -> None:
        heapq.heappush(self._heap, (at, next(self._order), act))

    def _arrive(self, person: Person, at: float) -> None:
        self.lines[person.queue].append(person)
        self.taken(self, person)
        idle = [desk for desk in self.desks if desk.sits == "idle" and person.queue in desk.queues]
        if idle:
            desk = min(idle, key=lambda desk: desk.queues.index(person.queue))
            desk.sits = "busy"
            self._plan(at + REACTS, partial(self._call, desk))

    def _open(self, desk: Counter, at: float) -> None:
        self._next(desk, at)

    def _next(self, desk: Counter, at: float) -> None:
        desk.sits = "busy"
        self._plan(at, partial(self._call, desk))

    def _lunch(self, desk: Counter, at: float) -> None:
        desk.is_hungry = True
        if desk.sits == "idle":
            self._free(desk, at, 0.0)

    def _closing(self, desk: Counter, at: float) -> None:
        desk.is_closing = True
        if desk.sits in {"idle", "paused"}:
            desk.sits = "closed"

    def _give_up(self, at: float) -> None:
        self._over = True

    def _free(self, desk: Counter, at: float, rest: float) -> None:
        if self._over:
            desk.sits = "closed"
        elif desk.is_hungry and not desk.is_closing:
            desk.is_hungry = False
            desk.sits = "paused"
            self._plan(at + LUNCH_LASTS * 60, partial(self._resume, desk))
        else:
            self._next(desk, at + rest)

    def _resume(self, desk: Counter, at: float) -> None:
        if desk.sits == "paused":
            self._next(desk, at)

    def _call(self, desk: Counter, at: float) -> None:
        if desk.sits != "busy":
            return
        person = next((self.lines[queue][0] for queue in desk.queues if self.lines[queue]), None)
        if person is None:
            desk.sits = "idle"
            if desk.is_closing:
                desk.sits = "closed"
            elif desk.is_hungry:
                self._free(desk, at, 0.0)
            return
        self.lines[person.queue].pop(0)
        desk.person, person.counter, person.called = person, desk.number, at
        self.last_wait[person.queue] = at - person.queued
        if person.visitor.comes:
            self._plan(at + person.visitor.walks, partial(self._serve, desk, person))
        else:
            self._plan(at + ABSENT_AFTER.total_seconds(), partial(self._end, desk, person))

    def _serve(self, desk: Counter, person: Person, at: float) -> None:
        person.served = at
        self._plan(at + person.visitor.minutes * 60, partial(self._end, desk, person))

    def _end(self, desk: Counter, person: Person, at: float) -> None:
        person.ended = at
        desk.person, desk.last_at = None, at
        self._free(desk, at, person.visitor.rests)


def _sitting(desk: Counter) -> Sitting:
    state = {"closed": SessionState.CLOSED, "paused": SessionState.PAUSED}.get(desk.sits, SessionState.OPEN)
    own, *helped = desk.queues
    return Sitting(desk.number, (own,), tuple(helped), state, _busy(desk), desk.last_at)


def _busy(desk: Counter) -> Busy | None:
    person = desk.person
    if person is None:
        return None
    is_served = person.served >= 0
    return Busy(person.queue, person.service, person.served if is_served else person.called, is_served)
