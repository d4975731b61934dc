"""A citizen's ticket: taken from a service's page, followed and given back by its key."""

import segno
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.queues import actions
from pendopo.queues.actions import Caller
from pendopo.queues.forms import TakeForm
from pendopo.queues.models import Ticket
from pendopo.queues.queries import ahead_of, ticket_of_key
from pendopo.queues.types import Origin, State


@audience("public")
@require_POST
def take(request: Request, mall: str) -> HttpResponse:
    """Take a ticket by phone and go to it; pressed twice it is the same ticket."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Pilih layanan dahulu, lalu ambil nomor antrean."))
    taken = actions.take(
        request.mall,
        form.cleaned_data["service"],
        origin=Origin.PHONE,
        request_id=form.request_id,
        by=Caller(),
        at=timezone.now(),
    )
    return redirect("queues:ticket", mall, taken.key)


@audience("key")
@require_safe
def ticket(request: Request, mall: str, key: str) -> HttpResponse:
    """Show where a ticket stands and what happens next."""
    return answer(request, "queues/ticket.html#place", ticket_context(request, ticket_of_key(request.mall, key)))


@audience("key")
@require_http_methods(["GET", "POST"])
def cancellation(request: Request, mall: str, key: str) -> HttpResponse:
    """Ask whether the place is to be given back, and give it back."""
    found = ticket_of_key(request.mall, key)
    if request.method == "POST":
        actions.cancel(found, by=request.actor, at=timezone.now())
        return redirect("queues:ticket", mall, key)
    return answer(request, "queues/cancellation.html", ticket_context(request, found))


def ticket_context(request: Request, found: Ticket) -> dict[str, object]:
    """Return what a ticket's pages show."""
    address = reverse("queues:ticket", args=[request.mall.slug, found.key])
    picture = segno.make(request.build_absolute_uri(address), error="m")
    return {
        "ticket": {
            "key": found.key,
            "number_text": found.number_text,
            "state": found.state,
            "state_text": State(found.state).label,
            "service_code": found.variant.service.code,
            "service_name": str(found.variant),
            "agency_name": found.variant.service.agency.name,
            "ahead": ahead_of(found),
            "queue_code": found.queue.code,
            "queue_name": found.queue.name,
            "zone_name": found.queue.zone.name,
            "counter_label": str(found.counter) if found.counter else "",
            "taken_at": found.queued_at,
            "outcome_text": found.get_outcome_display(),
            "reason_text": found.get_reason_display(),
        },
        "can_cancel": found.can_move_to(State.CANCELLED),
        "qr_svg": picture.svg_inline(scale=4, border=2, omitsize=True),
    }
