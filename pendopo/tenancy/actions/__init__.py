"""Founding malls, placing sites, zones and devices. The audit is above: it hears of these through events.

What a manager decides about those that stand is in the modules beside.
"""

import secrets
import time
from collections.abc import Collection
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pendopo.kernel import events
from pendopo.kernel.crypto import Bearer, keyed_hash, sign_bearer
from pendopo.kernel.errors import NotFound
from pendopo.tenancy import region_files, wall
from pendopo.tenancy.actions._places import hold_site, hold_zone
from pendopo.tenancy.errors import (
    DeviceNameTaken,
    NoAddress,
    NotAVan,
    SiteNameTaken,
    SlugTaken,
    StopImpossible,
    StopOver,
    StopsAhead,
    ZoneCodeTaken,
)
from pendopo.tenancy.events import DeviceChanged, MallFounded, PlaceChanged, RegionsImported, StopChanged
from pendopo.tenancy.models import Device, Mall, Region, Site, Stop, Zone

DEVICE_TOKEN_LIFE = timedelta(days=5 * 365)

RENEW = """
INSERT INTO tenancy_region AS known (code, name, level, parent_code, edition, valid_to)
SELECT code, name, level, parent_code, edition, valid_to FROM wanted
ON CONFLICT (code) DO UPDATE SET name = excluded.name, level = excluded.level, parent_code = excluded.parent_code,
    edition = excluded.edition, valid_to = excluded.valid_to
WHERE (known.name, known.level, known.parent_code, known.edition, known.valid_to)
    IS DISTINCT FROM (excluded.name, excluded.level, excluded.parent_code, excluded.edition, excluded.valid_to)
"""
# A code that the edition no longer has was in force until today, as far as we know.
END = """
UPDATE tenancy_region SET valid_to = %s
WHERE valid_to IS NULL AND level = ANY(%s) AND NOT EXISTS (SELECT FROM wanted WHERE wanted.code = tenancy_region.code)
"""


@transaction.atomic
def found_mall(
    slug: str,
    *,
    name: str,
    government: str,
    at: datetime,
    region: Region | None = None,
    timezone: str = Mall.Zone.WIB,
    is_demo: bool = False,
    account_id: int | None = None,
) -> Mall:
    """Make an empty mall. Raises SlugTaken."""
    mall, made = Mall.objects.get_or_create(
        slug=slug,
        defaults={
            "name": name,
            "government": government,
            "region": region,
            "timezone": timezone,
            "is_demo": is_demo,
            "created_at": at,
        },
    )
    if not made:
        raise SlugTaken(_("Alamat “%(slug)s” sudah dipakai MPP lain.") % {"slug": slug})
    with wall.inside(mall.pk):
        events.publish(MallFounded(mall_id=mall.pk, at=at, account_id=account_id))
    return mall


@transaction.atomic
def add_site(
    mall: Mall,
    *,
    name: str,
    at: datetime,
    kind: str = Site.Kind.HALL,
    address: str = "",
    plate: str = "",
    reason: str = "",
    account_id: int | None = None,
) -> Site:
    """Add a place to a mall. Raises SiteNameTaken, also for the name of one that ended."""
    # The mall's row is the lock for its places.
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    others = Site.objects.filter(mall=mall)
    if others.filter(name=name).exists():
        raise SiteNameTaken(_("Tempat lain di MPP ini bernama “%(name)s”.") % {"name": name})
    site = Site.objects.create(mall=mall, name=name, kind=kind, address=address, plate=plate, position=others.count())
    events.publish(PlaceChanged("site.added", mall.pk, f"site:{site.pk}", at, account_id, reason))
    return site


@transaction.atomic
def add_zone(
    site: Site, *, code: str, name: str, at: datetime, reason: str = "", account_id: int | None = None
) -> Zone:
    """Add a part of a site that has its own boards and voice. Raises SiteEnded, ZoneCodeTaken."""
    # The site's row is the lock for its zones.
    site = hold_site(site)
    if Zone.objects.filter(site=site, code=code, retired_at=None).exists():
        raise ZoneCodeTaken(_("Zona lain di tempat ini berkode “%(code)s”.") % {"code": code})
    zone = Zone.objects.create(mall_id=site.mall_id, site=site, code=code, name=name)
    events.publish(PlaceChanged("zone.added", site.mall_id, f"zone:{zone.pk}", at, account_id, reason))
    return zone


