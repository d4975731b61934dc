"""Rules that others tell waiting times by, to be compared with on the same tickets."""

from collections.abc import Iterable
from dataclasses import dataclass

from pendopo.queues.waiting.history import History
from pendopo.queues.waiting.simulation import Hall, Waiting


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule looks at: who is before me, how many counters of this queue receive people and how many are free,
    what one person takes on average, and how long the last one who was called had waited.
    """

    ahead: int
    counters: int
    free: int
    mean: float
    last_wait: float


def see(hall: Hall, history: History, mine: Waiting, *, last_wait: float) -> Seen:
    """Look at a hall as a rule does: at one queue and its own counters."""
    before = [person for person in hall.waiting if person.queue == mine.queue and person is not mine]
    desks = [desk for desk in hall.desks if mine.queue in desk.own and desk.ready <= hall.now and not desk.back]
    return Seen(
        ahead=sum(person.since <= mine.since for person in before),
        counters=max(len(desks), 1),
        free=sum(desk.busy is None for desk in desks),
        mean=history.mean(mine.queue),
        last_wait=last_wait,
    )


def last_wait(seen: Seen) -> float:
    """Tell everybody what the last one waited."""
    return seen.last_wait


def queue_by_counters(seen: Seen) -> float:
    """Share what all before me take among the counters."""
    return seen.ahead * seen.mean / seen.counters


def slots(seen: Seen, factor: float = 1.0) -> float:
    """Give each before me and myself a slot of the mean by the counters; who finds a free counter waits not at all.

    So does the city of Munich's ZMS; `factor` is what it was tuned to.
    """
    if seen.ahead < seen.free:
        return 0.0
    return (seen.ahead - seen.free + 1) * seen.mean / seen.counters * factor


def tune(cases: Iterable[tuple[Seen, float]]) -> float:
    """Find the factor with which `slots` errs least on waits that are known."""
    known = list(cases)
    factors = [step / 20 for step in range(6, 31)]
    return min(factors, key=lambda factor: sum(abs(slots(seen, factor) - wait) for seen, wait in known))
