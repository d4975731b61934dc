"""What a manager decides about sites and zones that stand: their names, and their end."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pendopo.kernel import events
from pendopo.kernel.errors import NotFound
from pendopo.kernel.reasons import stated
from pendopo.tenancy.errors import SiteEnded, SiteNameTaken, StillInUse, ZoneCodeTaken
from pendopo.tenancy.events import PlaceChanged
from pendopo.tenancy.models import Device, Mall, Site, Zone


@transaction.atomic
def describe_site(
    site: Site, *, name: str, address: str, kind: str, reason: str, at: datetime, account_id: int | None = None
) -> Site:
    """Say anew what a hall or outpost is called and where it stands; the same again changes nothing.

    Raises ReasonMissing, SiteEnded, SiteNameTaken, NotFound for a van.
    """
    reason, site = stated(reason), _locked(site)
    if kind not in {Site.Kind.HALL, Site.Kind.OUTPOST}:
        raise NotFound(_("Tempat ini tidak ditemukan."))
    if Site.objects.filter(mall=site.mall_id, name=name).exclude(pk=site.pk).exists():
        raise SiteNameTaken(_("Tempat lain di MPP ini bernama “%(name)s”.") % {"name": name})
    before = {"name": site.name, "address": site.address, "kind": site.kind}
    after = {"name": name, "address": address, "kind": kind}
    if before != after:
        site.name, site.address, site.kind = name, address, kind
        site.save(update_fields=list(after))
        subject = f"site:{site.pk}"
        events.publish(PlaceChanged("site.described", site.mall_id, subject, at, account_id, reason, before, after))
    return site


@transaction.atomic
def end_site(site: Site, *, reason: str, at: datetime, account_id: int | None = None) -> Site:
    """End a hall or outpost for good; it stays for its past.

    Raises ReasonMissing, SiteEnded, NotFound for a van, StillInUse for the last one and while devices stand there.
    """
    reason, site = stated(reason), _locked(site)
    others = Site.objects.in_use().filter(mall=site.mall_id).exclude(kind=Site.Kind.VAN)
    if not others.exclude(pk=site.pk).exists():
        raise StillInUse(_("Ini satu-satunya tempat layanan MPP. Tambahkan tempat lain dahulu."))
    _refuse_devices(Device.objects.filter(site=site), site.name)
    site.retired_at = at
    site.save(update_fields=["retired_at"])
    events.publish(PlaceChanged("site.ended", site.mall_id, f"site:{site.pk}", at, account_id, reason))
    return site


@transaction.atomic
def describe_zone(
    zone: Zone, *, code: str, name: str, reason: str, at: datetime, account_id: int | None = None
) -> Zone:
    """Say anew what a zone is called; the same again changes nothing.

    Raises ReasonMissing, ZoneCodeTaken, NotFound for one that ended.
    """
    reason, zone = stated(reason), _locked_zone(zone)
    if Zone.objects.filter(site=zone.site_id, code=code, retired_at=None).exclude(pk=zone.pk).exists():
        raise ZoneCodeTaken(_("Zona lain di tempat ini berkode “%(code)s”.") % {"code": code})
    before, after = {"code": zone.code, "name": zone.name}, {"code": code, "name": name}
    if before != after:
        zone.code, zone.name = code, name
        zone.save(update_fields=list(after))
        subject = f"zone:{zone.pk}"
        events.publish(PlaceChanged("zone.described", zone.mall_id, subject, at, account_id, reason, before, after))
    return zone


@transaction.atomic
def end_zone(zone: Zone, *, reason: str, at: datetime, account_id: int | None = None) -> Zone:
    """End a zone for good; its code can be given again.

    Raises ReasonMissing, NotFound for one that ended, StillInUse while devices stand there.
    """
    reason, zone = stated(reason), _locked_zone(zone)
    _refuse_devices(Device.objects.filter(zone=zone), zone.name)
    zone.retired_at = at
    zone.save(update_fields=["retired_at"])
    events.publish(PlaceChanged("zone.ended", zone.mall_id, f"zone:{zone.pk}", at, account_id, reason))
    return zone


def _locked(site: Site) -> Site:
    """Return a hall or outpost that stands; the mall's row, locked first, is the lock for its places."""
    Mall.objects.select_for_update(no_key=True).get(pk=site.mall_id)
    site = Site.objects.select_for_update(no_key=True, of=("self",)).select_related("mall").get(pk=site.pk)
    if site.kind == Site.Kind.VAN:
        raise NotFound(_("Tempat ini tidak ditemukan."))
    if site.retired_at is not None:
        raise SiteEnded(_("“%(name)s” sudah berakhir.") % {"name": site.name})
    return site


def _locked_zone(zone: Zone) -> Zone:
    Site.objects.select_for_update(no_key=True).get(pk=zone.site_id)
    zone = Zone.objects.select_for_update(no_key=True, of=("self",)).get(pk=zone.pk)
    if zone.retired_at is not None:
        raise NotFound(_("Zona ini tidak ditemukan."))
    return zone


def _refuse_devices(standing: QuerySet[Device], place: str) -> None:
    names = list(standing.filter(revoked_at=None).order_by("name").values_list("name", flat=True)[:3])
    if names:
        told = {"place": place, "names": ", ".join(names)}
        raise StillInUse(_("Di %(place)s masih ada perangkat: %(names)s. Pindahkan atau cabut dahulu.") % told)
