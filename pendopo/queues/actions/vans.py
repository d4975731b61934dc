"""Vans: put on the road, their stops planned and called off, and nobody left waiting where the van has left."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Agency, Counter
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.actions import writing
from pendopo.catalogue.models import Service
from pendopo.kernel.reasons import stated
from pendopo.queues.actions import _deciding as deciding
from pendopo.queues.actions import lines, serving
from pendopo.queues.models import Ticket
from pendopo.queues.types import EndedBecause, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Mall, Site, Stop


@transaction.atomic
def put_on_the_road(
    mall: Mall,
    *,
    name: str,
    code: str,
    services: Iterable[Service],
    at: datetime,
    by: Who | None = None,
    plate: str = "",
    agency: Agency | None = None,
    number: int = 1,
) -> Counter:
    """Add a van that brings services: its place, one queue with numbers of its own, and one numbered counter.

    The counter is an agency's, or without one the common desk's, where every agency's services are given. A van has no
    weekly hours: it receives people at its stops. Raises SiteNameTaken.
    """
    account = by.account_id if by else None
    brought = list(services)
    van = tenancy.add_site(mall, name=name, kind=Site.Kind.VAN, plate=plate, at=at, account_id=account)
    zone = tenancy.add_zone(van, code=code, name=name, at=at, account_id=account)
    outlet = founding.add_outlet(mall, van, agency=agency, observes_holidays=False, at=at, by=by)
    for service in brought:
        writing.offer(service, outlet, at=at, by=by)
    queue = lines.open_queue(zone, code=code, name=name, services=brought, at=at, by=by)
    counter = founding.add_counter(outlet, zone=zone, number=number, at=at, by=by)
    lines.assign_counter(counter, [queue], at=at, by=by)
    return counter


@transaction.atomic
def plan_stop(
    van: Site, *, day: date, opens: time, closes: time, place: str, by: Actor, at: datetime, note: str = ""
) -> Stop:
    """Plan where a van stands on a day, and when.

    Raises NotAllowed unless the manager does it, NotAVan, StopImpossible.
    """
    _refuse_others(by)
    return tenancy.write_stop(
        van, day=day, opens=opens, closes=closes, place=place, note=note, at=at, account_id=by.account_id
    )


@transaction.atomic
def call_off(stop: Stop, *, reason: str, by: Actor, at: datetime) -> int:
    """Call off a stop; whoever waits there now goes home with the promise of the front at a later stop.

    Return how many these are. The reason is told everywhere. Raises NotAllowed unless the manager does it,
    ReasonMissing, StopOver.
    """
    _refuse_others(by)
    reason = stated(reason, _("Tulis alasannya: semua yang menunggu akan membacanya."))
    stop = tenancy.call_off_stop(stop, reason=reason[:120], at=at, account_id=by.account_id)
    if not stop.has_begun(stop.mall.local(at)):
        return 0
    return _send_home(stop, _waiting_at(stop), by=by, at=at)


def move_on(mall: Mall, *, at: datetime) -> int:
    """Send home whoever still waits for a van's earlier stop once the next one of the day has begun; return how many.

    They stand in another village: called here they would only be missed.
    """
    local = mall.local(at)
    now = Stop.objects.filter(
        mall=mall, day=local.date(), opens__lte=local.time(), closes__gt=local.time(), cancelled_at=None
    )
    return sum(
        _send_home(stop, _waiting_before(stop), by=None, at=at)
        for stop in now.select_related("mall")
        if Stop.objects.filter(mall=mall, site=stop.site_id, day=stop.day, closes__lte=stop.opens).exists()
    )


def _waiting_at(stop: Stop) -> QuerySet[Ticket]:
    return Ticket.objects.filter(mall_id=stop.mall_id, day=stop.day, state=State.WAITING, queue__site=stop.site_id)


def _waiting_before(stop: Stop) -> QuerySet[Ticket]:
    """Find who has waited since before a stop began. Not by `queued_at`: a promise reaches back for days."""
    begins = datetime.combine(stop.day, stop.opens, stop.mall.zone)
    return _waiting_at(stop).filter(changed_at__lt=begins)


@transaction.atomic
def _send_home(stop: Stop, waiting: QuerySet[Ticket], *, by: Actor | None, at: datetime) -> int:
    tickets = list(waiting.order_by("pk"))
    for ticket in tickets:
        serving.cancel(ticket, by=by, at=at, because=EndedBecause.CLOSURE)
    if tickets:
        audit.record("stop.sent_home", f"stop:{stop.pk}", by=by, at=at, after={"tickets": len(tickets)})
    return len(tickets)


def _refuse_others(by: Actor) -> None:
    deciding.refuse_others(by, _("Hanya pengelola yang dapat mengubah jadwal singgah."))
