"""Who speaks in a zone, and what was said."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotFound
from pendopo.queues.errors import NotTheVoice
from pendopo.queues.models import Event, Spoken
from pendopo.queues.queries.voices import zones_of_voice
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Device, Zone


@transaction.atomic
def acknowledge(device: Device, seq: int, *, at: datetime) -> bool:
    """Note that a device has said a call; return whether it was the first to say so.

    Raises NotTheVoice for a device that is not its zone's voice, NotFound for what is no call of its zones.
    """
    zones = zones_of_voice(device)
    if not zones:
        raise NotTheVoice(_("Perangkat ini bukan pengeras suara zonanya."))
    calls = Event.objects.filter(
        mall_id=device.mall_id, seq=seq, kind__in=[Event.Kind.CALLED, Event.Kind.RECALLED], zone_id__in=zones
    )
    if not calls.exists():
        raise NotFound(_("Panggilan ini tidak dikenal."))
    _row, is_first = Spoken.objects.get_or_create(
        mall_id=device.mall_id, seq=seq, defaults={"device": device, "at": at}
    )
    return is_first


@transaction.atomic
def speak_here(zone: Zone, *, by: Actor, at: datetime) -> str:
    """Make a new board the voice of a zone, and return its token for the browser that asked."""
    name = f"Papan suara {zone.code}"
    others = Device.objects.filter(mall_id=zone.mall_id, name__startswith=name).count()
    device, token = tenancy.register_device(
        zone.site,
        kind=Device.Kind.BOARD,
        name=f"{name} {others + 1}",
        zone=zone,
        at=at,
        account_id=by.account_id,
    )
    tenancy.let_speak(device, at=at, account_id=by.account_id)
    return token
