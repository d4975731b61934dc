"""Which of a visit's tickets first, so that all is done soonest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from django.db.models import Avg, Count, F

from pendopo.queues.models import CounterQueue, CounterSession, Period, Ticket
from pendopo.queues.queries.tickets import ahead_of
from pendopo.queues.types import LIVE, SessionState, State

# What a service takes where too few have been seen to say.
USUAL = timedelta(minutes=10)
SEEN_ENOUGH = 5
LOOKS_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """A ticket of a visit in its turn. `place` counts from 1, None once it has ended.

    `minutes` is how long until the call is expected, None when nobody waits or no counter is open for it now.
    """

    ticket: Ticket
    place: int | None
    ahead: int
    minutes: int | None

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for its call."""
        return self.ticket.state == State.WAITING


def plan(tickets: Iterable[Ticket]) -> list[Step]:
    """Return the tickets of one visit in the order that ends soonest, the ended ones last.

    Whoever is being called or served comes first, then the shortest expected wait: people ahead × mean service of the
    queue ÷ open counters; equal waits by how many are ahead, then by who came first. What no counter serves is last.
    """
    found = list(tickets)
    live = [ticket for ticket in found if ticket.state in LIVE]
    waiting = [ticket for ticket in live if ticket.state == State.WAITING]
    paces = _paces({ticket.queue_id for ticket in waiting}, max((ticket.day for ticket in waiting), default=None))
    measured = [(ticket, ahead_of(ticket), paces.get(ticket.queue_id)) for ticket in live]
    measured.sort(key=_order)
    steps = [
        Step(ticket, place, ahead, _minutes(ticket, ahead, pace))
        for place, (ticket, ahead, pace) in enumerate(measured, start=1)
    ]
    return steps + [Step(ticket, None, 0, None) for ticket in found if ticket.state not in LIVE]


def tickets_of_visit(ticket: Ticket) -> list[Ticket]:
    """Return all tickets of a ticket's visit, itself among them, as they were taken."""
    of_visit = Ticket.objects.filter(mall=ticket.mall_id, visit=ticket.visit_id)
    # The index knows the joined ones only: most visits have one ticket.
    of_visit = of_visit.filter(joined=True) if ticket.joined else of_visit.filter(pk=ticket.pk)
    shown = of_visit.select_related("queue__zone", "variant__service__agency", "counter", "visit")
    return list(shown.order_by("queued_at", "pk"))


def plan_of(ticket: Ticket) -> list[Step]:
    """Return the plan of a ticket's whole visit; nothing when it is the only one."""
    return plan(tickets_of_visit(ticket)) if ticket.joined else []


def _order(measured: tuple[Ticket, int, timedelta | None]) -> tuple[bool, bool, float, int, int]:
    ticket, ahead, pace = measured
    is_waiting = ticket.state == State.WAITING
    wait = (ahead * (pace or USUAL)).total_seconds()
    return is_waiting, is_waiting and pace is None, wait, ahead, ticket.pk


def _minutes(ticket: Ticket, ahead: int, pace: timedelta | None) -> int | None:
    """Round up to 5 minutes: more would promise what a mean cannot hold."""
    if ticket.state != State.WAITING or pace is None:
        return None
    return 5 * ceil(ahead * pace / timedelta(minutes=5))


def _paces(queues: set[int], day: date | None) -> dict[int, timedelta]:
    """How long each queue takes a person on the whole: its mean service by its open counters; without any, no entry."""
    if day is None:
        return {}
    counters = dict(
        CounterQueue.objects.filter(
            queue__in=queues,
            counter__in=CounterSession.objects.filter(ended_at=None, state=SessionState.OPEN).values("counter"),
        )
        .values("queue")
        .annotate(count=Count("pk"))
        .values_list("queue", "count")
    )
    services = Period.objects.filter(
        kind=Period.Kind.SERVING,
        ended_at__isnull=False,
        ticket__queue__in=counters.keys(),
        ticket__day__range=(day - LOOKS_BACK, day),
    )
    means = (
        services.values("ticket__queue")
        .annotate(mean=Avg(F("ended_at") - F("started_at")), count=Count("pk"))
        .filter(count__gte=SEEN_ENOUGH)
    )
    known = {row["ticket__queue"]: row["mean"] for row in means}
    return {queue: known.get(queue, USUAL) / count for queue, count in counters.items()}
