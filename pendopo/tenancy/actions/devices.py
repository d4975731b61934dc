"""What a manager decides about devices in service: where they stand, and whether they speak."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.kernel import events
from pendopo.kernel.reasons import stated
from pendopo.tenancy.actions._places import hold_zone
from pendopo.tenancy.errors import DeviceRevoked
from pendopo.tenancy.events import DeviceChanged
from pendopo.tenancy.models import Device, Mall, Zone


@transaction.atomic
def move_device(device: Device, zone: Zone, *, reason: str, at: datetime, account_id: int | None = None) -> Device:
    """Put a device into another zone; one that spoke is silent there until somebody lets it speak.

    Raises ReasonMissing, DeviceRevoked, ZoneEnded.
    """
    reason = stated(reason)
    _lock_mall(device)
    # Before the device, as where one is let speak.
    hold_zone(zone)
    device = _in_service(device)
    if device.zone_id == zone.pk:
        return device
    before = device.zone_id
    device.site_id, device.zone, device.speaks = zone.site_id, zone, False
    device.save(update_fields=["site", "zone", "speaks"])
    after = {"from": before, "to": zone.pk}
    events.publish(DeviceChanged("device.moved", device.mall_id, device.pk, at, account_id, reason, after))
    return device


@transaction.atomic
def silence(device: Device, *, reason: str, at: datetime, account_id: int | None = None) -> Device:
    """Let a device speak no more; its zone then has no voice. Raises ReasonMissing, DeviceRevoked."""
    reason = stated(reason)
    _lock_mall(device)
    device = _in_service(device)
    if device.speaks:
        device.speaks = False
        device.save(update_fields=["speaks"])
        events.publish(DeviceChanged("device.silenced", device.mall_id, device.pk, at, account_id, reason))
    return device


def _lock_mall(device: Device) -> None:
    """Lock the mall's row first, as where a device is registered."""
    Mall.objects.select_for_update(no_key=True).get(pk=device.mall_id)


def _in_service(device: Device) -> Device:
    device = Device.objects.select_for_update(no_key=True, of=("self",)).get(pk=device.pk)
    if device.revoked_at is not None:
        raise DeviceRevoked(_("Perangkat “%(name)s” sudah dicabut.") % {"name": device.name})
    return device
