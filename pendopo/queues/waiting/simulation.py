"""The hall played forward, many times, until somebody is called."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heapreplace
from random import Random

from pendopo.queues.waiting.history import History, Lengths, Pause, longer_than

# The rest of the day is played at most so often, and never so rarely that its 90th percentile would be chance.
MOST_RUNS = 150
LEAST_RUNS = 24
# How many looks into a queue an estimate may take, and from how many earlier days it takes who else comes: its cost.
MOST_LOOKS = 16_000
MOST_DAYS = 10
# Whoever has been served for longer than anybody before is served a little longer still.
LEAST_REST = 60.0
LATE = 0.9
STEP = 5

NEVER = math.inf

# Who goes first of two counters that are free at the same moment.
WORKED, IDLE, HELPS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in a queue, since a moment."""

    queue: int
    service: int
    since: float
    is_priority: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """Whom a counter has called (or serves, if `is_served`), and since when."""

    queue: int
    service: int
    since: float
    is_served: bool


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter that calls or will call: from its own queues, then from those that it helps.

    If nobody is at it, it is free from `ready` on, or after one of `back` seconds, all as likely; after `closes` it
    calls nobody. `turn` is where it stands in the round of priority and ordinary calls.
    """

    own: tuple[int, ...]
    helped: tuple[int, ...] = ()
    busy: Busy | None = None
    ready: float = 0.0
    back: Lengths = ()
    pauses: tuple[Pause, ...] = ()
    closes: float = NEVER
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Hall:
    """Counters and those who wait, in the order in which they came, at one moment."""

    now: float
    desks: Sequence[Desk]
    waiting: Sequence[Waiting]
    round: tuple[bool, ...] = (True,)


def round_of_turns(priority: int, ordinary: int) -> tuple[bool, ...]:
    """Tell of each turn of a round whether it is an ordinary one, as queues_call spreads them."""
    whole = priority + ordinary
    return tuple((turn + 1) * ordinary // whole > turn * ordinary // whole for turn in range(whole))


@dataclass(frozen=True, slots=True)
class WaitRange:
    """How long somebody will wait, in seconds: as likely less as more than `median`, nine times in ten at most `late`.

    `low` and `high` are what people are told: the same in minutes, rounded up to five.
    """

    median: float
    late: float

    @property
    def low(self) -> int:
        """Minutes until the call in the middle of all cases, at least five."""
        return rounded_up(self.median)

    @property
    def high(self) -> int:
        """Minutes until the call at the latest, nine times in ten."""
        return rounded_up(self.late)


def rounded_up(seconds: float) -> int:
    """Return whole steps of five minutes, at least one."""
    return max(math.ceil(seconds / 60 / STEP), 1) * STEP


def reach(hall: Hall, queue: int) -> Hall:
    """Return the part of a hall that can influence a queue: counters that share queues, step by step."""
    queues = {queue}
    while True:
        desks = [desk for desk in hall.desks if not queues.isdisjoint((*desk.own, *desk.helped))]
        grown = queues.union(*(desk.own for desk in desks), *(desk.helped for desk in desks))
        if grown == queues:
            break
        queues = grown
    waiting = [person for person in hall.waiting if person.queue in queues]
    return Hall(hall.now, desks, waiting, hall.round)


def estimate(hall: Hall, history: History, mine: Waiting, *, seed: int) -> WaitRange | None:
    """Tell how long from now somebody waits; None when too little is known or no counter is in sight.

    `mine` stands in `hall.waiting`. The same seed gives the same answer for the same hall.
    """
    near = reach(hall, mine.queue)
    if not near.desks or not history.knows(mine.queue):
        return None
    waits = _Play(near, history, mine, Random(seed)).waits()  # noqa: S311 - chance of a day, no secret
    middle, late = _quantile(waits, 0.5), _quantile(waits, LATE)
    return WaitRange(middle, late) if late < NEVER else None


def _quantile(waits: Sequence[float], part: float) -> float:
    place = part * (len(waits) + 1) - 1
    below = min(max(int(place), 0), len(waits) - 1)
    above = min(below + 1, len(waits) - 1)
    if waits[above] == NEVER:
        return waits[above if place > below else below]
    return waits[below] + (waits[above] - waits[below]) * min(max(place - below, 0.0), 1.0)


type Level = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Ready:
    """When a counter is free: at a moment, or one of these lengths after it, from a place on, less what has passed."""

    at: float
    rank: int
    lengths: Lengths = ()
    place: int = 0
    elapsed: float = 0.0

    def draw(self, chance: Random) -> float:
        """Draw one of the moments."""
        if not self.lengths:
            return self.at
        place = self.place + int(chance.random() * (len(self.lengths) - self.place))
        return self.at + max(self.lengths[place] - self.elapsed, LEAST_REST)


@dataclass(slots=True)
class _Play:
    """A hall laid out for playing: each queue is two lines, the ordinary and that of priority."""

    hall: Hall
    history: History
    mine: Waiting
    chance: Random
    line_of: dict[tuple[int, bool], int] = field(default_factory=dict)
    levels: list[tuple[Level, Level]] = field(default_factory=list)
    ready: list[_Ready] = field(default_factory=list)
    closes: list[float] = field(default_factory=list)
    ahead: int = 0
    place: int = 0

    def waits(self) -> list[float]:
        """Play often enough, and return all waits, shortest first."""
        self._lay_out()
        lines = sum(len(desk.own) + len(desk.helped) for desk in self.hall.desks) / len(self.hall.desks)
        looks = (self.ahead + len(self.hall.desks) + 1) * (lines + 3)
        often = max(LEAST_RUNS, min(MOST_RUNS, int(MOST_LOOKS / looks)))
        # Who else comes is taken from earlier days in turn, from anywhere in them.
        days = list(range(len(self.history.days)))[-MOST_DAYS:]
        first = self.chance.randrange(MOST_DAYS)
        waiting = self._begin()
        laid: dict[int | None, tuple[list[list[float]], list[list[Lengths]]]] = {}
        waits = []
        for run in range(often):
            day = days[(first + run) % len(days)] if days else None
            if day not in laid:
                laid[day] = self._lines(day, waiting)
            waits.append(self._run(*laid[day]))
        return sorted(waits)

    def _lay_out(self) -> None:
        now = self.hall.now
        with_priority = self.history.has_priority or any(person.is_priority for person in self.hall.waiting)
        queues = dict.fromkeys(queue for desk in self.hall.desks for queue in (*desk.own, *desk.helped))
        for queue in queues:
            for is_priority in (False, True) if with_priority else (False,):
                self.line_of[queue, is_priority] = len(self.line_of)
        for desk in self.hall.desks:
            self.levels.append((self._level(desk.own), self._level(desk.helped)))
            self.ready.append(self._ready(desk, now))
            self.closes.append(desk.closes)
        self.ahead = sum(person.since <= self.mine.since for person in self.hall.waiting)
        mine = (self.mine.queue, self.mine.is_priority)
        line = [person for person in self.hall.waiting if (person.queue, person.is_priority) == mine]
        self.place = next(place for place, person in enumerate(line) if person is self.mine)

    def _level(self, queues: Iterable[int]) -> Level:
        ordinary, priority = (
            tuple(self.line_of[queue, which] for queue in queues if (queue, which) in self.line_of)
            for which in (False, True)
        )
        return ordinary, priority

    def _ready(self, desk: Desk, now: float) -> _Ready:
        """Return from when a counter is free, and how much longer it may serve whom it serves."""
        busy = desk.busy
        if busy is None:
            if desk.ready > now or desk.back:
                return _Ready(max(desk.ready, now), WORKED, desk.back)
            has_own = any(person.queue in desk.own for person in self.hall.waiting)
            return _Ready(now, IDLE if has_own else HELPS)
        lengths = self.history.lengths(busy.queue, busy.service, served=busy.is_served)
        if not lengths:
            return _Ready(now + LEAST_REST, WORKED)
        elapsed = now - busy.since
        return _Ready(now + self.history.rest, WORKED, lengths, longer_than(lengths, elapsed), elapsed)

    def _begin(self) -> tuple[list[list[float]], list[list[Lengths]]]:
        """Lay out who waits in each line now."""
        since: list[list[float]] = [[] for _ in self.line_of]
        lengths: list[list[Lengths]] = [[] for _ in self.line_of]
        for person in self.hall.waiting:
            line = self.line_of.get((person.queue, person.is_priority))
            if line is not None:
                since[line].append(person.since)
                lengths[line].append(self.history.lengths(person.queue, person.service))
        return since, lengths

    def _lines(
        self, day: int | None, waiting: tuple[list[list[float]], list[list[Lengths]]]
    ) -> tuple[list[list[float]], list[list[Lengths]]]:
        """Lay out who waits in each line, and who comes later as on an earlier day; each ends with nobody."""
        since, lengths = list(waiting[0]), list(waiting[1])
        mine = (self.mine.queue, self.mine.is_priority)
        for (queue, is_priority), line in self.line_of.items():
            # Who comes to my own line comes after me.
            if day is None or (queue, is_priority) == mine:
                since[line] = [*since[line], NEVER]
                continue
            at, tables = self.history.come(day, queue, is_priority=is_priority)
            later = bisect_left(at, self.hall.now)
            since[line] = [*since[line], *at[later:], NEVER]
            lengths[line] = lengths[line] + tables[later:]
        return since, lengths

    def _run(self, since: list[list[float]], lengths: list[list[Lengths]]) -> float:  # noqa: C901, PLR0915 - one piece, see below
        """Play on from now until I am called, once.

        A counter chooses whom it calls as queues_call does: the longest wait of its own lines, by turns where priority
        waits too; else the first helped line where somebody waits. In one piece: this is what an estimate costs.
        """
        now, rest, reaction = self.hall.now, self.history.rest, self.history.reaction
        draw, turn_of, levels, closes = self.chance.random, self.hall.round, self.levels, self.closes
        mine, my_place = self.line_of[self.mine.queue, self.mine.is_priority], self.place
        places, heads = [0] * len(since), [line[0] for line in since]
        turns = [desk.turn for desk in self.hall.desks]
        pauses = [list(desk.pauses) for desk in self.hall.desks]
        free = [(ready.draw(self.chance), ready.rank, which) for which, ready in enumerate(self.ready)]
        heapify(free)
        while free:
            at, rank, which = free[0]
            if at >= closes[which]:
                heappop(free)
                continue
            if pauses[which] and at >= pauses[which][0].due:
                pause = pauses[which].pop(0)
                ends = pause.ends(max(pause.due, now) if rank else at)
                if ends > at:
                    heapreplace(free, (ends, WORKED, which))
                continue
            line, soonest, soonest_rank, level_rank = -1, NEVER, IDLE, IDLE
            for ordinary, priority in levels[which]:
                first = NEVER
                for each in ordinary:
                    head = heads[each]
                    if head < first:
                        line, first = each, head
                        if level_rank == HELPS and head <= at:
                            break
                if priority:
                    urgent, urgent_line = NEVER, -1
                    for each in priority:
                        head = heads[each]
                        if head < urgent:
                            urgent_line, urgent = each, head
                            if level_rank == HELPS and head <= at:
                                break
                    if urgent <= at and first <= at:
                        turn = turns[which]
                        turns[which] = turn + 1
                        if not turn_of[turn % len(turn_of)]:
                            line = urgent_line
                        first = at
                    elif urgent < first:
                        line, first = urgent_line, urgent
                if first <= at:
                    soonest = at
                    break
                if first < soonest:
                    soonest, soonest_rank = first, level_rank
                level_rank = HELPS
            if soonest > at:
                # Nobody there: the counter waits for whoever comes next.
                if soonest < NEVER:
                    heapreplace(free, (soonest, soonest_rank, which))
                else:
                    heappop(free)
                continue
            called = at + reaction if rank else at
            place = places[line]
            if line == mine and place == my_place:
                return called - now
            places[line] = place + 1
            heads[line] = since[line][place + 1]
            table = lengths[line][place]
            heapreplace(free, (called + rest + (table[int(draw() * len(table))] if table else 0.0), WORKED, which))
        return NEVER
