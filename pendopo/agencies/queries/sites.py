"""Sites, zones and devices as their settings show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.tenancy.models import Device, Mall, Site, Zone

PAGE = 50
ALL = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A site with its zones in use and how many devices stand there."""

    site: Site
    zones: Sequence[Zone]
    devices: int


def places(mall: Mall) -> tuple[list[Place], list[Site]]:
    """Return the sites in use, vans among them, and those that ended."""
    sites = list(Site.objects.filter(mall=mall).order_by("position", "pk"))
    zones: dict[int, list[Zone]] = {}
    for zone in Zone.objects.in_use().filter(mall=mall).order_by("code", "pk"):
        zones.setdefault(zone.site_id, []).append(zone)
    standing = Device.objects.in_service().filter(mall=mall).values_list("site").annotate(Count("pk"))
    devices = dict(standing)
    shown = [Place(site, zones.get(site.pk, []), devices.get(site.pk, 0)) for site in sites if not site.retired_at]
    return shown, [site for site in sites if site.retired_at]


def hall(mall: Mall, pk: int) -> Site:
    """Return a hall or outpost, also one that ended; vans have pages of their own. Raises NotFound."""
    found = None
    if pk <= LARGEST_ID:
        found = Site.objects.filter(mall=mall, pk=pk).exclude(kind=Site.Kind.VAN).select_related("mall").first()
    if found is None:
        raise NotFound(_("Tempat ini tidak ditemukan."))
    return found


def zone(mall: Mall, pk: int) -> Zone:
    """Return a zone in use of a hall or outpost. Raises NotFound."""
    found = None
    if pk <= LARGEST_ID:
        rows = Zone.objects.in_use().filter(mall=mall, pk=pk).exclude(site__kind=Site.Kind.VAN)
        found = rows.select_related("site").first()
    if found is None:
        raise NotFound(_("Zona ini tidak ditemukan."))
    return found


def zones(mall: Mall) -> list[Zone]:
    """Return the zones in which a device can stand."""
    rows = Zone.objects.in_use().filter(mall=mall).select_related("site")
    return list(rows.order_by("site__position", "site", "code", "pk"))


@dataclass(frozen=True, slots=True)
class Shown:
    """A device with what is told of it now."""

    device: Device
    is_silent: bool

    @property
    def is_in_service(self) -> bool:
        """Whether it was not revoked."""
        return self.device.revoked_at is None

    @property
    def state(self) -> str:
        """How it is, in words."""
        if not self.is_in_service:
            return _("Dicabut")
        if self.device.last_seen_at is None:
            return _("Belum pernah terdengar")
        return _("Tidak terdengar") if self.is_silent else _("Terdengar")


def devices(
    mall: Mall, at: datetime, *, kind: str = "", revoked: bool = False, cursor: str = "", size: int = PAGE
) -> Page[Shown]:
    """Return the devices by name: those in service, or with `revoked` those taken out of it."""
    rows = Device.objects.filter(Q(revoked_at__isnull=not revoked), mall=mall).select_related("zone", "site")
    if kind:
        rows = rows.filter(kind=kind)
    page = page_of(rows, cursor, size)
    return page.showing([Shown(device, not revoked and device.is_silent(at)) for device in page.items])


def device(mall: Mall, pk: int) -> Device:
    """Return a device, also a revoked one. Raises NotFound."""
    found = None
    if pk <= LARGEST_ID:
        found = Device.objects.filter(mall=mall, pk=pk).select_related("zone", "site").first()
    if found is None:
        raise NotFound(_("Perangkat ini tidak ditemukan."))
    return found
