"""Everything that can happen to a ticket and at a counter. Taking and calling are one SQL function each, in sql/."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.queries import opening_text
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotFound, NotSignedIn
from pendopo.kernel.ids import new_key
from pendopo.queues.errors import (
    Closed,
    CounterBusy,
    CounterNotOpen,
    CounterTaken,
    NotAtThisCounter,
    NotOffered,
    ReasonMissing,
)
from pendopo.queues.models import CounterQueue, CounterSession, Event, Period, Queue, QueueService, Ticket
from pendopo.queues.types import Origin, Outcome, SentAwayReason, SessionState, State, number_text
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site, Zone


@dataclass(frozen=True, slots=True)
class Caller:
    """Who takes or calls on the hot path: numbers only, checked inside the SQL function. `token` of an API token."""

    account_id: int | None = None
    token: str | None = None
    device_id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A ticket as its taker gets it; `is_new` is False for a repeated request."""

    id: int
    key: str
    number: str
    service: str
    queue: str
    state: str
    ahead: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Called:
    """A ticket as the counter that called it gets it; `service` and `queue` are codes."""

    id: int
    number: str
    service: str
    queue: str
    state: str


def take(
    mall: Mall, service: str, *, origin: Origin, request_id: UUID, by: Caller, at: datetime, site: Site | None = None
) -> Taken:
    """Take a ticket for a service (or variant) by its code; the same request again gets the same ticket.

    Raises NotOffered, Closed, AnotherBody (the request's number was used for something else), NotAllowed, NotSignedIn.
    """
    digest = hashlib.sha256(f"{service}\n{origin.value}\n{by.account_id}\n{by.device_id}".encode()).digest()
    arguments: list[wall.Argument] = [
        mall.pk, request_id, digest, service, site.pk if site else None, origin.value,
        by.account_id, by.token, by.device_id, new_key(), at,
    ]  # fmt: skip
    row = wall.call("queues_take", arguments)
    answer, ticket, key, code, number, variant, _queue, state, ahead, reason, label, until = row
    if answer not in {"taken", "again"}:
        _refuse_ticket(str(answer), service, reason, label, until)
    assert isinstance(ticket, int)
    assert isinstance(number, int)
    assert isinstance(ahead, int)
    return Taken(
        id=ticket,
        key=str(key),
        number=number_text(str(code), number),
        service=str(variant),
        queue=str(code),
        state=str(state),
        ahead=ahead,
        is_new=answer == "taken",
    )


