"""What would happen if a place ended, or a day were closed: read before it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pendopo.agencies.models import Counter, Duty, Outlet
from pendopo.catalogue.models import Offering
from pendopo.queues.models import CounterSession, EventDay, Queue, Ticket
from pendopo.queues.types import LIVE, EndedBecause
from pendopo.tenancy.models import Device, Mall, Site, Stop, Zone

# How long whoever was sent home keeps the front of the queue.
PROMISE_DAYS = 14


@dataclass(frozen=True, slots=True)
class SiteEnding:
    """What stands at a site that would end: what ends with it, and what forbids it."""

    waiting: int
    sessions: int
    devices: int
    services: int
    counters: int
    queues: int
    is_last: bool

    @property
    def is_possible(self) -> bool:
        """Whether nothing forbids it."""
        return not (self.waiting or self.sessions or self.devices or self.is_last)


def site_ending(site: Site) -> SiteEnding:
    """Return what the end of a site would mean."""
    mall = site.mall_id
    others = Site.objects.in_use().filter(mall=mall).exclude(kind=Site.Kind.VAN).exclude(pk=site.pk)
    return SiteEnding(
        waiting=Ticket.objects.filter(mall=mall, queue__site=site, state__in=LIVE).count(),
        sessions=CounterSession.objects.filter(mall=mall, counter__zone__site=site, ended_at=None).count(),
        devices=Device.objects.in_service().filter(mall=mall, site=site).count(),
        services=Offering.objects.filter(mall=mall, site=site).exclude(status=Offering.Status.NOT).count(),
        counters=Counter.objects.standing().filter(mall=mall, zone__site=site).count(),
        queues=Queue.objects.standing().filter(mall=mall, site=site).count(),
        is_last=not others.exists(),
    )


@dataclass(frozen=True, slots=True)
class ZoneEnding:
    """What stands in a zone and forbids its end."""

    counters: Sequence[Counter]
    queues: Sequence[Queue]
    devices: Sequence[Device]

    @property
    def is_possible(self) -> bool:
        """Whether nothing stands there."""
        return not (self.counters or self.queues or self.devices)


def zone_ending(zone: Zone) -> ZoneEnding:
    """Return what stands in a zone."""
    mall = zone.mall_id
    counters = Counter.objects.standing().filter(mall=mall, zone=zone).select_related("outlet__agency")
    return ZoneEnding(
        list(counters.order_by("number")),
        list(Queue.objects.standing().filter(mall=mall, zone=zone).order_by("code")),
        list(Device.objects.in_service().filter(mall=mall, zone=zone).order_by("name")),
    )


@dataclass(frozen=True, slots=True)
class DayOff:
    """What a closed day would mean. `promised`: people who were sent home and may come then with the front promised;
    `open_outlets`: those that receive people on holidays too, and so on this day.
    """

    waiting: int
    promised: int
    events: Sequence[EventDay]
    stops: Sequence[Stop]
    duties: int
    open_outlets: int

    @property
    def is_felt(self) -> bool:
        """Whether somebody counts on this day."""
        return bool(self.waiting or self.promised or self.events or self.stops or self.duties)


def day_off(mall: Mall, day: date, at: datetime) -> DayOff:
    """Return what it would mean if a mall were closed on a day, as it stands at a moment."""
    today = mall.local(at).date()
    sent_home = Ticket.objects.filter(
        mall=mall, day__gte=max(day - timedelta(days=PROMISE_DAYS), today - timedelta(days=PROMISE_DAYS)),
        day__lt=min(day, today + timedelta(days=1)), ended_because=EndedBecause.CLOSURE,
    )  # fmt: skip
    events = EventDay.objects.filter(mall=mall, day=day).select_related("service__agency")
    stops = Stop.objects.filter(mall=mall, day=day, cancelled_at=None, site__retired_at=None).select_related("site")
    always = Outlet.objects.receiving().filter(mall=mall, observes_holidays=False, site__retired_at=None)
    return DayOff(
        waiting=Ticket.objects.filter(mall=mall, day=day, state__in=LIVE).count() if day == today else 0,
        promised=sent_home.count(),
        events=list(events.order_by("pk")),
        stops=list(stops.order_by("opens", "pk")),
        duties=Duty.objects.filter(mall=mall, day=day).count(),
        open_outlets=always.exclude(site__kind=Site.Kind.VAN).count(),
    )
