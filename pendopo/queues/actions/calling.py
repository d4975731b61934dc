"""Calling people: the next one (one SQL function), and the same one again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotFound, NotSignedIn
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import CalledEnough, CalledTooSoon, CounterBusy, CounterNotOpen, CounterTaken
from pendopo.queues.models import Event, Ticket
from pendopo.queues.queries.desks import seconds_to_recall
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.types import State, number_text
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket as the counter that called it gets it; `service` and `queue` are codes."""

    id: int
    number: str
    service: str
    queue: str
    state: str


def call_next(
    mall: Mall, counter_id: int, *, by: Caller, at: datetime, request_id: UUID | None = None
) -> Called | None:
    """Call whoever is next to a counter, or return None when nobody waits.

    The same request again returns the same ticket. Raises AnotherBody (another counter's request), CounterBusy,
    CounterNotOpen, CounterTaken, NotFound, NotAllowed, NotSignedIn.
    """
    row = wall.call("queues_call", [mall.pk, counter_id, request_id, by.account_id, by.token, by.device_id, at])
    answer, ticket, code, number, service, queue, state = row
    if answer == "empty":
        return None
    label = number_text(str(code), number) if isinstance(number, int) else ""
    if answer not in {"called", "again"}:
        _refuse_call(str(answer), label)
    assert isinstance(ticket, int)
    return Called(id=ticket, number=label, service=str(service), queue=str(queue), state=str(state))


def _refuse_call(answer: str, label: str) -> None:
    if answer == "busy":
        raise CounterBusy(rows.finish_first(label))
    if answer == "another_body":
        raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
    if answer == "taken":
        raise CounterTaken(_("Loket ini sedang dipakai petugas lain."))
    if answer == "not_open":
        raise CounterNotOpen(_("Buka loket ini dahulu sebelum memanggil."))
    if answer == "revoked":
        raise NotSignedIn(_("Token sudah dicabut."))
    if answer == "not_allowed":
        raise NotAllowed(_("Loket ini melayani instansi lain."))
    raise NotFound(_("Loket tidak dikenal."))


@transaction.atomic
def recall(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Call the same person again, after a while and not too often, as the mall's rules say.

    Raises MoveNotAllowed when the ticket is not being called, CalledEnough, CalledTooSoon.
    """
    ticket = rows.locked(ticket, by)
    if ticket.state != State.CALLED:
        ticket.move_to(State.CALLED, at=at)
    rules = rules_of(ticket.mall)
    number = {"number": ticket.number_text}
    if ticket.calls >= rules.most_calls:
        often = _("%(number)s sudah dipanggil %(calls)d kali. Catat tidak hadir (F6), lalu panggil berikutnya.")
        raise CalledEnough(often % (number | {"calls": ticket.calls}))
    if seconds := seconds_to_recall(ticket, rules, at):
        soon = _("Tunggu %(seconds)d detik lagi sebelum memanggil ulang %(number)s.")
        raise CalledTooSoon(soon % (number | {"seconds": seconds}))
    ticket.calls += 1
    ticket.changed_at = at
    ticket.save(update_fields=["calls", "changed_at"])
    rows.tell(ticket, Event.Kind.RECALLED, at)
    audit.record("ticket.recalled", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket
