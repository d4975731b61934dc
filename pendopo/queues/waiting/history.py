"""What earlier days teach: how long services take, when people come, when counters pause."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from statistics import fmean, median, pstdev

# Fewer calls than this in a queue, and nothing is told.
LEAST_CALLS = 20
# A service with so many calls of its own counts as much as all of its queue together.
TRUST = 30
# Into how many equally likely lengths a service is cut.
STEPS = 256
# More lengths than this are thinned out before they are mixed: so many steps see no difference.
MOST_LENGTHS = 512
# The pause between two people, and the time until a waiting counter calls: longer gaps are something else.
SHORT = 120.0
# A counter that lets people wait for so long is away.
AWAY = 600.0
# Pauses that begin so close together on different days are the same pause.
SAME_PAUSE = 1800.0
LEAST_PAUSES = 3

type Lengths = Sequence[float]


@dataclass(frozen=True, slots=True)
class Passed:
    """A ticket of an earlier day that was called to a counter; `served` is None when nobody came."""

    day: date
    queue: int
    service: int
    counter: int
    queued: float
    called: float
    served: float | None
    ended: float
    is_priority: bool = False


@dataclass(frozen=True, slots=True)
class Pause:
    """A break of a counter, taken once it is free after `due`: until a moment, or for so many seconds."""

    due: float
    length: float
    until: float | None = None

    def ends(self, begins: float) -> float:
        """Return when a pause ends that begins at a moment."""
        return begins + self.length if self.until is None else max(begins, self.until)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came to a queue."""

    at: float
    service: int
    is_priority: bool


@dataclass(slots=True)
class History:
    """What is known of some queues and their counters; made by `learn`.

    `rest` passes between two people at a counter, `reaction` until a counter without work calls whoever comes.
    """

    queue_of: Mapping[int, int]
    occupied: Mapping[int, Lengths]
    serving: Mapping[int, Lengths]
    of_queue: Mapping[int, tuple[Lengths, Lengths]]
    rest: float
    reaction: float
    days: Sequence[Mapping[int, Sequence[Arrival]]]
    pauses: Mapping[int, tuple[Pause, ...]]
    begins: Mapping[int, float]
    has_priority: bool = False
    _tables: dict[tuple[int, int, bool], Lengths] = field(default_factory=dict)
    _come: dict[tuple[int, int, bool], tuple[list[float], list[Lengths]]] = field(default_factory=dict)
    _thin: dict[tuple[int, bool], Lengths] = field(default_factory=dict)

    def knows(self, queue: int) -> bool:
        """Whether enough was called in a queue to tell anything."""
        return queue in self.of_queue and len(self.of_queue[queue][0]) >= LEAST_CALLS

    def lengths(self, queue: int, service: int, *, served: bool = False) -> Lengths:
        """Return equally likely lengths of a service, shortest first: from the call on, or from when it is served.

        From the call on, those who do not come are in them as often as they do not come.
        """
        key = (queue, service, served)
        if key not in self._tables:
            own = (self.serving if served else self.occupied).get(service, ())
            self._tables[key] = _blend(own, self._everybody(queue, served=served))
        return self._tables[key]

    def _everybody(self, queue: int, *, served: bool) -> Lengths:
        key = (queue, served)
        if key not in self._thin:
            self._thin[key] = _thinned(self.of_queue.get(queue, ((), ()))[served])
        return self._thin[key]

    def come(self, day: int, queue: int, *, is_priority: bool) -> tuple[list[float], list[Lengths]]:
        """Return when people came to a queue on one of the earlier days, and how long each may have taken."""
        key = (day, queue, is_priority)
        if key not in self._come:
            found = [one for one in self.days[day].get(queue, ()) if one.is_priority == is_priority]
            self._come[key] = [one.at for one in found], [self.lengths(queue, one.service) for one in found]
        return self._come[key]

    def mean(self, queue: int) -> float:
        """Return how long one person keeps a counter of a queue on average, with the rest after it."""
        return fmean(self.of_queue[queue][0]) + self.rest


