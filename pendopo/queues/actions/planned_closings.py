"""Closings told ahead: they begin and end by themselves, and whoever waits when one begins is decided for."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.actions import closings
from pendopo.agencies.models import Closing, Counter, Outlet
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import _rows as rows
from pendopo.queues.actions import moving, serving
from pendopo.queues.models import CounterSession, Queue, Ticket
from pendopo.queues.queries.closings import changed_at, counters_of, queues_of, rests_over, waiting_for
from pendopo.queues.types import EndedBecause, SessionState, State
from pendopo.tenancy.models import Mall

# Whoever closes for longer changes the opening hours.
LONGEST = timedelta(days=62)
# Two looks of the worker.
LOOKS_BACK = timedelta(minutes=2)


@transaction.atomic
def plan_closing(
    outlet: Outlet,
    *,
    counter: Counter | None,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
) -> Closing:
    """Tell ahead that an outlet, or one counter of it, receives nobody for a while; it is shown from a day before.

    Raises NotAllowed unless the manager does it, ReasonMissing, NotUnderstood for a time that is over, ends before it
    begins or lasts too long.
    """
    _refuse_others(by)
    reason = stated(reason, _("Tulis alasannya: semua yang menunggu akan membacanya."))
    if not at < ends_at or not starts_at < ends_at <= starts_at + LONGEST:
        raise NotUnderstood(_("Waktu selesai harus sesudah waktu mulai dan sesudah sekarang, paling lama 62 hari."))
    closing = closings.announce_closing(
        outlet,
        counter=counter,
        starts_at=max(starts_at, at),
        ends_at=ends_at,
        reason=reason[:80],
        by=by,
        at=at,
    )
    rows.tell_status(queues_of([closing]), at)
    return closing


@transaction.atomic
def withdraw(closing: Closing, *, by: Actor, at: datetime) -> None:
    """Take back a closing that has not begun, or end one that has; one that is over stays as it was.

    Raises NotAllowed unless the manager does it.
    """
    _refuse_others(by)
    closing = _locked(closing)
    if closing.ends_at <= at:
        return
    rows.tell_status(queues_of([closing]), at)
    if closing.starts_at >= at:
        closings.withdraw_closing(closing, by=by, at=at)
        return
    _rested(closing).update(until=at)
    closing.ends_at = at
    closings.change_closing(closing, by=by, at=at)


def begin_closings(mall: Mall, *, at: datetime) -> int:
    """Let the counters of closings that have begun rest, each once it serves nobody; return how many rest now.

    The sentence of the closing holds from its moment on, also before this was called.
    """
    due = Closing.objects.filter(mall=mall, begun_at=None, starts_at__lte=at, ends_at__gt=at).order_by("pk")
    return sum(_begin(closing, at) for closing in due)


@transaction.atomic
def tell_changes(mall: Mall, *, at: datetime) -> int:
    """Tell phones, kiosks and boards of closings that began or ended since two looks ago; return of how many queues.

    A look that was missed is made up for by the next; who is told twice only asks twice.
    """
    since = at - LOOKS_BACK
    concerned = {queue.pk: queue for queue in queues_of(changed_at(mall, since, at))}
    concerned |= {queue.pk: queue for queue in rests_over(mall, since, at)}
    rows.tell_status(concerned.values(), at)
    return len(concerned)


@transaction.atomic
def move(closing: Closing, helper: Counter, *, by: Actor, at: datetime) -> int:
    """Let another counter call those who wait for what is closed; return how many wait.

    Raises NotAllowed unless the manager does it, NotUnderstood when that counter closes too, and what `help_queue`
    raises.
    """
    closing = _decided(closing, Closing.Decision.MOVE, by)
    if helper.pk in counters_of(closing):
        raise NotUnderstood(_("Loket itu ikut tutup. Pilih loket lain."))
    waiting = waiting_for(closing, at)
    queues = Queue.objects.filter(mall=closing.mall_id, pk__in=waiting.values("queue"))
    for queue in queues.exclude(counters__counter=helper, counters__is_helped=False).order_by("pk"):
        moving.help_queue(helper, queue, by=by, at=at)
    return _tell(closing, waiting.count(), by, at)


@transaction.atomic
def postpone(closing: Closing, starts_at: datetime, *, by: Actor, at: datetime) -> int:
    """Serve those who wait first: the closing begins later. Returns how many wait.

    Raises NotAllowed unless the manager does it, NotUnderstood for a moment that is over or after its end.
    """
    closing = _decided(closing, Closing.Decision.EXTEND, by)
    if not at < starts_at < closing.ends_at:
        raise NotUnderstood(_("Waktu mulai yang baru harus sesudah sekarang dan sebelum waktu selesai."))
    _rested(closing).update(until=at)
    rows.tell_status(queues_of([closing]), at)
    # It begins anew then, with whoever waits by that time.
    closing.starts_at, closing.begun_at, closing.decision = starts_at, None, ""
    return _tell(closing, waiting_for(closing, at).count(), by, at, decision=Closing.Decision.EXTEND)


@transaction.atomic
def send_home(closing: Closing, *, by: Actor, at: datetime) -> int:
    """End the tickets of those who wait for what is closed, with the promise of the front on the next day.

    Raises NotAllowed unless the manager does it.
    """
    closing = _decided(closing, Closing.Decision.SEND_HOME, by)
    tickets = list(waiting_for(closing, at).order_by("pk"))
    for ticket in tickets:
        serving.cancel(ticket, by=by, at=at, because=EndedBecause.CLOSURE)
    return _tell(closing, len(tickets), by, at)


def _refuse_others(by: Actor) -> None:
    deciding.refuse_others(by, _("Hanya pengelola yang dapat mengubah hari layanan."))


def _locked(closing: Closing) -> Closing:
    return Closing.objects.select_for_update(of=("self",)).select_related("outlet__mall").get(pk=closing.pk)


def _decided(closing: Closing, decision: Closing.Decision, by: Actor) -> Closing:
    _refuse_others(by)
    closing = _locked(closing)
    closing.decision = decision
    return closing


def _tell(closing: Closing, waiting: int, by: Actor, at: datetime, *, decision: str = "") -> int:
    closings.change_closing(closing, by=by, at=at)
    after = {"decision": decision or closing.decision, "waiting": waiting}
    audit.record("closing.decided", f"closing:{closing.pk}", by=by, at=at, reason=closing.reason, after=after)
    return waiting


@transaction.atomic
def _begin(closing: Closing, at: datetime) -> int:
    closing = _locked(closing)
    if closing.begun_at is not None or not closing.starts_at <= at < closing.ends_at:
        return 0
    counters = Counter.objects.select_for_update(no_key=True).filter(pk__in=counters_of(closing)).order_by("pk")
    busy = set(
        Ticket.objects.filter(counter__in=counters, state__in=[State.CALLED, State.SERVING]).values_list(
            "counter_id", flat=True
        )
    )
    rested = 0
    for counter in counters:
        sessions = CounterSession.objects.filter(counter=counter, state=SessionState.OPEN)
        if counter.pk not in busy and sessions.update(
            state=SessionState.PAUSED, reason=closing.reason, until=closing.ends_at
        ):
            rested += 1
            audit.record("counter.paused", f"counter:{counter.pk}", by=None, at=at, reason=closing.reason)
            rows.tell_session(counter, at)
    # Who serves somebody finishes first: the next look finds that counter free.
    if not busy:
        closing.begun_at = at
        closings.change_closing(closing, at=at)
    return rested


def _rested(closing: Closing) -> QuerySet[CounterSession]:
    """Those who rest because of a closing."""
    return CounterSession.objects.filter(
        counter__in=counters_of(closing), state=SessionState.PAUSED, until=closing.ends_at, reason=closing.reason
    )
