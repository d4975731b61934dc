"""What happens to whoever was called: service, its end, absence; and giving a place back."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.errors import ReasonMissing
from pendopo.queues.actions import _ledger as ledger
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions import cases
from pendopo.queues.models import Event, Period, Ticket
from pendopo.queues.types import EndedBecause, Outcome, SentAwayReason, State


@transaction.atomic
def serve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Begin to serve whoever was called; done again it changes nothing."""
    ticket = rows.locked(ticket, by)
    if ticket.state == State.SERVING:
        return ticket
    ticket.move_to(State.SERVING, at=at)
    if ticket.visit.checked_in_at is None:
        ticket.visit.checked_in_at = at
        ticket.visit.save(update_fields=["checked_in_at"])
    rows.end_period(ticket, at)
    rows.begin_period(ticket, Period.Kind.SERVING, by, at)
    rows.tell(ticket, Event.Kind.SERVING, at)
    audit.record("ticket.serving", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def complete(
    ticket: Ticket,
    *,
    outcome: Outcome,
    by: Actor,
    at: datetime,
    reason: SentAwayReason | None = None,
    agency_number: str = "",
    papers: Collection[int] = (),
) -> Ticket:
    """End the service with its outcome; the same outcome again changes nothing.

    What is taken in for an agency that works on it elsewhere opens a forwarded case; `papers` are the places (from 1)
    of the requirements that were taken. Raises ReasonMissing when somebody is sent away without saying why,
    MoveNotAllowed when nobody is being served.
    """
    if (outcome is Outcome.SENT_AWAY) != (reason is not None):
        raise ReasonMissing(
            _("Pilih alasan mengapa belum dapat dilayani.")
            if reason is None
            else _("Alasan hanya untuk hasil “Belum dapat dilayani”.")
        )
    ticket = rows.locked(ticket, by)
    wanted = (outcome.value, reason.value if reason else "")
    if ticket.state == State.COMPLETED and (ticket.outcome, ticket.reason) == wanted:
        return ticket
    ticket.outcome, ticket.reason = wanted
    ticket.agency_number = agency_number
    ticket.move_to(State.COMPLETED, at=at)
    rows.end_period(ticket, at)
    rows.release_sisters(ticket)
    rows.tell(ticket, Event.Kind.COMPLETED, at)
    audit.record("ticket.completed", f"ticket:{ticket.pk}", by=by, at=at, after={"outcome": outcome.value})
    if outcome in {Outcome.TAKEN_IN, Outcome.HANDED_OVER}:
        cases.open_case(ticket, papers=papers, by=by, at=at)
    return ticket


@transaction.atomic
def mark_absent(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Note that whoever was called did not come; done again it changes nothing."""
    ticket = rows.locked(ticket, by)
    if ticket.state == State.ABSENT:
        return ticket
    ticket.move_to(State.ABSENT, at=at)
    rows.end_period(ticket, at)
    rows.release_sisters(ticket)
    rows.tell(ticket, Event.Kind.ABSENT, at)
    audit.record("ticket.absent", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def cancel(ticket: Ticket, *, by: Who | None, at: datetime, because: EndedBecause = EndedBecause.HOLDER) -> Ticket:
    """Give a place back at its holder's wish; done again it changes nothing. Whoever holds the key may."""
    rows.lock_sisters(ticket)
    found = Ticket.objects.select_for_update(of=("self",)).select_related("queue", "variant", "visit")
    ticket = found.get(pk=ticket.pk)
    if ticket.state == State.CANCELLED:
        return ticket
    ticket.ended_because = because
    ticket.move_to(State.CANCELLED, at=at)
    rows.end_period(ticket, at)
    rows.release_sisters(ticket)
    ledger.give_back(ticket)
    rows.tell(ticket, Event.Kind.CANCELLED, at)
    act = "ticket.lapsed" if because is EndedBecause.LAPSED else "ticket.cancelled"
    audit.record(act, f"ticket:{ticket.pk}", by=by, at=at)
    return ticket
