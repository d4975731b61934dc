"""Who sits at a counter."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.errors import (
    CounterBusy,
    CounterTaken,
)
from pendopo.queues.models import CounterSession, Event, Ticket
from pendopo.queues.types import SessionState, State


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