def learn(passed: Iterable[Passed], queues: Mapping[int, Iterable[int]]) -> History:
    """Learn from earlier days; `queues` are those that each counter calls from."""
    rows = sorted(passed, key=lambda row: (row.day, row.called))
    occupied, serving = _lengths(rows, lambda row: row.service)
    all_occupied, all_serving = _lengths(rows, lambda row: row.queue)
    by_day: dict[date, list[Passed]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    gaps = [gap for day in by_day.values() for gap in _gaps(day, queues)]
    rests = [gap.length for gap in gaps if gap.queued <= gap.begins and 0 <= gap.length <= SHORT]
    reactions = [gap.ends - gap.queued for gap in gaps if gap.begins < gap.queued >= gap.ends - SHORT]
    return History(
        queue_of={row.service: row.queue for row in rows},
        occupied=occupied,
        serving=serving,
        of_queue={queue: (lengths, all_serving.get(queue, ())) for queue, lengths in all_occupied.items()},
        rest=fmean(rests) if rests else 0.0,
        reaction=median(reactions) if reactions else 0.0,
        days=[_arrivals(day) for day in by_day.values()],
        pauses=_pauses(gaps, rows),
        begins=_begins(rows),
        has_priority=any(row.is_priority for row in rows),
    )


def _lengths(rows: Iterable[Passed], key: Callable[[Passed], int]) -> tuple[dict[int, Lengths], dict[int, Lengths]]:
    occupied: dict[int, list[float]] = defaultdict(list)
    serving: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        occupied[key(row)].append(row.ended - row.called)
        if row.served is not None:
            serving[key(row)].append(row.ended - row.served)
    return {which: sorted(found) for which, found in occupied.items()}, {
        which: sorted(found) for which, found in serving.items()
    }


def _blend(own: Lengths, everybody: Lengths) -> Lengths:
    """Cut a mixture of a service's own lengths and its queue's into equally likely steps."""
    trust = len(own) / (len(own) + TRUST)
    own = _thinned(own)
    if not own or not everybody:
        weighted = [(length, 1.0) for length in own or everybody]
    else:
        weighted = [(length, trust / len(own)) for length in own]
        weighted += [(length, (1 - trust) / len(everybody)) for length in everybody]
        weighted.sort()
    if not weighted:
        return ()
    whole = sum(weight for _length, weight in weighted)
    table: list[float] = []
    reached = 0.0
    for length, weight in weighted:
        reached += weight
        while len(table) < STEPS and (len(table) + 0.5) / STEPS * whole <= reached:
            table.append(length)
    return table + [weighted[-1][0]] * (STEPS - len(table))


def _thinned(lengths: Lengths) -> Lengths:
    """Keep of many sorted lengths those at equal steps."""
    if len(lengths) <= MOST_LENGTHS:
        return lengths
    return [lengths[int((step + 0.5) * len(lengths) / MOST_LENGTHS)] for step in range(MOST_LENGTHS)]


def _arrivals(day: Iterable[Passed]) -> dict[int, list[Arrival]]:
    found: dict[int, list[Arrival]] = defaultdict(list)
    for row in sorted(day, key=lambda row: row.queued):
        found[row.queue].append(Arrival(row.queued, row.service, row.is_priority))
    return found


@dataclass(frozen=True, slots=True)
class _Gap:
    """Between two calls of a counter. `queued` is since when the one waited who was called at its end.

    `away` is since when somebody whom it could have called waited: a pause, if that is long.
    """

    counter: int
    begins: float
    ends: float
    queued: float
    away: float

    @property
    def length(self) -> float:
        return self.ends - self.begins

    @property
    def is_away(self) -> bool:
        return self.ends - self.away >= AWAY

    @property
    def is_whole(self) -> bool:
        """Whether somebody waited from the beginning, so that it is known when the pause began."""
        return self.away <= self.begins + SHORT


def _gaps(day: Sequence[Passed], queues: Mapping[int, Iterable[int]]) -> Iterable[_Gap]:
    waited: dict[int, list[Passed]] = defaultdict(list)
    at: dict[int, list[Passed]] = defaultdict(list)
    for row in day:
        if row.called - row.queued >= AWAY:
            waited[row.queue].append(row)
        at[row.counter].append(row)
    for counter, rows in at.items():
        for before, after in pairwise(rows):
            begins, ends = before.ended, after.called
            away = ends
            if ends - begins >= AWAY:
                there = (row for queue in queues.get(counter, ()) for row in waited[queue])
                waits = ((max(row.queued, begins), min(row.called, ends)) for row in there)
                away = min((since for since, until in waits if until - since >= AWAY), default=ends)
            yield _Gap(counter, begins, ends, after.queued, away)


def _pauses(gaps: Iterable[_Gap], rows: Sequence[Passed]) -> dict[int, tuple[Pause, ...]]:
    """Find the pauses that a counter makes on most days at about the same time, though people wait for it."""
    away: dict[int, list[_Gap]] = defaultdict(list)
    for gap in gaps:
        if gap.is_away:
            away[gap.counter].append(gap)
    calls: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        calls[row.counter].append(row.called)
    found: dict[int, tuple[Pause, ...]] = {}
    for counter, seen in away.items():
        groups = [_pause(group, calls[counter]) for group in _together(sorted(seen, key=lambda gap: gap.away))]
        found[counter] = tuple(pause for pause in groups if pause)
    return found


def _together(gaps: Sequence[_Gap]) -> Iterable[list[_Gap]]:
    group: list[_Gap] = []
    for gap in gaps:
        if group and gap.away - group[-1].away > SAME_PAUSE:
            yield group
            group = []
        group.append(gap)
    if group:
        yield group


def _pause(group: Sequence[_Gap], calls: Iterable[float]) -> Pause | None:
    # Who is free the moment a pause is due begins it then; all others after whom they serve.
    due = sorted(gap.away for gap in group)[len(group) // 10]
    ends, whole = [gap.ends for gap in group], [gap.length for gap in group if gap.is_whole]
    worked = sum(due + (median(ends) - due) * 0.4 < called < due + (median(ends) - due) * 0.6 for called in calls)
    if len(group) < LEAST_PAUSES or worked > len(group):
        return None
    # Some halls go on at a fixed hour, in others everybody takes as long: whichever varies less.
    if len(whole) < LEAST_PAUSES or pstdev(ends) < pstdev(whole):
        return Pause(due, median(ends) - due, median(ends))
    return Pause(due, median(whole))


def _begins(rows: Iterable[Passed]) -> dict[int, float]:
    """Find when a counter usually makes its first call: earlier than on nine of ten days it is not expected."""
    firsts: dict[int, dict[date, float]] = defaultdict(dict)
    for row in rows:
        firsts[row.counter].setdefault(row.day, row.called)
    return {counter: sorted(days.values())[len(days) // 10] for counter, days in firsts.items()}


def longer_than(lengths: Lengths, elapsed: float) -> int:
    """Return from which place on lengths are longer than what has passed already; the last one's when none is."""
    return min(bisect_right(lengths, elapsed), len(lengths) - 1)
