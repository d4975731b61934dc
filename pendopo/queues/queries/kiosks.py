"""How the kiosks and slip printers of a hall are, for whoever looks after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count, Max, Q
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
    trouble: str = ""
    trouble_since: datetime | None = None

    @property
    def paper_text(self) -> str:
        """The paper in words; "" where there is no printer."""
        if not self.has_printer and not self.paper:
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
        if self.is_silent or self.paper in {Paper.OUT, Paper.SILENT}:
            return "bad"
        return "warn" if self.paper == Paper.LOW else "good"


def kiosks(mall: Mall, at: datetime) -> list[KioskHealth]:
    """Return every kiosk and printer in service, the bad ones first, with the slips of the mall's own day.

    `trouble` is why the last slips failed, in words, and since when none came out.
    """
    kinds = [Device.Kind.KIOSK, Device.Kind.PRINTER]
    devices = Device.objects.in_service().filter(mall=mall, kind__in=kinds).select_related("zone").order_by("name")
    midnight = datetime.combine(mall.local(at).date(), time.min, mall.zone)
    counted = (
        Slip.objects.filter(mall=mall, device__in=devices, asked_at__gte=midnight)
        .values("device")
        .annotate(
            printed=Count("id", filter=Q(state=Slip.State.PRINTED)),
            failed=Count("id", filter=Q(state=Slip.State.FAILED)),
            last_printed=Max("asked_at", filter=Q(state=Slip.State.PRINTED)),
        )
    )
    slips = {row["device"]: (row["printed"], row["failed"]) for row in counted}
    last_printed = {row["device"]: row["last_printed"] for row in counted}
    failures = Slip.objects.filter(mall=mall, asked_at__gte=midnight, state=Slip.State.FAILED).order_by("asked_at")
    troubles: dict[int, list[tuple[datetime, str]]] = {}
    if any(failed for _printed, failed in slips.values()):
        for device, asked_at, problem in failures.values_list("device", "asked_at", "problem"):
            printed = last_printed.get(device)
            if printed is None or asked_at > printed:
                troubles.setdefault(device, []).append((asked_at, problem))
    rows = [_health(device, slips.get(device.pk, (0, 0)), troubles.get(device.pk, []), at) for device in devices]
    return sorted(rows, key=lambda row: ["bad", "warn", "good"].index(row.level))


def _health(
    device: Device, slips: tuple[int, int], troubles: Sequence[tuple[datetime, str]], at: datetime
) -> KioskHealth:
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
        trouble=str(Slip.Problem(troubles[-1][1]).label) if troubles else "",
        trouble_since=troubles[0][0] if troubles else None,
    )
