"""Which of a visit's tickets first, so that all is done soonest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

from django.db.models import Avg, Count, F
from django.utils import timezone

from pendopo.queues.models import CounterQueue, CounterSession, Period, Ticket
from pendopo.queues.queries.tickets import ahead_of
from pendopo.queues.queries.waits import estimates, told_text
from pendopo.queues.types import LIVE, SessionState, State
from pendopo.queues.waiting.simulation import WaitRange

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
    def told(self) -> str:
        """What the holder was told of this wait when they took the number."""
        return told_text(self.ticket)

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for its call."""
        return self.ticket.state == State.WAITING


def plan(tickets: Iterable[Ticket], at: datetime | None = None) -> list[Step]:
    """Return the tickets of one visit in the order that ends soonest, the ended ones last.

    Whoever is being called or served comes first, then the shortest estimated wait: while one is served the others keep
    their places, so that no other order ends sooner. Where nothing can be estimated, people ahead × mean service of the
    queue ÷ open counters stands for it; equal waits by how many are ahead, then by who came first. What no counter
    serves now is last.
    """
    found = list(tickets)
    live = [ticket for ticket in found if ticket.state in LIVE]
    waiting = [ticket for ticket in live if ticket.state == State.WAITING]
    paces = _paces({ticket.queue_id for ticket in waiting}, max((ticket.day for ticket in waiting), default=None))
    # One ticket needs no order.
    told = estimates(waiting[0].mall, waiting, at or timezone.now()) if len(waiting) > 1 else {}
    measured = [_measure(ticket, paces.get(ticket.queue_id), told.get(ticket.pk)) for ticket in live]
    measured.sort(key=_order)
    steps = [Step(one.ticket, place, one.ahead, _minutes(one)) for place, one in enumerate(measured, start=1)]
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


@dataclass(frozen=True, slots=True)
class _Measured:
    """A live ticket with how long until its call; None when no counter serves its queue now."""

    ticket: Ticket
    ahead: int
    wait: timedelta | None


def _measure(ticket: Ticket, pace: timedelta | None, told: WaitRange | None) -> _Measured:
    ahead = ahead_of(ticket)
    wait = None
    if pace is not None:
        wait = timedelta(seconds=told.median) if told else ahead * pace
    return _Measured(ticket, ahead, wait)


def _order(one: _Measured) -> tuple[bool, bool, timedelta, int, int]:
    is_waiting = one.ticket.state == State.WAITING
    wait = one.ahead * USUAL if one.wait is None else one.wait
    return is_waiting, is_waiting and one.wait is None, wait, one.ahead, one.ticket.pk


def _minutes(one: _Measured) -> int | None:
    """Round up to 5 minutes: more would promise what a mean cannot hold."""
    if one.ticket.state != State.WAITING or one.wait is None:
        return None
    return 5 * ceil(one.wait / timedelta(minutes=5))


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