@transaction.atomic
def write_stop(
    van: Site,
    *,
    day: date,
    opens: clock_time,
    closes: clock_time,
    place: str,
    at: datetime,
    note: str = "",
    account_id: int | None = None,
) -> Stop:
    """Plan where a van stands on a day; tickets for it are given there and then. Raises NotAVan, StopImpossible."""
    # The van's row is the lock for its stops.
    site = Site.objects.select_for_update(no_key=True, of=("self",)).select_related("mall").get(pk=van.pk)
    if site.kind != Site.Kind.VAN or site.retired_at is not None:
        raise NotAVan(_("“%(name)s” bukan kendaraan keliling.") % {"name": site.name})
    stop = Stop(mall_id=site.mall_id, site=site, day=day, opens=opens, closes=closes, place=place, note=note)
    if closes <= opens:
        raise StopImpossible(_("Jam selesai harus sesudah jam mulai."))
    if stop.is_over(site.mall.local(at)):
        raise StopImpossible(_("Waktu singgah itu sudah lewat."))
    others = Stop.objects.filter(mall_id=site.mall_id, site=site, day=day, cancelled_at=None)
    if other := others.filter(opens__lt=closes, closes__gt=opens).first():
        values = {"place": other.place, "opens": f"{other.opens:%H.%M}", "closes": f"{other.closes:%H.%M}"}
        raise StopImpossible(_("Pada jam itu kendaraan berada di %(place)s (%(opens)s–%(closes)s).") % values)
    stop.save(force_insert=True)
    after = {"place": place, "day": day.isoformat(), "opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
    told = f"{place}, {day:%d-%m-%Y}, {opens:%H.%M}–{closes:%H.%M}"
    events.publish(StopChanged("stop.written", site.mall_id, stop.pk, at, account_id, told, after))
    return stop


@transaction.atomic
def retire_van(van: Site, *, reason: str, at: datetime, account_id: int | None = None) -> Site:
    """Take a van off the road for good. Raises NotAVan, StopsAhead while it has a stop that is not over."""
    site = Site.objects.select_for_update(no_key=True, of=("self",)).select_related("mall").get(pk=van.pk)
    if site.kind != Site.Kind.VAN or site.retired_at is not None:
        raise NotAVan(_("“%(name)s” bukan kendaraan keliling.") % {"name": site.name})
    local = site.mall.local(at)
    planned = Stop.objects.filter(mall_id=site.mall_id, site=site, day__gte=local.date(), cancelled_at=None)
    if stop := planned.exclude(day=local.date(), closes__lte=local.time()).order_by("day", "opens").first():
        values = {"place": stop.place, "day": f"{stop.day:%d-%m-%Y}"}
        raise StopsAhead(_("Kendaraan masih dijadwalkan di %(place)s (%(day)s). Batalkan dahulu.") % values)
    site.retired_at = at
    site.save(update_fields=["retired_at"])
    events.publish(PlaceChanged("van.retired", site.mall_id, f"site:{site.pk}", at, account_id, reason))
    return site


@transaction.atomic
def call_off_stop(stop: Stop, *, reason: str, at: datetime, account_id: int | None = None) -> Stop:
    """Call off a stop for a reason that everybody reads; from now on it gives no tickets. Raises StopOver."""
    stop = Stop.objects.select_for_update(of=("self",)).select_related("mall", "site").get(pk=stop.pk)
    if stop.cancelled_at is not None:
        raise StopOver(_("Singgah itu sudah dibatalkan."))
    if stop.is_over(stop.mall.local(at)):
        raise StopOver(_("Singgah itu sudah selesai."))
    stop.cancelled_at, stop.reason = at, reason
    stop.save(update_fields=["cancelled_at", "reason"])
    events.publish(StopChanged("stop.called_off", stop.mall_id, stop.pk, at, account_id, reason=reason))
    return stop


@transaction.atomic
def register_device(
    site: Site,
    *,
    kind: str,
    name: str,
    at: datetime,
    zone: Zone | None = None,
    reason: str = "",
    account_id: int | None = None,
) -> tuple[Device, str]:
    """Put a device into service; return it with its token, which is shown once and kept only as a hash.

    Raises DeviceNameTaken, SiteEnded, ZoneEnded; also the name of one that was taken out of service stays its own.
    """
    # The mall's row is the lock for the names of its devices.
    Mall.objects.select_for_update(no_key=True).get(pk=site.mall_id)
    if zone is None:
        hold_site(site)
    else:
        hold_zone(zone)
    if Device.objects.filter(mall_id=site.mall_id, name=name).exists():
        raise DeviceNameTaken(_("Perangkat lain bernama “%(name)s”.") % {"name": name})
    secret = secrets.token_hex(8)
    device = Device.objects.create(
        mall_id=site.mall_id,
        site=site,
        zone=zone,
        kind=kind,
        name=name,
        token_hash=keyed_hash("device", secret),
    )
    expires = int(time.time() + DEVICE_TOKEN_LIFE.total_seconds())
    token = sign_bearer(Bearer("device", device.pk, site.mall_id, secret, expires))
    events.publish(DeviceChanged("device.registered", site.mall_id, device.pk, at, account_id, reason))
    return device, token


@transaction.atomic
def revoke_device(device: Device, *, at: datetime, reason: str = "", account_id: int | None = None) -> None:
    """Take a device out of service; its token opens nothing from now on."""
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=at)
    events.publish(DeviceChanged("device.revoked", device.mall_id, device.pk, at, account_id, reason))


