"""A citizen's ticket: taken from a service's page or a kiosk, followed and given back by its key."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.models import Outlet
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.kernel.phones import phone_key
from pendopo.queues.actions import estimating, serving, taking
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.errors import AlreadyWaiting, WrongCode
from pendopo.queues.forms.taking import TakeForm
from pendopo.queues.models import Ticket
from pendopo.queues.queries import cases, plans, vans
from pendopo.queues.queries.phones import holder_of
from pendopo.queues.queries.rules import check_in_until, return_until, rules_of
from pendopo.queues.queries.status import hall_status
from pendopo.queues.queries.tickets import ahead_of, ticket_of_key
from pendopo.queues.queries.waits import wait_text
from pendopo.queues.types import Hold, Origin, State
from pendopo.queues.views.vans import van_page
from pendopo.tenancy.models import Device

# So many ahead, and the holder is asked to come.
NEAR = 2


@audience("public")
@require_POST
def take(request: Request, mall: str) -> HttpResponse:
    """Take a ticket and go to it; pressed twice it is the same ticket. A van's page takes for the van."""
    form = TakeForm(request.POST)
    try:
        key = take_as_told(request, form).key
    except WrongCode as refusal:
        return van_page(request, form.cleaned_data["van"], problem=str(refusal), chosen=form.cleaned_data["service"])
    except AlreadyWaiting as refusal:
        messages.info(request, str(refusal))
        key = refusal.key
    return redirect("queues:ticket", mall, key)


def take_as_told(request: Request, form: TakeForm) -> Taken:
    """Take the ticket that a page asks for; only a registered device takes as a kiosk.

    Raises NotUnderstood, and all that `taking.take` raises.
    """
    if not form.is_valid():
        raise NotUnderstood(_("Pilih layanan dahulu, lalu ambil nomor antrean."))
    if form.cleaned_data["van"]:
        return taking.take_at_van(
            request.mall,
            vans.van_site(request.mall, form.cleaned_data["van"]),
            form.cleaned_data["service"],
            code=form.cleaned_data["code"],
            request_id=form.request_id,
            by=request.actor,
            at=timezone.now(),
            needs=form.needs,
        )
    at_kiosk = is_kiosk(request)
    return taking.take(
        request.mall,
        form.cleaned_data["service"],
        origin=Origin.KIOSK if at_kiosk else Origin.PHONE,
        request_id=form.request_id,
        by=Caller(device_id=request.actor.device_id) if at_kiosk else Caller(holder=_holder(request)),
        at=timezone.now(),
        needs=form.needs,
    )


def is_kiosk(request: Request) -> bool:
    """Whether a registered kiosk asks."""
    device = request.actor.device
    return device is not None and device.kind == Device.Kind.KIOSK


def _holder(request: Request) -> str:
    """Return the digest by which a phone, or the account that is signed in on it, has one live ticket a queue."""
    return holder_of(phone_key=phone_key(request), account_id=request.actor.account_id)


@audience("key")
@require_safe
def ticket(request: Request, mall: str, key: str) -> HttpResponse:
    """Show where a ticket stands and what happens next."""
    return answer(request, "queues/ticket.html#ticket", ticket_context(request, ticket_of_key(request.mall, key)))


@audience("key")
@require_POST
def cancellation(request: Request, mall: str, key: str) -> HttpResponse:
    """Give the place back."""
    serving.cancel(ticket_of_key(request.mall, key), by=request.actor, at=timezone.now())
    return redirect("queues:ticket", mall, key)


def ticket_context(request: Request, found: Ticket) -> dict[str, object]:
    """Return what a ticket's pages show."""
    arguments = [request.mall.slug, found.key]
    picture = segno.make(request.build_absolute_uri(reverse("queues:ticket", args=arguments)), error="m")
    return {
        "ticket": {
            "key": found.key,
            "number_text": found.number_text,
            "state": found.state,
            "state_text": State(found.state).label,
            "service_name": str(found.variant),
            "agency_name": found.variant.service.agency.name,
            "ahead": ahead_of(found),
            "zone_name": found.queue.zone.name,
            "counter_label": _("Loket %(number)s") % {"number": found.counter.number} if found.counter else "",
            "taken_at": found.queued_at,
            "calls": found.calls,
            "hold": found.hold if found.state == State.WAITING else "",
            "hold_note": found.hold_note,
            "ended_because": found.ended_because,
        },
        **_deadlines(found),
        "stop": vans.stop_of(found, timezone.now()),
        **_status(found),
        "wait_text": _wait_text(request, found),
        "near": NEAR,
        "steps": plans.plan_of(found),
        "case": cases.followed(found) if found.state == State.COMPLETED else None,
        "can_cancel": found.can_move_to(State.CANCELLED),
        "live_url": live_path(request, f"tickets/{found.key}") if found.is_live or found.state == State.ABSENT else "",
        # The page of a module above: reached by its address.
        "rating_url": reverse("surveys:rating", args=arguments) if found.state == State.COMPLETED else "",
        "qr_svg": mark_safe(picture.svg_inline(border=2, omitsize=True)),  # noqa: S308 - drawn by segno from our address
    }


def _wait_text(request: Request, found: Ticket) -> str:
    """Return how long it will take, in words; empty when nobody can tell."""
    told = estimating.tell_wait(request.mall, found, at=timezone.now())
    return wait_text(told.low, told.high) if told else ""


def _status(found: Ticket) -> dict[str, object]:
    """Return why nobody is called for a waiting ticket now, and closings told ahead for it."""
    if found.state != State.WAITING:
        return {}
    outlets = Outlet.objects.filter(
        mall=found.mall_id, site=found.visit.site_id, agency=found.variant.service.agency_id
    )
    outlet = outlets.values_list("pk", flat=True).first()
    if outlet is None:
        return {}
    now = hall_status(found.mall, timezone.now())
    return {"away": now.away(outlet, found.queue_id), "coming": now.coming_to(outlet, found.queue_id)}


def _deadlines(found: Ticket) -> dict[str, object]:
    """Return until when the holder may come back, and until when they must report, where one of it is so."""
    if found.state == State.ABSENT and not found.returns:
        until = return_until(found, rules_of(found.mall))
        return {"return_until": until if timezone.now() <= until else None}
    if found.state == State.WAITING and found.hold == Hold.UNCHECKED:
        return {"check_in_until": check_in_until(found, rules_of(found.mall))}
    return {}


def live_path(request: Request, what: str) -> str:
    """Return where the browser hears of a thing of this mall; a template puts the origin of `live` before it."""
    return f"/live/malls/{request.mall.slug}/{what}"
