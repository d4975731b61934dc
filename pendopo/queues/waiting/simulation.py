"""The hall played forward, many times, until somebody is called."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from random import Random

from pendopo.queues.waiting.history import Arrival, History, Lengths, Pause, longer_than

# A day is played at most so often, and never so rarely that its 90th percentile would be chance.
MOST_RUNS = 200
LEAST_RUNS = 40
# How many calls may be played for one estimate: this is what bounds its cost.
MOST_CALLS = 9000
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

    It is free from `ready` on if nobody is at it, or after one of `back` seconds, all as likely; after `closes` it calls nobody. `turn` is where it stands in the
    round of priority and ordinary calls.
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
    """How long somebody will wait, in seconds: as likely less as more than `median`, and nine times in ten at most `late`.

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
    queues, desks = {queue}, list(hall.desks)
    found: list[Desk] = []
    while near := [desk for desk in desks if not queues.isdisjoint((*desk.own, *desk.helped))]:
        found += near
        queues.update(*(desk.own for desk in near), *(desk.helped for desk in near))
        desks = [desk for desk in desks if desk not in near]
    waiting = [person for person in hall.waiting if person.queue in queues]
    return Hall(hall.now, found, waiting, hall.round)


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


@dataclass(slots=True)
class _Play:
    """A hall laid out for playing: each queue is two lines, the ordinary and that of priority."""

    hall: Hall
    history: History
    mine: Waiting
    chance: Random
    line_of: dict[tuple[int, bool], int] = field(default_factory=dict)
    levels: list[tuple[Level, Level]] = field(default_factory=list)
    ready: list[tuple[float, int, Lengths]] = field(default_factory=list)
    ahead: int = 0
    place: int = 0

    def waits(self) -> list[float]:
        """Play often enough, and return all waits, shortest first."""
        self._lay_out()
        often = max(LEAST_RUNS, min(MOST_RUNS, MOST_CALLS // (self.ahead + len(self.hall.desks) + 1)))
        days: Sequence[Mapping[int, Sequence[Arrival]]] = self.history.days or [{}]
        # As many runs of each earlier day, from anywhere in the past: who else comes is taken from them.
        first = self.chance.randrange(len(days))
        laid: dict[int, tuple[list[list[float]], list[list[Lengths]]]] = {}
        waits = []
        for run in range(often):
            day = (first + run) % len(days)
            if day not in laid:
                laid[day] = self._lines(days[day])
            waits.append(self._run(*laid[day]))
        return sorted(waits)

    def _lay_out(self) -> None:
        now = self.hall.now
        with_priority = any(person.is_priority for person in self.hall.waiting)
        with_priority |= any(
            person.is_priority for day in self.history.days for come in day.values() for person in come
        )
        queues = dict.fromkeys(queue for desk in self.hall.desks for queue in (*desk.own, *desk.helped))
        for queue in queues:
            for is_priority in (False, True) if with_priority else (False,):
                self.line_of[queue, is_priority] = len(self.line_of)
        for desk in self.hall.desks:
            self.levels.append((self._level(desk.own), self._level(desk.helped)))
            self.ready.append(self._ready(desk, now))
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

    def _ready(self, desk: Desk, now: float) -> tuple[float, int, Lengths]:
        """Return from when a counter is free, its rank then, and how much longer it may serve whom it serves."""
        busy = desk.busy
        if busy is None:
            if desk.ready > now or desk.back:
                return max(desk.ready, now), WORKED, desk.back
            has_own = any(person.queue in desk.own for person in self.hall.waiting)
            return now, IDLE if has_own else HELPS, ()
        lengths = self.history.lengths(busy.queue, busy.service, served=busy.is_served)
        if not lengths:
            return now + LEAST_REST, WORKED, ()
        elapsed = now - busy.since
        left = [max(length - elapsed, LEAST_REST) for length in longer_than(lengths, elapsed)]
        return now + self.history.rest, WORKED, left

    def _lines(self, day: Mapping[int, Sequence[Arrival]]) -> tuple[list[list[float]], list[list[Lengths]]]:
        """Lay out who waits in each line, and who comes later as on an earlier day; each ends with nobody."""
        since: list[list[float]] = [[] for _ in self.line_of]
        lengths: list[list[Lengths]] = [[] for _ in self.line_of]
        for person in self.hall.waiting:
            line = self.line_of.get((person.queue, person.is_priority))
            if line is not None:
                since[line].append(person.since)
                lengths[line].append(self.history.lengths(person.queue, person.service))
        mine = (self.mine.queue, self.mine.is_priority)
        for (queue, is_priority), line in self.line_of.items():
            # Who comes to my own line comes after me.
            if (queue, is_priority) != mine:
                come = day.get(queue, ())
                for person in come[bisect_left(come, self.hall.now, key=lambda person: person.at) :]:
                    if person.is_priority == is_priority:
                        since[line].append(person.at)
                        lengths[line].append(self.history.lengths(queue, person.service))
            since[line].append(NEVER)
        return since, lengths

    def _run(self, since: list[list[float]], lengths: list[list[Lengths]]) -> float:
        """Play on from now until I am called, once. Here all the time goes: no calls, no attributes in the loop."""
        now, rest, reaction, draw = self.hall.now, self.history.rest, self.history.reaction, self.chance.random
        desks, levels, ordinarys = self.hall.desks, self.levels, self.hall.round
        my_line, my_place = self.line_of[self.mine.queue, self.mine.is_priority], self.place
        heads = [0] * len(since)
        turns = [desk.turn for desk in desks]
        next_pause = [0] * len(desks)
        due = [desk.pauses[0].due if desk.pauses else desk.closes for desk in desks]
        free = [
            (at + left[int(draw() * len(left))] if left else at, rank, which)
            for which, (at, rank, left) in enumerate(self.ready)
        ]
        heapify(free)
        while free:
            at, rank, which = heappop(free)
            if at >= due[which]:
                desk, number = desks[which], next_pause[which]
                if at >= desk.closes:
                    continue
                pause = desk.pauses[number]
                next_pause[which] = number = number + 1
                due[which] = desk.pauses[number].due if number < len(desk.pauses) else desk.closes
                ends = pause.ends(max(pause.due, now) if rank else at)
                heappush(free, (ends, WORKED, which) if ends > at else (at, rank, which))
                continue
            soonest, next_rank, level = NEVER, IDLE, WORKED
            for ordinary, priority in levels[which]:
                line, first = -1, NEVER
                for each in ordinary:
                    head = since[each][heads[each]]
                    if head < first:
                        line, first = each, head
                        if level and head <= at:
                            break
                if priority:
                    urgent_line, urgent = -1, NEVER
                    for each in priority:
                        head = since[each][heads[each]]
                        if head < urgent:
                            urgent_line, urgent = each, head
                            if level and head <= at:
                                break
                    if urgent <= at and first <= at:
                        if not ordinarys[turns[which] % len(ordinarys)]:
                            line = urgent_line
                        turns[which] += 1
                    elif urgent < first:
                        line, first = urgent_line, urgent
                if first <= at:
                    break
                if first < soonest:
                    soonest = first
                    next_rank = level or IDLE
                level = HELPS
            else:
                # Nobody there: the counter waits for whoever comes next.
                if soonest < NEVER:
                    heappush(free, (soonest, next_rank, which))
                continue
            place = heads[line]
            heads[line] = place + 1
            called = at + reaction if rank else at
            if line == my_line and place == my_place:
                return called - now
            table = lengths[line][place]
            heappush(free, (called + rest + (table[int(draw() * len(table))] if table else 0.0), WORKED, which))
        return NEVER
