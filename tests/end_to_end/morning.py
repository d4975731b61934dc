"""A little traffic in the demo mall until now, so that boards, consoles and the hall have something to show."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from random import Random
from uuid import uuid4

from pendopo.demo.desks import Desk, demands, desks_of
from pendopo.demo.sources import wanted_queues
from pendopo.demo.types import Visitor
from pendopo.demo.visitors import visitor
from pendopo.queues.actions import calling, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Ticket
from pendopo.queues.queries.desks import open_ticket_at
from pendopo.queues.types import Origin, SessionState
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

LASTED = timedelta(minutes=75)
LOOKS_EVERY = timedelta(seconds=40)
ABSENT_AFTER = timedelta(minutes=2)

type Act = Callable[[datetime], None]


@dataclass
class Morning:
    """People who came in the last hour; whoever waits or is served now still does when it ends."""

    mall: Mall
    now: datetime
    visitors: int
    untouched: frozenset[str]
    shut: frozenset[int] = frozenset()
    slower: float = 1.0
    chance: Random = field(default_factory=lambda: Random(7))
    heap: list[tuple[datetime, int, Act]] = field(default_factory=list)
    turn: Iterator[int] = field(default_factory=count)
    came: dict[int, Visitor] = field(default_factory=dict)

    def play(self) -> None:
        """Let them come and be called, served and asked, by the actions that everybody uses."""
        with wall.inside(self.mall.pk):
            self._expect()
            while self.heap:
                at, _turn, act = heapq.heappop(self.heap)
                act(at)

    def _expect(self) -> None:
        names = [wanted.code for wanted in wanted_queues()]
        wanted = [demand for name, demand in zip(names, demands(self.mall), strict=True) if name not in self.untouched]
        for demand in self.chance.choices(wanted, [demand.share for demand in wanted], k=self.visitors):
            at = self.now - self.chance.random() * LASTED
            service = self.chance.choice(demand.services)
            person = visitor(self.chance, at, service, demand.minutes * self.slower)
            self._plan(at, partial(self._arrive, person))
        for desk in desks_of(self.mall):
            if desk.queues[0] not in self.untouched and desk.counter.number not in self.shut:
                self._plan(self.now - LASTED + self.chance.random() * LOOKS_EVERY, partial(self._open, desk))

    def _plan(self, at: datetime, act: Act) -> None:
        if at < self.now:
            heapq.heappush(self.heap, (at, next(self.turn), act))

    def _arrive(self, person: Visitor, at: datetime) -> None:
        taken = taking.take(self.mall, person.service, origin=Origin.KIOSK, request_id=uuid4(), by=Caller(), at=at)
        self.came[taken.id] = person

    def _open(self, desk: Desk, at: datetime) -> None:
        sessions.set_session(desk.counter, SessionState.OPEN, by=desk.officer, at=at)
        self._look(desk, at)

    def _look(self, desk: Desk, at: datetime) -> None:
        called = calling.call_next(self.mall, desk.counter.pk, by=desk.caller, at=at)
        if called is None:
            self._plan(at + LOOKS_EVERY, partial(self._look, desk))
        elif self.came[called.id].comes:
            walks = timedelta(seconds=self.came[called.id].walks)
            self._plan(at + walks, partial(self._serve, desk, self.came[called.id]))
        else:
            self._plan(at + ABSENT_AFTER, partial(self._miss, desk))

    def _serve(self, desk: Desk, person: Visitor, at: datetime) -> None:
        serving.serve(_at(desk), by=desk.officer, at=at)
        self._plan(at + timedelta(minutes=person.minutes), partial(self._complete, desk, person))

    def _complete(self, desk: Desk, person: Visitor, at: datetime) -> None:
        done = serving.complete(_at(desk), outcome=person.outcome, reason=person.reason, by=desk.officer, at=at)
        if person.score:
            surveys.rate(done, Rating.Score(person.score), words=person.words, at=at)
        self._plan(at + timedelta(seconds=25), partial(self._look, desk))

    def _miss(self, desk: Desk, at: datetime) -> None:
        serving.mark_absent(_at(desk), by=desk.officer, at=at)
        self._look(desk, at)


def _at(desk: Desk) -> Ticket:
    found = open_ticket_at(desk.counter)
    assert found
    return found
