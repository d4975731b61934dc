from ninja import Router, Schema

from pendopo.agencies.http import Request, everybody
from pendopo.agencies.models import Counter
from pendopo.tenancy.models import Site, Zone

router = Router(tags=["malls"])


class CounterOut(Schema):
    """A counter: its `id` is for programs, its number is on the board; no agency is the common desk."""

    id: int
    number: int
    agency: str


class ZoneOut(Schema):
    """A part of a site with its own boards, and its counters."""

    id: int
    code: str
    name: str
    counters: list[CounterOut]


class SiteOut(Schema):
    """A place of the mall."""

    id: int
    name: str
    kind: str
    address: str
    zones: list[ZoneOut]


class MallOut(Schema):
    """A Mal Pelayanan Publik. `timezone` is the one its days begin in."""

    slug: str
    name: str
    government: str
    timezone: str
    sites: list[SiteOut]


@router.get(
    "/malls/{mall}",
    response=MallOut,
    auth=everybody,
    url_name="mall",
    summary="A mall and its places",
)
def get_mall(request: Request, mall: str) -> MallOut:
    """Return a mall with its sites, their zones and counters."""
    here = request.mall
    counters: dict[int, list[CounterOut]] = {}
    for counter in Counter.objects.standing().filter(mall=here).select_related("outlet__agency").order_by("number"):
        agency = counter.outlet.agency
        shown = CounterOut(id=counter.pk, number=counter.number, agency=agency.code if agency else "")
        counters.setdefault(counter.zone_id, []).append(shown)
    zones: dict[int, list[ZoneOut]] = {}
    for zone in Zone.objects.in_use().filter(mall=here).order_by("code"):
        zones.setdefault(zone.site_id, []).append(
            ZoneOut(id=zone.pk, code=zone.code, name=zone.name, counters=counters.get(zone.pk, []))
        )
    return MallOut(
        slug=here.slug,
        name=here.name,
        government=here.government,
        timezone=here.timezone,
        sites=[
            SiteOut(id=site.pk, name=site.name, kind=site.kind, address=site.address, zones=zones.get(site.pk, []))
            for site in Site.objects.in_use().filter(mall=here).order_by("position")
        ],
    )
