"""How the kiosks and slip printers of a hall are, for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from pendopo.queues.models import Slip
from pendopo.queues.printing import Paper
from pendopo.tenancy.models import Device, Mall


@dataclass(frozen=True, slots=True)
class KioskHealth:
    """A kiosk or printer now. `paper` is ok, low, out, silent (it does not answer), or "" (no printer, never asked)."""

    name: str
    kind: str
    zone: str
    is_silent: bool
    last_seen_at: datetime | None
    has_printer: bool
    paper: str
    printed: int
    failed: int

    @property
    def paper_text(self) -> str:
        """The paper in words; "" where there is no printer."""
        if not self.has_printer:
            return ""
        return {
            Paper.OK.value: _("Kertas cukup"),
            Paper.LOW.value: _("Kertas hampir habis"),
            Paper.OUT.value: _("Kertas habis"),
            Paper.SILENT.value: _("Pencetak tidak menjawab"),
        }.get(self.paper, _("Belum pernah mencetak"))

    @property
    def level(self) -> str:
        """How bad it is: good, warn or bad."""
        if self.is_silent or (self.has_printer and self.paper in {Paper.OUT, Paper.SILENT}):
            return "bad"
        return "warn" if self.paper == Paper.LOW else "good"


def kiosks(mall: Mall, at: datetime) -> list[KioskHealth]:
    """Return every kiosk and printer in service, the bad ones first, with the slips of the mall's own day."""
    kinds = [Device.Kind.KIOSK, Device.Kind.PRINTER]
    devices = Device.objects.in_service().filter(mall=mall, kind__in=kinds).select_related("zone")
    midnight = datetime.combine(mall.local(at).date(), time.min, mall.zone)
    counted = (
        Slip.objects.filter(mall=mall, device__in=devices, asked_at__gte=midnight)
        .values("device")
        .annotate(
            printed=Count("id", filter=Q(state=Slip.State.PRINTED)),
            failed=Count("id", filter=Q(state=Slip.State.FAILED)),
        )
    )
    slips = {row["device"]: (row["printed"], row["failed"]) for row in counted}
    rows = [_health(device, slips.get(device.pk, (0, 0)), at) for device in devices.order_by("name")]
    return sorted(rows, key=lambda row: ["bad", "warn", "good"].index(row.level))


def _health(device: Device, slips: tuple[int, int], at: datetime) -> KioskHealth:
    return KioskHealth(
        name=device.name,
        kind=device.get_kind_display(),
        zone=device.zone.name if device.zone else "",
        is_silent=device.is_silent(at),
        last_seen_at=device.last_seen_at,
        has_printer=bool(device.address),
        paper=device.paper,
        printed=slips[0],
        failed=slips[1],
    )
