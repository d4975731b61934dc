"""Closing with people waiting: they are served longer, or sent home with a promise that holds."""

from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import opening_hours
from pendopo.agencies.models import OpeningHours, Outlet
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import serving, taking
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.errors import NoPromise
from pendopo.queues.models import Ticket
from pendopo.queues.types import EndedBecause, Origin, State
from pendopo.tenancy.models import Site

# A promise is for the next day that the service is open; a long holiday may lie between.
PROMISE_DAYS = 14
PROMISES = UUID("6f1d6c1e-3a43-4c0e-9d2b-7a1f0f6f5a10")


@transaction.atomic
def send_home(outlet: Outlet, *, reason: str, by: Actor, at: datetime) -> int:
    """Close an outlet for the rest of its day and end the tickets of all who wait for it; return how many these were.

    Each holds a promise: the front of the queue on the next day it is open. The reason is told everywhere.
    Raises NotAllowed unless the manager does it, ReasonMissing.
    """
    reason = _managers_reason(by, reason)
    today = outlet.mall.local(at).date()
    opening_hours.except_day(outlet, today, reason=reason, at=at, by=by)
    waiting = Ticket.objects.filter(
        mall_id=outlet.mall_id, day=today, state=State.WAITING, visit__site=outlet.site_id,
        variant__service__agency=outlet.agency_id,
    )  # fmt: skip
    tickets = list(waiting.order_by("pk"))
    for ticket in tickets:
        serving.cancel(ticket, by=by, at=at, because=EndedBecause.CLOSURE)
    audit.record(
        "outlet.sent_home", f"outlet:{outlet.pk}", by=by, at=at, reason=reason, after={"tickets": len(tickets)}
    )
    return len(tickets)


@transaction.atomic
def extend_day(outlet: Outlet, closes: time, *, reason: str, by: Actor, at: datetime) -> None:
    """Keep an outlet open longer today, so that all who wait are served.

    Raises NotAllowed unless the manager does it, ReasonMissing.
    """
    reason = _managers_reason(by, reason)
    today = outlet.mall.local(at).date()
    hours = OpeningHours.objects.filter(outlet=outlet, weekday=today.isoweekday()).first()
    opens = hours.opens if hours and hours.opens < closes else time.min
    opening_hours.except_day(outlet, today, reason=reason, at=at, opens=opens, closes=closes, by=by)


@transaction.atomic
def redeem(ticket: Ticket, *, at: datetime) -> Taken:
    """Give whoever was sent home the front of the queue on a later day; asked again, the same number.

    Raises NoPromise when the ticket was not sent home, on the same day, or too late; Closed and NotOffered as `take`.
    """
    mall = ticket.mall
    today = mall.local(at).date()
    if ticket.ended_because != EndedBecause.CLOSURE:
        raise NoPromise(_("Nomor ini tidak punya janji antrean terdepan."))
    if not ticket.day < today <= ticket.day + timedelta(days=PROMISE_DAYS):
        raise NoPromise(_("Janji antrean terdepan berlaku pada hari layanan berikutnya."))
    site = ticket.queue.site
    origin = Origin.VAN if site.kind == Site.Kind.VAN else Origin.PHONE
    request = uuid5(PROMISES, ticket.key)
    taken = taking.take(mall, ticket.variant.code, origin=origin, request_id=request, by=Caller(), at=at, site=site)
    if taken.is_new:
        # Who was sent home waits since before anybody of today; among themselves as they came then.
        first = at.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
        Ticket.objects.filter(mall=mall, pk=taken.id).update(queued_at=first + timedelta(seconds=ticket.number))
        audit.record("ticket.redeemed", f"ticket:{taken.id}", by=None, at=at, after={"before": ticket.pk})
    return taken


def _managers_reason(by: Actor, reason: str) -> str:
    deciding.refuse_others(by, _("Hanya pengelola yang dapat mengubah hari layanan."))
    return stated(reason, _("Tulis alasannya: semua yang menunggu akan membacanya."))[:120]
