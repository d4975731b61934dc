import time
from collections.abc import Sequence
from datetime import date, datetime

from django.core.validators import slug_re

from pendopo.kernel.crypto import Bearer, keyed_hash
from pendopo.tenancy.models import Device, Mall, Site, Stop

MALL_KNOWN_FOR = 15.0
_malls: dict[str, tuple[float, Mall]] = {}


def mall_by_slug(slug: str) -> Mall | None:
    """Return the mall of an address; asked on every request, so remembered for 15 seconds in the process."""
    if not slug_re.fullmatch(slug):
        return None
    known = _malls.get(slug)
    now = time.monotonic()
    if known and now - known[0] < MALL_KNOWN_FOR:
        return known[1]
    mall = Mall.objects.filter(slug=slug).first()
    if mall is None:
        _malls.pop(slug, None)
        return None
    _malls[slug] = (now, mall)
    return mall


def forget_malls() -> None:
    """Ask the database again at the next request: after a mall was changed, and between tests."""
    _malls.clear()


def device_of(bearer: Bearer) -> Device | None:
    """Return the device in service that a token names, in the mall of the transaction."""
    device = Device.objects.in_service().filter(pk=bearer.subject, mall_id=bearer.mall).first()
    if device is None or bytes(device.token_hash) != keyed_hash("device", bearer.token):
        return None
    return device


def vans(mall: Mall) -> Sequence[Site]:
    """Return the vans of a mall that are on the road."""
    return list(Site.objects.in_use().filter(mall=mall, kind=Site.Kind.VAN).order_by("position", "pk"))


def stops_from(mall: Mall, day: date, *, site_id: int | None = None, most: int = 200) -> list[Stop]:
    """Return the stops from a day on, also those called off, in the order in which they come: of one van, or of all."""
    found = Stop.objects.filter(mall=mall, day__gte=day).select_related("site")
    if site_id is not None:
        found = found.filter(site=site_id)
    return list(found.order_by("day", "opens", "pk")[:most])


def next_stop(mall: Mall, site_id: int, at: datetime) -> Stop | None:
    """Return where a van stands now, or where it comes next."""
    local = mall.local(at)
    planned = Stop.objects.filter(mall=mall, site=site_id, day__gte=local.date(), cancelled_at=None)
    coming = planned.exclude(day=local.date(), closes__lte=local.time())
    return coming.order_by("day", "opens").first()
