"""What the system knows of the mall at a minute: kept with an inspection when it begins, and shown beside it."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from pendopo.inspections.models import Inspection
from pendopo.kernel import dates
from pendopo.queues.queries.closings import closings_now
from pendopo.queues.queries.halls import hall_counters, hall_queues
from pendopo.queues.queries.missing import empty_now
from pendopo.tenancy.models import Mall

LONGEST_LISTS = 100


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


def known_now(mall: Mall, at: datetime) -> dict[str, object]:
    """Return it as a row keeps it."""
    counters, queues = hall_counters(mall, at), hall_queues(mall, at)
    noted = {row.counter_id: row.starts_at for row in empty_now(mall)}
    knowing = Knowing(
        counters=len(counters),
        open=sum(each.is_open for each in counters),
        empty=[
            Empty(each.number, each.agency, dates.hour(noted[each.pk], mall.timezone) if each.pk in noted else "")
            for each in counters
            if each.should_be_open
        ][:LONGEST_LISTS],
        waiting=sum(each.waiting for each in queues),
        waits=[
            Wait(each.code, each.name, each.waiting, int((at - each.oldest_at).total_seconds()) // 60)
            for each in queues
            if each.oldest_at
        ][:LONGEST_LISTS],
        closed=[Closed(each.who, each.text) for each in closings_now(mall, at) if each.has_begun][:LONGEST_LISTS],
    )
    return asdict(knowing)


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
