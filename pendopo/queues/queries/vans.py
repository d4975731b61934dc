"""Where vans stand and when, what they bring, and which stop a number is for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pendopo.agencies.models import Outlet
from pendopo.agencies.types import Actor
from pendopo.catalogue.models import Variant
from pendopo.kernel.dates import clock, day, hour
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.queues.models import QueueService, Ticket
from pendopo.queues.types import State
from pendopo.tenancy import queries as places
from pendopo.tenancy.models import Device, Mall, Site, Stop


class StopState(StrEnum):
    """How a stop is at a moment."""

    NOW = "now"
    COMING = "coming"
    OVER = "over"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class StopAt:
    """A stop as it is at a moment, with its hours as moments and in words: "09.00–12.00 WIB"."""

    stop: Stop
    state: StopState
    begins: datetime
    ends: datetime
    hours: str


@dataclass(frozen=True, slots=True)
class Day:
    """A van's stops of one day, in the order in which it drives."""

    day: date
    is_today: bool
    stops: list[StopAt]


@dataclass(frozen=True, slots=True)
class Van:
    """A van with where it stands now or comes next, its days from today on, and what it brings."""

    site: Site
    now: StopAt | None
    next: StopAt | None
    days: list[Day]
    services: list[Variant]
    waiting: int

    @property
    def brought(self) -> list[str]:
        """The names of its services, each once."""
        return list(dict.fromkeys(variant.service.name for variant in self.services))


def vans(mall: Mall, at: datetime) -> list[Van]:
    """Return the vans of a mall; four queries, however many there are."""
    return _filled(mall, places.vans(mall), places.stops_from(mall, mall.local(at).date()), at)


def van(mall: Mall, number: int, at: datetime) -> Van:
    """Return one van by its number in the database. Raises NotFound."""
    site = van_site(mall, number)
    return _filled(mall, [site], places.stops_from(mall, mall.local(at).date(), site_id=site.pk), at)[0]


def van_site(mall: Mall, number: int) -> Site:
    """Return the place that a van on the road is. Raises NotFound."""
    if site := Site.objects.in_use().filter(mall=mall, kind=Site.Kind.VAN, pk=number).first():
        return site
    raise NotFound(_("Kendaraan keliling tidak dikenal."))


def is_known_there(van: Site, by: Actor) -> bool:
    """Say whether somebody serves at a van, or a device of it asks: both see who has come."""
    if by.device is not None and by.device.site_id == van.pk:
        return True
    served = Outlet.objects.filter(mall=van.mall_id, site=van).values_list("agency", flat=True)
    return by.is_staff and any(by.works_for(agency) for agency in served)


def van_of_device(mall: Mall, device_id: int | None) -> Site:
    """Return the van on which a device stands; without one the mall's only van. Raises NotUnderstood."""
    if device_id is not None:
        device = Device.objects.filter(mall=mall, pk=device_id, site__kind=Site.Kind.VAN).select_related("site").first()
        if device:
            return device.site
    found = places.vans(mall)
    if len(found) == 1:
        return found[0]
    raise NotUnderstood(_("Sebutkan kendaraannya: “site” adalah id tempat layanan."))


def stop_at(mall: Mall, stop: Stop, at: datetime) -> StopAt:
    """Say how a stop is at a moment, by the mall's own clock."""
    local = mall.local(at)
    if stop.cancelled_at is not None:
        state = StopState.OFF
    elif stop.is_over(local):
        state = StopState.OVER
    else:
        state = StopState.NOW if stop.has_begun(local) else StopState.COMING
    begins = datetime.combine(stop.day, stop.opens, mall.zone)
    ends = datetime.combine(stop.day, stop.closes, mall.zone)
    return StopAt(stop, state, begins, ends, f"{hour(begins, mall.timezone)}–{clock(ends, mall.timezone)}")


def stop_of(ticket: Ticket, at: datetime) -> StopAt | None:
    """Return the stop for which a number was taken; None where it is not a van's. The ticket comes with its site."""
    site = ticket.queue.site
    if site.kind != Site.Kind.VAN:
        return None
    mall = ticket.mall
    taken = mall.local(ticket.queued_at)
    # Whoever was promised the front waits since before the day.
    moment = taken if taken.date() == ticket.day else mall.local(at)
    stops = Stop.objects.filter(mall=mall, site=site, day=ticket.day).order_by("opens", "pk")
    begun = [stop for stop in stops if stop.has_begun(moment)]
    return stop_at(mall, begun[-1], at) if begun else None


def tell_next(mall: Mall, service: str, site: Site | None, at: datetime) -> str:
    """Say when and where the van that brings a service stands next; "" where no van is concerned.

    Asked only when a number was refused. Without a site the mall's first place that offers the service is meant.
    """
    van = site or _first_site(mall, service)
    if van is None or van.kind != Site.Kind.VAN:
        return ""
    stop = places.next_stop(mall, van.pk, at)
    if stop is None:
        return _("%(van)s belum punya jadwal singgah berikutnya.") % {"van": van.name}
    told = stop_at(mall, stop, at)
    values = {"van": van.name, "place": stop.place, "day": day(stop.day, mall.timezone), "hours": told.hours}
    return _("%(van)s berikutnya singgah di %(place)s, %(day)s, pukul %(hours)s.") % values


def _first_site(mall: Mall, service: str) -> Site | None:
    lines = QueueService.objects.filter(Q(service__code=service) | Q(service__variants__code=service), mall=mall)
    first = lines.select_related("site").order_by("site__position", "site_id").first()
    return first.site if first else None


def _filled(mall: Mall, sites: Iterable[Site], stops: Iterable[Stop], at: datetime) -> list[Van]:
    found = list(sites)
    today = mall.local(at).date()
    waiting = dict(
        Ticket.objects.filter(mall=mall, day=today, state=State.WAITING, queue__site__in=found)
        .values_list("queue__site")
        .annotate(Count("pk"))
    )
    by_site: dict[int, list[StopAt]] = {}
    for stop in stops:
        by_site.setdefault(stop.site_id, []).append(stop_at(mall, stop, at))
    brought = _variants(mall, found)
    return [
        _van(site, by_site.get(site.pk, []), brought.get(site.pk, []), waiting.get(site.pk, 0), today) for site in found
    ]


def _van(site: Site, stops: list[StopAt], services: list[Variant], waiting: int, today: date) -> Van:
    days: dict[date, list[StopAt]] = {}
    for each in stops:
        days.setdefault(each.stop.day, []).append(each)
    return Van(
        site,
        now=next((each for each in stops if each.state is StopState.NOW), None),
        next=next((each for each in stops if each.state is StopState.COMING), None),
        days=[Day(on, on == today, each) for on, each in days.items()],
        services=services,
        waiting=waiting,
    )


def _variants(mall: Mall, sites: list[Site]) -> dict[int, list[Variant]]:
    sites_of: dict[int, list[int]] = {}
    for service, site in QueueService.objects.filter(mall=mall, site__in=sites).values_list("service_id", "site_id"):
        sites_of.setdefault(service, []).append(site)
    variants = Variant.objects.filter(mall=mall, service__in=sites_of).select_related("service__agency")
    found: dict[int, list[Variant]] = {}
    for variant in variants.order_by("service__agency__short_name", "service__name", "position"):
        for site in sites_of[variant.service_id]:
            found.setdefault(site, []).append(variant)
    return found
