"""Who sits at a counter, why it rests, and who takes it over."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.queries.opening import opening
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.queues.actions import _rows as rows
from pendopo.queues.errors import CounterGone, CounterNotOpen, CounterTaken
from pendopo.queues.models import CounterSession
from pendopo.queues.types import SessionReason, SessionState
from pendopo.tenancy.models import Mall

LONGEST = timedelta(hours=12)


@transaction.atomic
def set_session(
    counter: Counter,
    state: SessionState,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    until: datetime | None = None,
) -> CounterSession | None:
    """Open, pause or close a counter; opening it twice changes nothing. Returns None once it is closed.

    A pause needs its reason, and so does closing while the agency receives people; both end by themselves at `until`.
    Raises CounterTaken when another officer sits there (only a manager may close it then), CounterBusy when somebody is
    still being called or served, ReasonMissing, NotAllowed when the counter is another agency's.
    """
    _refuse_strangers(counter, by)
    session = _session(counter)
    if session and session.account_id != by.account_id and not (state is SessionState.CLOSED and by.works_for(None)):
        raise CounterTaken(_("Loket ini sedang dipakai petugas lain."))
    if state is not SessionState.OPEN:
        rows.refuse_while_busy(counter)
    if (session.state if session else SessionState.CLOSED) == state:
        return session
    if state is SessionState.OPEN:
        reason, until = "", None
    else:
        reason = reason.strip()
        _refuse_without_reason(counter, state, reason, at)
        _refuse_endless(at, until)
    if session is None:
        assert by.account
        session = CounterSession(mall_id=counter.mall_id, counter=counter, account=by.account, started_at=at)
    session.state = state
    session.reason, session.until = reason, until
    session.ended_at = at if state is SessionState.CLOSED else None
    session.save()
    rows.tell_session(counter, at)
    audit.record(f"counter.{state.value}", f"counter:{counter.pk}", by=by, at=at, reason=reason)
    return None if state is SessionState.CLOSED else session


@transaction.atomic
def take_over(counter: Counter, *, by: Actor, at: datetime) -> CounterSession:
    """Sit down at a counter where a colleague sits who serves nobody now; done again it changes nothing.

    Whose turn it is, priority or ordinary, goes on. Raises CounterNotOpen when nobody sits there, CounterBusy,
    NotAllowed.
    """
    _refuse_strangers(counter, by)
    before = _session(counter)
    if before is None:
        raise CounterNotOpen(_("Tidak ada petugas di loket ini. Buka loket ini dahulu."))
    if before.account_id == by.account_id:
        return before
    rows.refuse_while_busy(counter)
    before.state, before.ended_at, before.reason = SessionState.CLOSED, at, SessionReason.RELIEVED
    before.until = None
    before.save()
    assert by.account
    session = CounterSession.objects.create(
        mall_id=counter.mall_id, counter=counter, account=by.account, started_at=at, turn=before.turn
    )
    rows.tell_session(counter, at)
    audit.record("counter.taken_over", f"counter:{counter.pk}", by=by, at=at)
    return session


def end_pauses(mall: Mall, *, at: datetime) -> int:
    """Open the counters of a mall whose pause is over; return how many."""
    over = CounterSession.objects.filter(mall=mall, state=SessionState.PAUSED, until__lte=at).order_by("until", "pk")
    return sum(_end_pause(session.counter, at) for session in over.select_related("counter"))


@transaction.atomic
def _end_pause(counter: Counter, at: datetime) -> bool:
    session = _session(counter)
    if session is None or session.state != SessionState.PAUSED or session.until is None or session.until > at:
        return False
    session.state, session.reason, session.until = SessionState.OPEN, "", None
    session.save()
    rows.tell_session(counter, at)
    audit.record("counter.resumed", f"counter:{counter.pk}", by=None, at=at)
    return True


def _session(counter: Counter) -> CounterSession | None:
    # The counter's row is the lock for its sessions; a session is locked before a ticket, as in queues_call.
    if Counter.objects.select_for_update(no_key=True).get(pk=counter.pk).retired_at is not None:
        raise CounterGone(_("%(counter)s sudah tidak dipakai.") % {"counter": counter})
    return CounterSession.objects.select_for_update().filter(counter=counter, ended_at=None).first()


def _refuse_strangers(counter: Counter, by: Actor) -> None:
    if by.account is None or not by.works_for(counter.outlet.agency_id):
        raise NotAllowed(_("Loket ini melayani instansi lain."))


def _refuse_without_reason(counter: Counter, state: SessionState, reason: str, at: datetime) -> None:
    if reason:
        return
    if state is SessionState.PAUSED:
        raise ReasonMissing(_("Pilih alasan jeda."))
    if opening(counter.mall, counter.outlet_id, at).state == "open":
        raise ReasonMissing(_("Pilih alasan mengapa loket ditutup pada jam layanan."))


def _refuse_endless(at: datetime, until: datetime | None) -> None:
    if until is not None and not at < until <= at + LONGEST:
        raise NotUnderstood(_("Waktu selesai harus sesudah sekarang, paling lama 12 jam."))
