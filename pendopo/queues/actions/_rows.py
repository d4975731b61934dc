"""The rows that every move writes: the ticket locked, its place, its periods, its event. For actions only."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.types import Actor
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.queues.errors import CounterBusy, NotAtThisCounter
from pendopo.queues.models import CounterQueue, Event, Period, Queue, Ticket, Visit
from pendopo.queues.types import Hold, State


def finish_first(number: str) -> str:
    """Say what to do before the next act: the same words wherever a counter is busy."""
    return _("Selesaikan dahulu nomor %(number)s di loket ini.") % {"number": number}


def refuse_while_busy(counter: Counter) -> None:
    """Refuse while somebody is called to a counter or served there. Raises CounterBusy."""
    here = Ticket.objects.filter(counter=counter, state__in=[State.CALLED, State.SERVING]).select_related("queue")
    if ticket := here.first():
        raise CounterBusy(finish_first(ticket.number_text))


def lock_sisters(ticket: Ticket) -> None:
    """Lock all tickets of a visit in one order, before its row: ending one of them releases the others.

    Whoever locks one and then the visit (queues_call) waits while holding none that this wants.
    """
    if ticket.joined:
        sisters = Ticket.objects.filter(visit=ticket.visit_id, joined=True).order_by("pk")
        list(sisters.select_for_update().values_list("pk"))


def locked(ticket: Ticket, by: Actor) -> Ticket:
    """Lock a ticket for whoever may act on it: staff of its counter's agency."""
    lock_sisters(ticket)
    ticket = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("queue", "visit", "variant", "counter__outlet__agency")
        .get(pk=ticket.pk)
    )
    if ticket.counter is None or not by.works_for(ticket.counter.outlet.agency_id):
        raise NotAtThisCounter(_("Nomor ini tidak di loket Anda."))
    return ticket


def locked_in_line(ticket: Ticket, by: Actor) -> Ticket:
    """Lock a ticket that is at no counter, for whoever may call from its queue."""
    lock_sisters(ticket)
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("queue", "variant").get(pk=ticket.pk)
    callers = CounterQueue.objects.filter(mall_id=ticket.mall_id, queue=ticket.queue_id)
    agencies = set(callers.values_list("counter__outlet__agency_id", flat=True))
    if not any(by.works_for(agency) for agency in agencies):
        raise NotAtThisCounter(_("Nomor ini tidak di antrean loket Anda."))
    return ticket


def refuse_unless_here(ticket: Ticket) -> None:
    """Refuse to send on whoever is not called or served now: an absent one, too, once had a counter."""
    if ticket.state not in {State.CALLED, State.SERVING}:
        raise MoveNotAllowed(_("Nomor %(number)s tidak sedang di loket.") % {"number": ticket.number_text})


def is_elsewhere(ticket: Ticket) -> bool:
    """Say whether another ticket of the same visit is being called or served, and keep it so until the end.

    The visit is locked after the ticket and before its sisters, as in queues_call.
    """
    if not ticket.joined:
        return False
    Visit.objects.select_for_update().get(pk=ticket.visit_id)
    others = Ticket.objects.filter(visit=ticket.visit_id, joined=True).exclude(pk=ticket.pk)
    return others.filter(state__in=[State.CALLED, State.SERVING]).exists()


def release_sisters(ticket: Ticket) -> None:
    """Let the other tickets of a visit be called again, once none of them is at a counter."""
    if not ticket.joined or is_elsewhere(ticket):
        return
    sisters = Ticket.objects.filter(visit=ticket.visit_id, joined=True, state=State.WAITING).exclude(pk=ticket.pk)
    sisters.filter(hold=Hold.ELSEWHERE).update(hold="")


def back_in_line(ticket: Ticket, kind: Event.Kind, by: Actor, at: datetime) -> None:
    """Let a locked ticket wait again, at no counter; not yet callable while another of its visit is at one."""
    ticket.counter = None
    ticket.hold = Hold.ELSEWHERE if is_elsewhere(ticket) else ""
    ticket.save(update_fields=["counter", "hold"])
    end_period(ticket, at)
    begin_period(ticket, Period.Kind.WAITING, by, at)
    tell(ticket, kind, at)


def begin_period(ticket: Ticket, kind: Period.Kind, by: Actor, at: datetime) -> None:
    """Begin a stretch of the ticket's life."""
    Period.objects.create(
        mall_id=ticket.mall_id,
        ticket=ticket,
        kind=kind,
        started_at=at,
        counter_id=ticket.counter_id,
        account_id=by.account_id,
    )


def end_period(ticket: Ticket, at: datetime) -> None:
    """End the open stretch of the ticket's life."""
    for period in Period.objects.filter(ticket=ticket, ended_at=None):
        # The clock of a machine may have been set back since.
        period.ended_at = max(at, period.started_at)
        period.save(update_fields=["ended_at"])


def tell(ticket: Ticket, kind: Event.Kind, at: datetime) -> None:
    """Write the event that boards and phones hear."""
    counter = ticket.counter
    agency = counter.outlet.agency if counter else None
    Event.objects.create(
        mall_id=ticket.mall_id,
        at=at,
        kind=kind,
        zone_id=counter.zone_id if counter else ticket.queue.zone_id,
        queue_id=ticket.queue_id,
        ticket_id=ticket.pk,
        number=ticket.number_text,
        counter=str(counter.number) if counter else "",
        agency=agency.short_name if agency else "",
    )


def tell_status(queues: Iterable[Queue], at: datetime) -> None:
    """Write the events by which phones, kiosks and boards ask anew whether people are received at some queues."""
    Event.objects.bulk_create(
        Event(mall_id=queue.mall_id, at=at, kind=Event.Kind.STATUS, zone_id=queue.zone_id, queue_id=queue.pk)
        for queue in queues
    )


def tell_session(counter: Counter, at: datetime) -> None:
    """Tell consoles of a counter's new session, and all who look at its queues whether it still calls from them."""
    tell_counter(counter, at)
    tell_status(Queue.objects.filter(counters__counter=counter), at)


def tell_counter(counter: Counter, at: datetime) -> None:
    """Write the event by which consoles see a counter's new session or line."""
    Event.objects.create(
        mall_id=counter.mall_id, at=at, kind=Event.Kind.COUNTER, zone_id=counter.zone_id, counter=str(counter.number)
    )
