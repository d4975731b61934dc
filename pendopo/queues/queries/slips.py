"""Slips: where a ticket is printed, what stands on it, and how its last print went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pendopo.kernel import dates
from pendopo.queues.models import Slip, Ticket
from pendopo.queues.printing import SlipText
from pendopo.queues.queries.tickets import ahead_of
from pendopo.queues.queries.waits import told_text
from pendopo.tenancy.models import Device

# A print takes two seconds at most. One that is still going after this was cut off, and nobody knows what came.
LOST_AFTER = timedelta(seconds=10)
LOOK_EVERY = timedelta(seconds=25)
# For how long a ticket counts as just taken: its slip is printed without being asked for.
JUST_TAKEN = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class SlipNow:
    """How the slip of a ticket stands, for whoever looks at it on a kiosk.

    `state`: none (no printer here), due (print it now), idle (nobody asked), printing, printed, failed, over (the
    ticket is no more). `next_copy` is what to ask for next; 0 is the first print.
    """

    state: str
    problem: str = ""
    next_copy: int = 0


def printer_of(device: Device | None) -> Device | None:
    """Return where a device's slips are printed: its own printer, else that of its zone, else none."""
    if device is None:
        return None
    if device.address:
        return device
    printers = Device.objects.in_service().filter(site_id=device.site_id, kind=Device.Kind.PRINTER).exclude(address="")
    beside = printers.filter(zone_id=device.zone_id) if device.zone_id else printers.filter(zone=None)
    return beside.order_by("pk").first()


def printer_to_look_at(device: Device, *, at: datetime) -> Device | None:
    """Return a device's printer, unless a slip has just told how it is: printers speak to one caller at a time."""
    printer = printer_of(device)
    if printer is None or Slip.objects.filter(device=printer, asked_at__gt=at - LOOK_EVERY).exists():
        return None
    return printer


def slip_now(ticket: Ticket, device: Device | None, *, at: datetime) -> SlipNow:
    """Return how a ticket's slip stands at a device."""
    if not ticket.is_live:
        return SlipNow("over")
    if device is None or printer_of(device) is None:
        return SlipNow("none")
    last = last_slip(ticket)
    if last is None:
        taken_here = ticket.visit.device_id == device.pk and at - ticket.queued_at < JUST_TAKEN
        return SlipNow("due" if taken_here else "idle")
    if is_lost(last, at):
        return SlipNow("failed", Slip.Problem.INTERRUPTED, next_copy(last))
    return SlipNow(last.state, last.problem, next_copy(last))


def last_slip(ticket: Ticket) -> Slip | None:
    """Return the newest slip of a ticket."""
    return Slip.objects.filter(ticket=ticket).order_by("-copy").first()


def next_copy(last: Slip | None) -> int:
    """Return the number of the next print. Only where no paper moved the same one is tried again."""
    if last is None:
        return 0
    return last.copy if last.problem == Slip.Problem.PAPER_OUT else last.copy + 1


def is_lost(slip: Slip, at: datetime) -> bool:
    """Say whether a print was cut off without an end."""
    return slip.state == Slip.State.PRINTING and at - slip.asked_at > LOST_AFTER


def slip_text(ticket: Ticket, *, copy: int, url: str) -> SlipText:
    """Write what stands on a ticket's slip, in the language of whoever reads it."""
    ahead = ahead_of(ticket)
    waiting = ngettext("%(number)s orang di depan Anda.", "%(number)s orang di depan Anda.", ahead) % {"number": ahead}
    lines = [
        _("Tunggu di %(zone)s.") % {"zone": ticket.queue.zone.name},
        waiting if ahead else _("Giliran Anda berikutnya."),
    ]
    if told := told_text(ticket):
        lines.append(f"{told}.")
    lines.append(dates.moment(ticket.queued_at, ticket.mall.timezone))
    return SlipText(
        mall=ticket.mall.name,
        title=_("Nomor antrean Anda"),
        number=ticket.number_text,
        service=str(ticket.variant),
        agency=ticket.variant.service.agency.name,
        lines=tuple(lines),
        url=url,
        scan=_("Pindai dengan ponsel untuk memantau giliran Anda."),
        closing=_("Layanan tidak dipungut biaya di luar ketentuan."),
        copy=_("SALINAN %(number)s") % {"number": copy} if copy else "",
    )
