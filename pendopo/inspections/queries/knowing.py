"""What the system knows of the mall at a minute: kept with an inspection when it begins, and shown beside it.

An inspection that began without a network comes later: then the rows tell what was known at the minute it began.
"""

from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

from pendopo.inspections.models import Inspection
from pendopo.kernel import dates
from pendopo.queues.models import Vacancy
from pendopo.queues.queries.closings import closings_now
from pendopo.queues.queries.earlier import hall_at
from pendopo.queues.queries.halls import hall_counters, hall_queues
from pendopo.queues.queries.missing import empty_now
from pendopo.tenancy.models import Mall

LONGEST_LISTS = 100
# For so long after a moment the live rows still are those of the moment.
FRESH = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Empty:
    """A counter that should be open and is not; `since` is where the vacancy was noted, in the mall's own time."""

    number: int
    agency: str
    since: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A queue with people in it: how many wait, and the first of them for how many minutes."""

    code: str
    name: str
    waiting: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Closed:
    """A closing that was told ahead: whose, and the sentence that everybody was told."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Knowing:
    """The mall at a minute, as the system knew it."""

    counters: int
    open: int
    empty: list[Empty] = field(default_factory=list)
    waiting: int = 0
    waits: list[Wait] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)

    @property
    def longest(self) -> int:
        """How many minutes the first of any queue has waited."""
        return max((each.minutes for each in self.waits), default=0)


def known_at(mall: Mall, moment: datetime, now: datetime) -> dict[str, object]:
    """Return it as a row keeps it: from the live rows for this minute, from what they keep for an earlier one."""
    knowing = _live(mall, moment) if now - moment < FRESH else _earlier(mall, moment)
    return asdict(knowing)


def _live(mall: Mall, at: datetime) -> Knowing:
    counters, queues = hall_counters(mall, at), hall_queues(mall, at)
    noted = {row.counter_id: row.starts_at for row in empty_now(mall)}
    return Knowing(
        counters=len(counters),
        open=sum(each.is_open for each in counters),
        empty=[
            Empty(each.number, each.agency, dates.hour(noted[each.pk], mall.timezone) if each.pk in noted else "")
            for each in counters
            if each.should_be_open
        ][:LONGEST_LISTS],
        waiting=sum(each.waiting for each in queues),
        waits=[
            Wait(each.code, each.name, each.waiting, _minutes(each.oldest_at, at)) for each in queues if each.oldest_at
        ][:LONGEST_LISTS],
        closed=_closed(mall, at),
    )


def _earlier(mall: Mall, at: datetime) -> Knowing:
    hall = hall_at(mall, at)
    return Knowing(
        counters=hall.counters,
        open=hall.open,
        empty=[Empty(row.counter.number, _agency(row), dates.hour(row.starts_at, mall.timezone)) for row in hall.empty][
            :LONGEST_LISTS
        ],
        waiting=sum(each.waiting for each in hall.queues),
        waits=[Wait(each.code, each.name, each.waiting, _minutes(each.oldest_at, at)) for each in hall.queues][
            :LONGEST_LISTS
        ],
        closed=_closed(mall, at),
    )


def _agency(row: Vacancy) -> str:
    agency = row.counter.outlet.agency
    return agency.short_name if agency else ""


def _minutes(since: datetime, at: datetime) -> int:
    return int((at - since).total_seconds()) // 60


def _closed(mall: Mall, at: datetime) -> list[Closed]:
    return [Closed(each.who, each.text) for each in closings_now(mall, at) if each.has_begun][:LONGEST_LISTS]


def known_then(inspection: Inspection) -> Knowing:
    """Read what was known when an inspection began."""
    told = inspection.seen
    return Knowing(
        told["counters"],
        told["open"],
        [Empty(**each) for each in told["empty"]],
        told["waiting"],
        [Wait(**each) for each in told["waits"]],
        [Closed(**each) for each in told["closed"]],
    )
