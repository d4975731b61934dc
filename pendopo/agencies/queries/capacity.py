"""What sites hold, what stands there, and what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from pendopo.agencies.models import Counter, Relocation, SiteCapacity
from pendopo.tenancy.models import Mall, Site, Zone


@dataclass(frozen=True, slots=True)
class Room:
    """A site with what it holds (None: nobody has said yet), its counters, and what is planned to come."""

    site: Site
    capacity: SiteCapacity | None
    placed: int
    coming: int
    coming_cars: int

    @property
    def free(self) -> int | None:
        """How many counters more there is room for; None where nobody has said what the site holds."""
        return None if self.capacity is None else self.capacity.counters - self.placed - self.coming

    @property
    def is_over(self) -> bool:
        """Whether more is there or to come than the site holds: counters, or cars that are to come."""
        if self.capacity is None:
            return False
        return self.capacity.counters < self.placed + self.coming or self.capacity.parking_cars < self.coming_cars


def room_at(site: Site) -> Room:
    """Return what one site holds."""
    return _rooms([site])[0]


def rooms(mall: Mall) -> list[Room]:
    """Return the mall's sites with what they hold."""
    halls = Site.objects.in_use().filter(mall=mall).exclude(kind=Site.Kind.VAN)
    return _rooms(list(halls.order_by("position", "name", "pk")))


def _rooms(sites: Sequence[Site]) -> list[Room]:
    capacities = {each.site_id: each for each in SiteCapacity.objects.filter(site__in=sites)}
    standing = (
        Counter.objects.standing().filter(outlet__site__in=sites).values("outlet__site").annotate(number=Count("pk"))
    )
    placed = {row["outlet__site"]: row["number"] for row in standing}
    planned = Relocation.objects.filter(done_on=None)
    coming = {
        row["to_site"]: (row["counters__sum"], row["parking_cars__sum"])
        for row in planned.filter(to_site__in=sites).values("to_site").annotate(Sum("counters"), Sum("parking_cars"))
    }
    return [
        Room(
            site,
            capacities.get(site.pk),
            placed.get(site.pk, 0),
            *coming.get(site.pk, (0, 0)),
        )
        for site in sites
    ]


def relocations(mall: Mall, *, most: int = 100) -> list[Relocation]:
    """Return the moves: those still to come first, then the last that were done."""
    rows = Relocation.objects.filter(mall=mall).select_related("agency", "to_site").prefetch_related("moving")
    coming = rows.filter(done_on=None).order_by("planned_on", "pk")[:most]
    return [*coming, *rows.exclude(done_on=None).order_by("-done_on", "-pk")[:most]]


def counters_of(relocation: Relocation) -> list[Counter]:
    """Return the counters that could move with an agency: those that it has, by number."""
    rows = Counter.objects.standing().filter(mall=relocation.mall_id, outlet__agency=relocation.agency_id)
    rows = rows.exclude(zone__site__kind=Site.Kind.VAN)
    return list(rows.select_related("zone", "outlet").order_by("number", "pk"))


def zones_at(site: Site) -> list[Zone]:
    """Return the zones of a site, in the order of their codes."""
    return list(Zone.objects.filter(mall=site.mall_id, site=site).order_by("code", "pk"))