def _refuse_ticket(answer: str, service: str, reason: object, label: object, until: object) -> None:
    if answer == "closed":
        why = opening_text("closed", str(reason), str(label or ""), until if isinstance(until, time) else None)
        raise Closed(_("Nomor antrean belum dapat diambil. %(why)s.") % {"why": why})
    if answer == "another_body":
        raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
    if answer == "revoked":
        raise NotSignedIn(_("Token sudah dicabut."))
    if answer == "not_allowed":
        raise NotAllowed(_("Anda tidak bertugas di MPP ini."))
    raise NotOffered(_("Layanan “%(code)s” tidak ada di MPP ini.") % {"code": service[:40]})


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
        raise CounterBusy(_("Selesaikan dahulu nomor %(number)s di loket ini.") % {"number": label})
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
    """Call the same person again. Raises MoveNotAllowed when the ticket is not being called."""
    ticket = _locked(ticket, by)
    if ticket.state != State.CALLED:
        ticket.move_to(State.CALLED, at=at)
    ticket.calls += 1
    ticket.save(update_fields=["calls"])
    _tell(ticket, Event.Kind.RECALLED, at)
    audit.record("ticket.recalled", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def serve(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Begin to serve whoever was called; done again it changes nothing."""
    ticket = _locked(ticket, by)
    if ticket.state == State.SERVING:
        return ticket
    ticket.move_to(State.SERVING, at=at)
    if ticket.visit.checked_in_at is None:
        ticket.visit.checked_in_at = at
        ticket.visit.save(update_fields=["checked_in_at"])
    _end_period(ticket, at)
    _begin_period(ticket, Period.Kind.SERVING, by, at)
    _tell(ticket, Event.Kind.SERVING, at)
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
) -> Ticket:
    """End the service with its outcome; the same outcome again changes nothing.

    Raises ReasonMissing when somebody is sent away without saying why, MoveNotAllowed when nobody is being served.
    """
    if (outcome is Outcome.SENT_AWAY) != (reason is not None):
        raise ReasonMissing(
            _("Pilih alasan mengapa belum dapat dilayani.")
            if reason is None
            else _("Alasan hanya untuk hasil “Belum dapat dilayani”.")
        )
    ticket = _locked(ticket, by)
    wanted = (outcome.value, reason.value if reason else "")
    if ticket.state == State.COMPLETED and (ticket.outcome, ticket.reason) == wanted:
        return ticket
    ticket.outcome, ticket.reason = wanted
    ticket.agency_number = agency_number
    ticket.move_to(State.COMPLETED, at=at)
    _end_period(ticket, at)
    _tell(ticket, Event.Kind.COMPLETED, at)
    audit.record("ticket.completed", f"ticket:{ticket.pk}", by=by, at=at, after={"outcome": outcome.value})
    return ticket


@transaction.atomic
def mark_absent(ticket: Ticket, *, by: Actor, at: datetime) -> Ticket:
    """Note that whoever was called did not come; done again it changes nothing."""
    ticket = _locked(ticket, by)
    if ticket.state == State.ABSENT:
        return ticket
    ticket.move_to(State.ABSENT, at=at)
    _end_period(ticket, at)
    _tell(ticket, Event.Kind.ABSENT, at)
    audit.record("ticket.absent", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def cancel(ticket: Ticket, *, by: Who | None, at: datetime) -> Ticket:
    """Give a place back at its holder's wish; done again it changes nothing. Whoever holds the key may."""
    ticket = Ticket.objects.select_for_update(of=("self",)).select_related("queue", "variant").get(pk=ticket.pk)
    if ticket.state == State.CANCELLED:
        return ticket
    ticket.move_to(State.CANCELLED, at=at)
    _end_period(ticket, at)
    _tell(ticket, Event.Kind.CANCELLED, at)
    audit.record("ticket.cancelled", f"ticket:{ticket.pk}", by=by, at=at)
    return ticket


@transaction.atomic
def set_session(counter: Counter, state: SessionState, *, by: Actor, at: datetime) -> CounterSession | None:
    """Open, pause or close a counter; opening it twice changes nothing. Returns None once it is closed.

    Raises CounterTaken when another officer sits there (only a manager may close it then), CounterBusy when somebody is
    still being called or served, NotAllowed when the counter is another agency's.
    """
    if by.account is None or not by.works_for(counter.outlet.agency_id):
        raise NotAllowed(_("Loket ini melayani instansi lain."))
    # The counter's row is the lock for its sessions; a session is locked before a ticket, as in queues_call.
    Counter.objects.select_for_update(no_key=True).get(pk=counter.pk)
    session = CounterSession.objects.select_for_update().filter(counter=counter, ended_at=None).first()
    if session and session.account_id != by.account.pk and not (state is SessionState.CLOSED and by.works_for(None)):
        raise CounterTaken(_("Loket ini sedang dipakai petugas lain."))
    if state is not SessionState.OPEN:
        _refuse_while_busy(counter)
    if (session.state if session else SessionState.CLOSED) == state:
        return session
    if session is None:
        session = CounterSession(mall_id=counter.mall_id, counter=counter, account=by.account, started_at=at)
    session.state = state
    session.ended_at = at if state is SessionState.CLOSED else None
    session.save()
    Event.objects.create(
        mall_id=counter.mall_id, at=at, kind=Event.Kind.COUNTER, zone_id=counter.zone_id, counter=str(counter.number)
    )
    audit.record(f"counter.{state.value}", f"counter:{counter.pk}", by=by, at=at)
    return None if state is SessionState.CLOSED else session


def _refuse_while_busy(counter: Counter) -> None:
    open_ticket = Ticket.objects.filter(counter=counter, state__in=[State.CALLED, State.SERVING]).select_related(
        "queue"
    )
    if ticket := open_ticket.first():
        raise CounterBusy(_("Selesaikan dahulu nomor %(number)s di loket ini.") % {"number": ticket.number_text})


@transaction.atomic
def open_queue(
    zone: Zone, *, code: str, name: str, services: Iterable[Service], at: datetime, by: Who | None = None
) -> Queue:
    """Make a queue in a zone for some services; its code has one to three letters."""
    queue = Queue.objects.create(mall_id=zone.mall_id, site_id=zone.site_id, zone=zone, code=code, name=name)
    QueueService.objects.bulk_create(
        QueueService(mall_id=zone.mall_id, queue=queue, site_id=zone.site_id, service=service) for service in services
    )
    audit.record("queue.opened", f"queue:{queue.pk}", by=by, at=at, after={"code": code})
    return queue


@transaction.atomic
def extend_queue(queue: Queue, services: Iterable[Service], *, at: datetime, by: Who | None = None) -> None:
    """Let the visitors of more services stand in a queue."""
    QueueService.objects.bulk_create(
        QueueService(mall_id=queue.mall_id, queue=queue, site_id=queue.site_id, service=service) for service in services
    )
    audit.record("queue.extended", f"queue:{queue.pk}", by=by, at=at)


@transaction.atomic
def assign_counter(
    counter: Counter, queues: Iterable[Queue], *, at: datetime, helped: Iterable[Queue] = (), by: Who | None = None
) -> None:
    """Say which queues a counter calls from: its own, and those that it helps when its own are empty."""
    CounterQueue.objects.filter(counter=counter).delete()
    lines = [(queue, False) for queue in queues] + [(queue, True) for queue in helped]
    CounterQueue.objects.bulk_create(
        CounterQueue(mall_id=counter.mall_id, counter=counter, queue=queue, is_helped=is_helped, position=position)
        for position, (queue, is_helped) in enumerate(lines)
    )
    audit.record("counter.assigned", f"counter:{counter.pk}", by=by, at=at)


def _locked(ticket: Ticket, by: Actor) -> Ticket:
    """Lock a ticket for whoever may act on it: staff of its counter's agency."""
    ticket = (
        Ticket.objects.select_for_update(of=("self",))
        .select_related("queue", "visit", "variant", "counter__outlet__agency")
        .get(pk=ticket.pk)
    )
    if ticket.counter is None or not by.works_for(ticket.counter.outlet.agency_id):
        raise NotAtThisCounter(_("Nomor ini tidak di loket Anda."))
    return ticket


def _begin_period(ticket: Ticket, kind: Period.Kind, by: Actor, at: datetime) -> None:
    Period.objects.create(
        mall_id=ticket.mall_id,
        ticket=ticket,
        kind=kind,
        started_at=at,
        counter_id=ticket.counter_id,
        account_id=by.account_id,
    )


def _end_period(ticket: Ticket, at: datetime) -> None:
    for period in Period.objects.filter(ticket=ticket, ended_at=None):
        # The clock of a machine may have been set back since.
        period.ended_at = max(at, period.started_at)
        period.save(update_fields=["ended_at"])


def _tell(ticket: Ticket, kind: Event.Kind, at: datetime) -> None:
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
