"""Reporting at the hall with a ticket taken elsewhere, and giving back the places of those who never came."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions import serving
from pendopo.queues.errors import NotWaiting, WrongCode
from pendopo.queues.models import Event, Ticket, Visit
from pendopo.queues.queries.doors import is_door_code
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.types import EndedBecause, Hold, State
from pendopo.tenancy.models import Device, Mall


@transaction.atomic
def check_in(ticket: Ticket, *, by: Actor, at: datetime, code: str = "") -> Ticket:
    """Note that a visit has arrived: all its tickets may be called from now on; done again it changes nothing.

    The desk and a kiosk see the person themselves; from a phone only the code of the site's boards tells that its
    holder is here. Raises WrongCode, NotAllowed (no code), NotWaiting.
    """
    # The visit's row is the lock of its arrival. A ticket that is locked is just being cancelled, by somebody who waits
    # for the visit next: it is left alone.
    visit = Visit.objects.select_for_update(no_key=True).get(pk=ticket.visit_id)
    free = Ticket.objects.select_for_update(of=("self",), skip_locked=True)
    waiting = free.select_related("queue", "visit").order_by("pk")
    unchecked = list(waiting.filter(visit=visit, state=State.WAITING, hold=Hold.UNCHECKED))
    ticket = Ticket.objects.select_related("queue", "visit", "variant").get(pk=ticket.pk)
    if visit.checked_in_at is not None and not unchecked:
        return ticket
    if not _sees_the_person(by, visit):
        _refuse_without_code(visit.site_id, code, at)
    if ticket.state != State.WAITING:
        now = {"number": ticket.number_text, "now": State(ticket.state).label}
        raise NotWaiting(_("Nomor %(number)s tidak lagi menunggu: %(now)s.") % now)
    visit.checked_in_at = at
    visit.save(update_fields=["checked_in_at"])
    for one in unchecked:
        one.hold = ""
        one.save(update_fields=["hold"])
        rows.tell(one, Event.Kind.CHECKED_IN, at)
    audit.record("ticket.checked_in", f"ticket:{ticket.pk}", by=by, at=at)
    return Ticket.objects.select_related("queue", "visit", "variant").get(pk=ticket.pk)


def _sees_the_person(by: Actor, visit: Visit) -> bool:
    """Whether somebody of the common desk acts, or a kiosk of the visit's own hall."""
    is_kiosk = by.device is not None and by.device.kind == Device.Kind.KIOSK and by.device.site_id == visit.site_id
    return by.works_for(None) or is_kiosk


def _refuse_without_code(site_id: int, code: str, at: datetime) -> None:
    if not code:
        raise NotAllowed(_("Ketik kode yang tampil di layar pintu masuk, atau lapor ke meja informasi."))
    if not is_door_code(site_id, code, at):
        raise WrongCode(_("Kode ini tidak cocok. Ketik enam angka yang sekarang tampil di layar pintu masuk."))


@transaction.atomic
def lapse_unchecked(mall: Mall, *, at: datetime) -> int:
    """Cancel the tickets of a mall whose holders did not report in time, and return how many there were.

    Stand inside the mall. Whoever is reporting in this moment keeps the place.
    """
    long_ago = at - timedelta(minutes=rules_of(mall).check_in_minutes)
    unchecked = Ticket.objects.filter(mall=mall, state=State.WAITING, hold=Hold.UNCHECKED, queued_at__lt=long_ago)
    # Whoever reports locks the visit before its tickets, whoever joins it before the ledger: both are locked or left.
    free = unchecked.select_for_update(of=("self", "visit"), skip_locked=True).select_related("visit")
    late = list(free.order_by("pk"))
    for ticket in late:
        serving.cancel(ticket, by=None, at=at, because=EndedBecause.LAPSED)
    return len(late)
