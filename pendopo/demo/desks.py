"""The counters of the demo mall as a played day sees them."""

from dataclasses import dataclass
from enum import Enum, auto

from pendopo.agencies.models import Counter
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Variant
from pendopo.demo.sources import wanted_queues
from pendopo.demo.staff import officer_contact
from pendopo.demo.visitors import Demand
from pendopo.people.models import Account, contact_hash
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import CounterQueue, CounterSession, QueueService
from pendopo.tenancy.models import Mall, Site


class Sits(Enum):
    """What happens at a counter; ELSEWHERE: somebody real uses it, and it is left alone."""

    CLOSED = auto()
    IDLE = auto()
    BUSY = auto()
    PAUSED = auto()
    ELSEWHERE = auto()


@dataclass(slots=True)
class Desk:
    """A counter with its officer and the codes of its queues, its own first."""

    counter: Counter
    officer: Actor
    queues: list[str]
    sits: Sits
    is_hungry: bool = False
    is_closing: bool = False

    @property
    def caller(self) -> Caller:
        """The officer, as the hot path knows them."""
        return Caller(account_id=self.officer.account_id)


def desks_of(mall: Mall) -> list[Desk]:
    """Return the counters that have an officer of the demo. Stand inside the mall."""
    taken = set(CounterSession.objects.filter(mall=mall, ended_at=None).values_list("counter_id", flat=True))
    queues: dict[int, list[str]] = {}
    lines = CounterQueue.objects.filter(mall=mall).order_by("is_helped", "position")
    for counter_id, code in lines.values_list("counter_id", "queue__code"):
        queues.setdefault(counter_id, []).append(code)
    # Counters of the hall are numbered through; a van has its own first counter.
    in_hall = Counter.objects.standing().filter(mall=mall, zone__site__kind=Site.Kind.HALL)
    counters = list(in_hall.select_related("outlet__agency", "zone").order_by("number"))
    handles = {contact_hash(officer_contact(counter.number)): counter.pk for counter in counters}
    officers = {handles[found.handle]: found for found in Account.objects.filter(handle__in=handles)}
    return [
        Desk(
            counter,
            actor_of_account(mall, officers[counter.pk]),
            queues[counter.pk],
            Sits.ELSEWHERE if counter.pk in taken else Sits.CLOSED,
        )
        for counter in counters
        if counter.pk in officers and counter.pk in queues
    ]


def demands(mall: Mall) -> list[Demand]:
    """Return what people come for: each queue's variants with its share of the day. Stand inside the mall."""
    in_hall = QueueService.objects.filter(mall=mall, site__kind=Site.Kind.HALL)
    queue_of = dict(in_hall.values_list("service_id", "queue__code"))
    variants: dict[str, list[str]] = {}
    for code, service_id in Variant.objects.filter(mall=mall).order_by("pk").values_list("code", "service_id"):
        if service_id in queue_of:
            variants.setdefault(queue_of[service_id], []).append(code)
    return [
        Demand(variants[queue.code], queue.share, queue.minutes) for queue in wanted_queues() if queue.code in variants
    ]
