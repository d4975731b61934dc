"""Coming back after a missed call."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.queues.actions import _rows as rows
from pendopo.queues.errors import AlreadyWaiting, NotMissed, ReturnTooLate, ReturnUsed
from pendopo.queues.models import Event, Series, Ticket
from pendopo.queues.queries.rules import return_until, rules_of
from pendopo.queues.types import LIVE, State


@transaction.atomic
def come_back(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Wait again in the old place after a missed call, once; done again it changes nothing.

    Whoever holds the key may. Raises NotMissed, ReturnTooLate, ReturnUsed, AlreadyWaiting.
    """
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("queue", "variant").get(pk=ticket.pk)
    if ticket.state == State.WAITING and ticket.returns:
        return ticket
    if ticket.state != State.ABSENT:
        now = {"number": ticket.number_text, "now": State(ticket.state).label}
        raise NotMissed(_("Nomor %(number)s tidak terlewat: %(now)s.") % now)
    _refuse_second_or_late(ticket, at)
    _refuse_beside_another(ticket)
    ticket.move_to(State.WAITING, at=at)
    ticket.returns += 1
    ticket.save(update_fields=["returns"])
    rows.back_in_line(ticket, Event.Kind.RETURNED, by, at)
    audit.record("ticket.returned", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


def _refuse_second_or_late(ticket: Ticket, at: datetime) -> None:
    if ticket.returns:
        raise ReturnUsed(_("Nomor yang terlewat hanya dapat kembali satu kali. Ambil nomor baru."))
    rules = rules_of(ticket.mall)
    if at > return_until(ticket, rules):
        late = _("Waktu untuk kembali (%(minutes)d menit) sudah lewat. Ambil nomor baru.")
        raise ReturnTooLate(late % {"minutes": rules.return_minutes})


def _refuse_beside_another(ticket: Ticket) -> None:
    """Refuse while the same phone waits there with a newer number. The series is the lock of whoever takes one."""
    if not ticket.holder:
        return
    Series.objects.select_for_update().filter(queue=ticket.queue_id, day=ticket.day, block=0).first()
    others = Ticket.objects.filter(queue=ticket.queue_id, day=ticket.day, holder=ticket.holder, state__in=LIVE)
    if other := others.exclude(holder="").select_related("queue").first():
        words = _("Ponsel ini sudah memegang nomor %(number)s di antrean yang sama. Selesaikan atau batalkan dahulu.")
        raise AlreadyWaiting(words % {"number": other.number_text}, key=other.key)
