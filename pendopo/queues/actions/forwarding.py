"""Sending a visitor on to another service or line, with the time that they have waited already."""

from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Offering, Variant
from pendopo.kernel.ids import new_key
from pendopo.queues.actions import _rows as rows
from pendopo.queues.errors import NotOffered
from pendopo.queues.models import Event, Period, Queue, Series, Ticket
from pendopo.queues.queries.desks import services_in
from pendopo.queues.types import LIVE, Outcome, State


@transaction.atomic
def forward(
    ticket: Ticket,
    *,
    to: Queue,
    by: Actor,
    at: datetime,
    variant: Variant | None = None,
    note: str = "",
    is_done: bool = False,
) -> Ticket:
    """Send whoever is called or served on to a line, for another service (`variant`) or the same.

    In the same line the ticket goes back to its place, for whichever counter calls first. For another line it ends
    here, done or with advice, and its holder gets a number of that line: with the time they have waited since, and
    under the same key, so that the slip and the phone follow it. `note` is for the next counter.

    Returns the ticket that waits. Raises MoveNotAllowed, NotOffered.
    """
    ticket = rows.locked(ticket, by)
    rows.refuse_unless_here(ticket)
    variant = variant or ticket.variant
    # Drawn before the line is looked at: what ends meanwhile waits for the number, and is seen here.
    number = _number(to, ticket.day, at) if to.pk != ticket.queue_id else 0
    _refuse_elsewhere(ticket, to, variant)
    audit.record("ticket.forwarded", f"ticket:{ticket.pk}", by=by, at=at, after={"queue": to.pk, "variant": variant.pk})
    if to.pk == ticket.queue_id:
        return _put_back(ticket, variant, note, by, at)
    return _go_on(ticket, to, number, variant, note, Outcome.DONE if is_done else Outcome.INFORMED, by, at)


def _refuse_elsewhere(ticket: Ticket, to: Queue, variant: Variant) -> None:
    """Refuse a line at another site, one that was put away, and one that is not for the service."""
    given = Offering.objects.filter(mall_id=ticket.mall_id, service=variant.service_id, site=to.site_id)
    is_given = variant.service_id in services_in(to, ticket.day) and given.exclude(status=Offering.Status.NOT).exists()
    is_same_service = variant.pk == ticket.variant_id
    is_there = Queue.objects.standing().filter(pk=to.pk, site=ticket.queue.site_id).exists()
    if not is_there or not (is_given or is_same_service):
        raise NotOffered(_("Layanan itu tidak ada di antrean %(queue)s.") % {"queue": to.code})


def _put_back(ticket: Ticket, variant: Variant, note: str, by: Actor, at: datetime) -> Ticket:
    ticket.move_to(State.WAITING, at=at)
    ticket.variant, ticket.hold_note = variant, note.strip()
    ticket.save(update_fields=["variant", "hold_note"])
    rows.back_in_line(ticket, Event.Kind.FORWARDED, by, at)
    rows.release_sisters(ticket)
    return ticket


def _go_on(
    ticket: Ticket, to: Queue, number: int, variant: Variant, note: str, outcome: Outcome, by: Actor, at: datetime
) -> Ticket:
    (key, ticket.key), holder = (ticket.key, new_key()), ticket.holder
    ticket.joined = True
    ticket.save(update_fields=["key", "joined"])
    if ticket.state == State.CALLED:
        # They came; a service that takes no time would spoil the statistics, so that it gets no period.
        ticket.move_to(State.SERVING, at=at)
    ticket.outcome = outcome.value
    ticket.move_to(State.COMPLETED, at=at)
    rows.end_period(ticket, at)
    rows.tell(ticket, Event.Kind.FORWARDED, at)
    # Behind the lock of the series nobody takes: whoever waits there already keeps that ticket as the phone's one.
    beside = Ticket.objects.filter(queue=to, day=ticket.day, holder=holder, state__in=LIVE).exclude(holder="")
    onward = Ticket.objects.create(
        mall_id=ticket.mall_id,
        key=key,
        request_id=uuid4(),
        request_digest=ticket.request_digest,
        visit_id=ticket.visit_id,
        queue=to,
        variant=variant,
        day=ticket.day,
        number=number,
        queued_at=ticket.queued_at,
        changed_at=at,
        is_priority=ticket.is_priority,
        joined=True,
        hold_note=note.strip(),
        holder="" if beside.exists() else holder,
    )
    rows.begin_period(onward, Period.Kind.WAITING, by, at)
    rows.release_sisters(ticket)
    rows.tell(onward, Event.Kind.TAKEN, at)
    return onward


def _number(queue: Queue, day: date, at: datetime) -> int:
    """Draw the next number of a line's day; the series row is the lock, as in queues_take."""
    series, _is_new = Series.objects.select_for_update().get_or_create(
        mall_id=queue.mall_id, queue=queue, day=day, block=0, defaults={"last": 0, "last_at": at}
    )
    series.last += 1
    series.last_at = max(series.last_at or at, at)
    series.save(update_fields=["last", "last_at"])
    return series.last
