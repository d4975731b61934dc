"""What a counter sees: who sits there, whom it serves, who waits for it."""

from datetime import date

from django.db.models import OuterRef, Subquery

from pendopo.agencies.models import Counter
from pendopo.queues.models import CounterQueue, CounterSession, Ticket
from pendopo.queues.types import State


def open_ticket_at(counter: Counter) -> Ticket | None:
    """Return whoever is being called or served at a counter."""
    return (
        Ticket.objects.filter(counter=counter, state__in=[State.CALLED, State.SERVING])
        .select_related("queue", "variant__service", "counter__outlet", "visit")
        .first()
    )


def session_at(counter: Counter) -> CounterSession | None:
    """Return who sits at a counter now."""
    return CounterSession.objects.filter(counter=counter, ended_at=None).select_related("account").first()


def queues_of_counter(counter: Counter) -> list[int]:
    """Return the queues that a counter calls from, in order."""
    rows = CounterQueue.objects.filter(counter=counter).order_by("is_helped", "position")
    return list(rows.values_list("queue_id", flat=True))


def waiting_at(counter: Counter, day: date, *, most: int = 50) -> list[Ticket]:
    """Return who waits for a counter as they will be called: its own queues first, then those that it helps.

    Numbers and services, neither names nor priority.
    """
    found = Ticket.objects.filter(mall_id=counter.mall_id, queue__in=queues_of_counter(counter), day=day)
    waiting = found.filter(state=State.WAITING).select_related("queue", "variant__service")
    line = CounterQueue.objects.filter(counter=counter, queue=OuterRef("queue"))
    in_turn = waiting.alias(is_helped=Subquery(line.values("is_helped")[:1]))
    return list(in_turn.order_by("is_helped", "queued_at", "pk")[:most])