@transaction.atomic
def let_speak(device: Device, *, at: datetime, reason: str = "", account_id: int | None = None) -> None:
    """Make a device the one voice of its zone (without a zone: of its site); the one before is silent from now on."""
    # The site's row is the lock for its voices.
    Site.objects.select_for_update(no_key=True).get(pk=device.site_id)
    others = Device.objects.filter(mall_id=device.mall_id, site_id=device.site_id, zone=device.zone)
    others.exclude(pk=device.pk).update(speaks=False)
    Device.objects.filter(pk=device.pk).update(speaks=True)
    events.publish(DeviceChanged("device.speaks", device.mall_id, device.pk, at, account_id, reason))


@transaction.atomic
def import_regions(*, at: datetime, levels: Collection[Region.Level] = tuple(Region.Level)) -> int:
    """Renew the table of regions from the edition that is shipped; return how many rows are new or changed.

    Codes of older editions stay, with an end: a NIK given under them is still valid. Again, it changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE wanted (LIKE tenancy_region) ON COMMIT DROP")
        with cursor.copy(f"COPY wanted ({', '.join(region_files.COLUMNS)}) FROM STDIN") as rows:
            for row in region_files.read(frozenset(levels)):
                rows.write_row(row)
        cursor.execute(RENEW)
        changed: int = cursor.rowcount
        cursor.execute(END, [at.date(), [level.value for level in levels]])
        changed += cursor.rowcount
        cursor.execute("DROP TABLE wanted")
    if changed:
        events.publish(RegionsImported(edition=region_files.EDITION, rows=changed, at=at))
    return changed


@transaction.atomic
def connect_printer(
    device: Device, *, address: str, paper_mm: int, at: datetime, reason: str = "", account_id: int | None = None
) -> None:
    """Say where a device's slips are printed ("10.0.0.5:9100"), on paper of 80 or 58 mm; no address, no printer.

    Raises NoAddress.
    """
    if address and not _is_address(address):
        values = {"address": address[:60]}
        raise NoAddress(_("“%(address)s” bukan alamat IP pencetak, misalnya 10.0.0.5:9100.") % values)
    Device.objects.filter(pk=device.pk).update(address=address, paper_mm=paper_mm, paper="")
    after = {"address": address, "paper_mm": paper_mm}
    events.publish(DeviceChanged("device.printer_connected", device.mall_id, device.pk, at, account_id, reason, after))


def heartbeat(mall: Mall, device_id: int, *, at: datetime, paper: str = "") -> None:
    """Note that a device is alive, and the state of its paper when it is told. Raises NotFound when not in service."""
    found = Device.objects.in_service().filter(mall=mall, pk=device_id)
    seen = found.update(last_seen_at=at, paper=paper[:10]) if paper else found.update(last_seen_at=at)
    if not seen:
        raise NotFound(_("Perangkat tidak dikenal."))


def miss_printer(mall: Mall, device_id: int) -> None:
    """Note that the printer of a device did not answer; the device itself may be well."""
    Device.objects.in_service().filter(mall=mall, pk=device_id).update(paper="silent")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(f"//{text}")
        return bool(ip_address(parts.hostname or "")) and (parts.port is None or parts.port > 0) and len(text) <= 64
    except ValueError:
        return False
