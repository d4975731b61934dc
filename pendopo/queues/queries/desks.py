"""What a counter sees: who sits there, whom it serves, who waits for it, and who waits aside or did not come."""

import math
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Variant
from pendopo.queues.models import CounterQueue, CounterSession, EventDay, HallRules, Queue, QueueService, Ticket
from pendopo.queues.types import Hold, State

SHOWN = 20


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
    """Return who waits for a counter and may be called: its own queues first, then those that it helps.

    By arrival: numbers and services, neither names nor priority, so that nobody picks.
    """
    waiting = _here(counter, day).filter(state=State.WAITING, hold="")
    line = CounterQueue.objects.filter(counter=counter, queue=OuterRef("queue"))
    in_turn = waiting.alias(is_helped=Subquery(line.values("is_helped")[:1]))
    return list(in_turn.order_by("is_helped", "queued_at", "pk")[:most])


def parked_at(counter: Counter, day: date) -> list[Ticket]:
    """Return who waits aside in the counter's queues, the longest first."""
    parked = _here(counter, day).filter(state=State.WAITING, hold=Hold.PARKED)
    return list(parked.order_by("changed_at", "pk")[:SHOWN])


def missed_at(counter: Counter, day: date) -> list[Ticket]:
    """Return who was called from the counter's queues today and did not come, the last first."""
    return list(_here(counter, day).filter(state=State.ABSENT).order_by("-changed_at", "-pk")[:SHOWN])


def ticket_here(counter: Counter, number: int, state: State) -> Ticket | None:
    """Return a ticket of the counter's queues by its number in the database, if it stands so."""
    found = Ticket.objects.filter(mall_id=counter.mall_id, queue__in=queues_of_counter(counter), state=state)
    return found.filter(pk=number).first()


def seconds_to_recall(ticket: Ticket, rules: HallRules, at: datetime) -> int:
    """Return how many seconds must pass before the same person may be called again; 0 from then on."""
    gap = rules.recall_gap_seconds
    left = gap - (at - ticket.changed_at).total_seconds()
    # The clock of a machine may have been set back since: never longer than the rule.
    return max(0, min(gap, math.ceil(left)))


def lines_beside(ticket: Ticket) -> list[Queue]:
    """Return the queues of the ticket's site that have visitors on its day, to which its holder can be sent on."""
    of_site = Queue.objects.standing().filter(mall_id=ticket.mall_id, site=ticket.queue.site_id)
    today = EventDay.objects.filter(mall_id=ticket.mall_id, queue=OuterRef("pk"), day=ticket.day)
    ever = EventDay.objects.filter(mall_id=ticket.mall_id, queue=OuterRef("pk"))
    ordinary = QueueService.objects.filter(mall_id=ticket.mall_id, queue=OuterRef("pk"))
    # A line that was made for events has visitors on their days only.
    return list(
        of_site.filter(Exists(today) | Exists(ordinary) | ~Exists(ever) | Q(pk=ticket.queue_id)).order_by("code")
    )


def services_in(queue: Queue, day: date) -> set[int]:
    """Return the services for which people stand in a queue on a day: on an event's day in the event's own line."""
    ordinary = QueueService.objects.filter(mall_id=queue.mall_id, queue=queue).values_list("service_id", flat=True)
    events = EventDay.objects.filter(mall_id=queue.mall_id, site=queue.site_id, day=day)
    moved = dict(events.values_list("service_id", "queue_id"))
    return {service for service in ordinary if moved.get(service, queue.pk) == queue.pk} | {
        service for service, line in moved.items() if line == queue.pk
    }


def variants_in(queue: Queue, day: date) -> list[Variant]:
    """Return the services for which people stand in a queue on a day, in their cases."""
    services = services_in(queue, day)
    return list(
        Variant.objects.filter(mall_id=queue.mall_id, service__in=services)
        .select_related("service")
        .order_by("service__name", "position")
    )


def _here(counter: Counter, day: date) -> QuerySet[Ticket]:
    found = Ticket.objects.filter(mall_id=counter.mall_id, queue__in=queues_of_counter(counter), day=day)
    return found.select_related("queue", "variant__service")
