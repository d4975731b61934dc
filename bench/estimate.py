"""How well waits are told: days of the demo mall's traffic, our estimate and the rules of others on the same tickets.

Each day is told with what the days before it taught, as in a real hall. The rule with slots was tuned on earlier days.
"""

import math
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.stage import FOLDER  # isort: skip - sets the surroundings first
from bench.days import Day, Person, counters
from bench.report import Figure
from pendopo.queues.waiting import rules
from pendopo.queues.waiting.history import History, Passed, learn
from pendopo.queues.waiting.simulation import WaitRange, estimate

FIRST = date(2026, 9, 1)
LEARNED = int(os.environ.get("BENCH_LEARNED", "10"))
SCORED = int(os.environ.get("BENCH_DAYS", "20"))
VISITORS = int(os.environ.get("BENCH_VISITORS", "911"))
# What the demo's busiest queues remember, by waits.MOST_CALLS; the others remember more.
REMEMBERED = 5
FIVE = 300.0


@dataclass
class Told:
    """What was told to one person, and how long they then waited."""

    person: Person
    range: WaitRange | None
    seen: rules.Seen

    @property
    def waited(self) -> float:
        """Seconds until the call."""
        return self.person.called - self.person.queued


@dataclass
class Teller:
    """Tells everybody who comes how long they will wait, and remembers it."""

    history: History
    told: list[Told] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def __call__(self, day: Day, person: Person) -> None:
        """Tell one person."""
        began = time.process_time()
        hall = day.hall(self.history)
        mine = next(one for one in hall.waiting if one.queue == person.queue and one.since == person.queued)
        found = estimate(hall, self.history, mine, seed=len(self.told))
        self.cpu.append(time.process_time() - began)
        seen = rules.see(hall, self.history, mine, last_wait=day.last_wait.get(person.queue, 0.0))
        self.told.append(Told(person, found, seen))


def run() -> list[Figure]:
    """Play the days, and compare."""
    shutil.rmtree(FOLDER, ignore_errors=True)  # no server is needed
    queues = {desk.number: desk.queues for desk in counters()}
    passed: list[list[Passed]] = []
    largest = _largest(queues.values())
    learning: list[float] = []
    tuning, scored = Teller(learn((), queues)), Teller(learn((), queues))
    for number in range(LEARNED + SCORED):
        teller = tuning if number < LEARNED else scored
        teller.history = learn((row for day in passed[-REMEMBERED:] for row in day), queues)
        shared = [row for day in passed[-REMEMBERED:] for row in day if row.queue in largest]
        began = time.process_time()
        learn(shared, queues)
        learning.append(time.process_time() - began)
        # The very first days have too little to tell by.
        is_told = number >= LEARNED // 2
        today = FIRST + timedelta(days=number)
        day = Day(today, VISITORS, seed=number + 1, taken=teller) if is_told else Day(today, VISITORS, seed=number + 1)
        day.play()
        passed.append(list(day.passed()))
    factor = rules.tune((told.seen, told.waited) for told in tuning.told if told.person.called >= 0)
    return _table([told for told in scored.told if told.person.called >= 0], factor, scored.cpu, max(learning))


def _largest(desks: Iterable[Sequence[int]]) -> set[int]:
    """Return the most queues that share counters: what is learnt for one of them is learnt of all."""
    groups: list[set[int]] = []
    for queues in desks:
        joined = {*queues}.union(*(group for group in groups if group & {*queues}))
        groups = [*(group for group in groups if not group & joined), joined]
    return max(groups, key=len)


def _table(told: Sequence[Told], factor: float, cpu: Sequence[float], learning: float) -> list[Figure]:
    ours = [one for one in told if one.range]
    waiting = [one for one in ours if one.seen.ahead >= one.seen.free]
    figures = [
        Figure("tickets", len(told), "", note=f"{SCORED} days of {VISITORS}, after {LEARNED} to learn from"),
        Figure("told a range", 100 * len(ours) / len(told), "%"),
        Figure("found no counter free", 100 * len(waiting) / len(ours), "%"),
    ]
    for name, some in (("all", ours), ("no counter free", waiting)):
        figures += _compare(name, some, factor)
    spent = sorted(cpu)
    figures += [
        Figure("CPU an estimate, mean", 1000 * sum(spent) / len(spent), "ms", "≤ 20"),
        Figure("CPU an estimate, 99 %", 1000 * spent[len(spent) * 99 // 100], "ms", "≤ 20"),
        Figure("CPU an estimate, most", 1000 * spent[-1], "ms", "≤ 20"),
        Figure("CPU to learn once a day, most", 1000 * learning, "ms", "≤ 20", "for the largest group of queues"),
    ]
    return figures


def _compare(name: str, told: Sequence[Told], factor: float) -> list[Figure]:
    waits = [one.waited for one in told]
    ranges = [one.range for one in told if one.range]
    found = [
        *_errors(f"{name}: ours, median", [one.median for one in ranges], waits),
        *_errors(f"{name}: last wait", [rules.last_wait(one.seen) for one in told], waits),
        *_errors(f"{name}: queue × mean / counters", [rules.queue_by_counters(one.seen) for one in told], waits),
        *_errors(f"{name}: slots × {factor:.2f}, tuned", [rules.slots(one.seen, factor) for one in told], waits),
    ]
    late = sum(wait <= one.late + 0.5 for wait, one in zip(waits, ranges, strict=True)) / len(waits)
    shown = sum(wait <= one.high * 60 for wait, one in zip(waits, ranges, strict=True)) / len(waits)
    half = sum(wait <= one.median + 0.5 for wait, one in zip(waits, ranges, strict=True)) / len(waits)
    return [
        *found,
        Figure(f"{name}: median covers", 100 * half, "%"),
        Figure(f"{name}: 90 % figure covers", 100 * late, "%", "85–95"),
        Figure(f"{name}: as shown, rounded up, covers", 100 * shown, "%"),
    ]


def _errors(name: str, told: Sequence[float], waits: Sequence[float]) -> list[Figure]:
    errors = [one - wait for one, wait in zip(told, waits, strict=True)]
    absolute = [abs(error) for error in errors]
    within = sum(error <= FIVE for error in absolute) / len(errors)
    rmse = math.sqrt(sum(error**2 for error in errors) / len(errors)) / 60
    bias = sum(errors) / len(errors) / 60
    note = f"RMSE {rmse:.1f} · within 5 min {100 * within:.0f} % · bias {bias:+.1f}"
    return [Figure(name, sum(absolute) / len(errors) / 60, "min MAE", note=note)]
