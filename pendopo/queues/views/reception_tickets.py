"""A ticket as the common desk sees it: where its visit stands, its slip, and reporting that its holder has come."""

from dataclasses import replace
from functools import partial

import segno
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import checking_in, estimating, printing
from pendopo.queues.errors import NoPrinter
from pendopo.queues.forms.kiosk import SlipForm
from pendopo.queues.models import Ticket
from pendopo.queues.printing import SlipText
from pendopo.queues.queries import plans, receptions
from pendopo.queues.queries.plans import Step
from pendopo.queues.queries.slips import last_slip, next_copy, slip_text
from pendopo.queues.types import Origin, Priority

WIDTHS = ("58", "80")


@audience("desk")
@require_safe
def ticket(request: Request, mall: str, ticket: int) -> HttpResponse:
    """Show where a visit's tickets stand, and its code for the phone where it was not taken by phone."""
    return _shown(request, ticket)


@audience("desk")
@require_safe
def slip(request: Request, mall: str, ticket: int) -> HttpResponse:
    """Show a visit's slip as the browser prints it, on paper of 58 or 80 mm."""
    found = receptions.ticket_at_desk(request.mall, ticket)
    wanted = request.GET.get("width", "")
    steps = _told(request, plans.plan(plans.tickets_of_visit(found)))
    context = _context(request, found, steps) | {"width": wanted if wanted in WIDTHS else "80", "at": timezone.now()}
    return answer(request, "queues/reception_slip.html", context)


@audience("desk")
@require_POST
def arrival(request: Request, mall: str, ticket: int) -> HttpResponse:
    """Note that the holder of a ticket stands at the desk."""
    found = receptions.ticket_at_desk(request.mall, ticket)
    try:
        checking_in.check_in(found, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _shown(request, ticket, problem=str(refusal), status=422)
    return redirect("queues:reception_ticket", mall, ticket)


@audience("desk")
@require_POST
def paper(request: Request, mall: str, ticket: int) -> HttpResponse:
    """Print a visit's one slip on the zone's printer, once that is committed; its page tells how it went."""
    tickets = plans.tickets_of_visit(receptions.ticket_at_desk(request.mall, ticket))
    steps = _told(request, plans.plan(tickets))
    first, now = steps[0].ticket, timezone.now()
    form = SlipForm(request.POST)
    try:
        if not form.is_valid():
            raise NotUnderstood(_("Salinan ini bukan yang berikutnya; muat ulang halaman."))
        copy = form.cleaned_data["copy"]
        printer = receptions.printer_of_desk(request.mall, request.actor)
        if printer is None or first.visit.origin == Origin.PHONE:
            raise NoPrinter(_("Di sini tidak ada pencetak. Cetak lewat peramban."))
        asked = printing.ask(tickets[0], printer=printer, copy=copy, by=request.actor, at=now)
    except RuleViolation as refusal:
        return _shown(request, ticket, problem=str(refusal), status=422)
    if asked.is_new:
        text = _of_visit(slip_text(first, copy=copy, url=_address(request, first)), steps)
        transaction.on_commit(partial(printing.deliver, asked.slip, text, by=request.actor, at=now))
    return redirect("queues:reception_ticket", mall, ticket)


def _told(request: Request, steps: list[Step]) -> list[Step]:
    """Keep what the desk tells of each wait, before anything is printed."""
    estimating.tell_waits(request.mall, [step.ticket for step in steps], at=timezone.now())
    return steps


def _of_visit(text: SlipText, steps: list[Step]) -> SlipText:
    """Add the numbers after the first, in the order that ends soonest."""
    later = [
        ". ".join(
            filter(
                None,
                (
                    _("Lalu %(number)s: %(service)s, %(zone)s")
                    % {
                        "number": step.ticket.number_text,
                        "service": step.ticket.variant,
                        "zone": step.ticket.queue.zone.name,
                    },
                    step.told,
                ),
            )
        )
        for step in steps[1:]
        if step.place
    ]
    return replace(text, lines=(*text.lines, *later))


def _shown(request: Request, pk: int, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = receptions.ticket_at_desk(request.mall, pk)
    visit = found.visit
    tickets = plans.tickets_of_visit(found)
    steps = _told(request, plans.plan(tickets))
    by_phone = visit.origin == Origin.PHONE
    # The visit's slip is kept with the ticket taken first: which one comes first in the plan changes.
    slip = last_slip(tickets[0])
    context = _context(request, found, steps) | {
        "visit": visit,
        "group": Priority(visit.priority).label if visit.priority else "",
        "can_arrive": found.can_check_in,
        "printer": None if by_phone else receptions.printer_of_desk(request.mall, request.actor),
        "slip": slip,
        "next_copy": next_copy(slip),
        "error": problem,
    }
    return answer(request, "queues/reception_ticket.html", context, status=status)


def _context(request: Request, found: Ticket, steps: list[Step]) -> dict[str, object]:
    return {"ticket": found, "steps": steps, "qr_svg": _code(request, steps[0].ticket)}


def _code(request: Request, ticket: Ticket) -> SafeString | str:
    """Draw the code that opens a ticket. Who took it by phone alone holds its key: nobody at a desk needs it."""
    if ticket.visit.origin == Origin.PHONE:
        return ""
    picture = segno.make(_address(request, ticket), error="m")
    return mark_safe(picture.svg_inline(border=2, omitsize=True))  # noqa: S308 - drawn by segno from our address


def _address(request: Request, ticket: Ticket) -> str:
    return request.build_absolute_uri(reverse("queues:ticket", args=[request.mall.slug, ticket.key]))
