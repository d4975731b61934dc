from ninja import Router, Schema

from pendopo.agencies.http import Request, everybody
from pendopo.tenancy.models import Site

router = Router(tags=["malls"])


class ZoneOut(Schema):
    """A part of a site with its own boards."""

    id: int
    code: str
    name: str


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
    "/malls/{mall}", response=MallOut, auth=everybody, url_name="mall", summary="A mall with its sites and zones"
)
def get_mall(request: Request, mall: str) -> MallOut:
    """Return a mall with its sites and zones."""
    sites = Site.objects.filter(mall=request.mall).prefetch_related("zones").order_by("position")
    here = request.mall
    return MallOut(
        slug=here.slug,
        name=here.name,
        government=here.government,
        timezone=here.timezone,
        sites=[SiteOut.from_orm(site) for site in sites],
    )
