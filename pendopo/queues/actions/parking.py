"""Letting somebody wait aside, who fetches a copy or has to think; and back into the line."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.queues.actions import _rows as rows
from pendopo.queues.models import Event, Period, Ticket
from pendopo.queues.types import Hold, State


@transaction.atomic
def park(ticket: Ticket, *, note: str = "", by: Actor, at: datetime) -> Ticket:
    """Let whoever is called or served wait aside without losing the place; `note` says where, for colleagues.

    Nobody calls a parked ticket; the counter is free for the next. Raises MoveNotAllowed.
    """
    ticket = rows.locked(ticket, by)
    rows.refuse_unless_here(ticket)
    ticket.move_to(State.WAITING, at=at)
    rows.end_period(ticket, at)
    # Before the counter is forgotten: the period keeps where it was.
    rows.begin_period(ticket, Period.Kind.PARKED, by, at)
    ticket.counter = None
    ticket.hold, ticket.hold_note = Hold.PARKED, note.strip()
    ticket.save(update_fields=["counter", "hold", "hold_note"])
    rows.release_sisters(ticket)
    rows.tell(ticket, Event.Kind.PARKED, at)
    audit.record("ticket.parked", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def unpark(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Put a parked ticket back into its line, where it has stood since it was taken: mostly first.

    Whoever calls from its queue may. The note stays for the next counter. Raises MoveNotAllowed when it is not parked.
    """
    ticket = rows.locked_in_line(ticket, by)
    if ticket.state != State.WAITING or ticket.hold != Hold.PARKED:
        raise MoveNotAllowed(_("Nomor %(number)s tidak sedang menunggu di samping.") % {"number": ticket.number_text})
    ticket.changed_at = at
    ticket.save(update_fields=["changed_at"])
    rows.back_in_line(ticket, Event.Kind.RETURNED, by, at)
    audit.record("ticket.unparked", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket
