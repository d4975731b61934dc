"""The rows that every move writes: the ticket locked, its periods, its event. For actions only."""

from datetime import datetime

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.queues.errors import (
    NotAtThisCounter,
)
from pendopo.queues.models import Event, Period, Ticket


def locked(ticket: Ticket, by: Actor) -> Ticket:
    """Lock a ticket for whoever may act on it: staff of its counter's agency."""
    ticket = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("queue", "visit", "variant", "counter__outlet__agency")
        .get(pk=ticket.pk)
    )
    if ticket.counter is None or not by.works_for(ticket.counter.outlet.agency_id):
        raise NotAtThisCounter(_("Nomor ini tidak di loket Anda."))
    return ticket


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
