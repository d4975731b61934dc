"""A ticket as the common desk sees it: where its visit stands, its slip, and reporting that its holder has come."""

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import checking_in
from pendopo.queues.models import Ticket
from pendopo.queues.queries import plans, receptions
from pendopo.queues.types import Hold, Origin, Priority, State

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
    context = _context(request, found) | {"width": wanted if wanted in WIDTHS else "80", "at": timezone.now()}
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


def _shown(request: Request, pk: int, *, problem: str = "", status: int = 200) -> HttpResponse:
    found = receptions.ticket_at_desk(request.mall, pk)
    visit = found.visit
    context = _context(request, found) | {
        "visit": visit,
        "group": Priority(visit.priority).label if visit.priority else "",
        "can_arrive": found.state == State.WAITING and (found.hold == Hold.UNCHECKED or visit.checked_in_at is None),
        "error": problem,
    }
    return answer(request, "queues/reception_ticket.html", context, status=status)


def _context(request: Request, found: Ticket) -> dict[str, object]:
    steps = plans.plan(plans.tickets_of_visit(found))
    first = steps[0].ticket
    return {"ticket": found, "steps": steps, "first": first, "qr_svg": _code(request, first)}


def _code(request: Request, ticket: Ticket) -> SafeString | str:
    """Draw the code that opens a ticket. Who took it by phone alone holds its key: nobody at a desk needs it."""
    if ticket.visit.origin == Origin.PHONE:
        return ""
    address = request.build_absolute_uri(reverse("queues:ticket", args=[request.mall.slug, ticket.key]))
    return mark_safe(segno.make(address, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308 - drawn by segno from our address
