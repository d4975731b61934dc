"""Boards, and how a browser becomes a device of the hall."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import DEVICE_COOKIE, Request
from pendopo.agencies.queries.actors import actor_of_device
from pendopo.kernel.crypto import read_bearer
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import printing
from pendopo.queues.queries import boards
from pendopo.queues.queries.slips import printer_to_look_at
from pendopo.queues.queries.tickers import ticker
from pendopo.queues.views.tickets import live_path
from pendopo.queues.views.voice import voice_here
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy.models import Zone

COOKIE_LIFE = 5 * 365 * 24 * 3600


@audience("public")
@require_safe
def board(request: Request, mall: str) -> HttpResponse:
    """Show the last calls of a zone; the page keeps itself up to date, and says how old its data is."""
    zone_id = boards.zone_of(request.mall, request.GET.get("zone", ""))
    zone = Zone.objects.filter(mall=request.mall, pk=zone_id).first() if zone_id else None
    now, speaks = timezone.now(), voice_here(request) is not None
    context = {
        "board": boards.board(request.mall, zone_id, at=now),
        "tickers": ticker(request.mall, now),
        "speaks": speaks,
        # Whoever tries the demo wants to hear it without signing in first.
        "may_try_voice": request.mall.is_demo and not speaks,
        "zone_id": zone_id,
        "zone_name": zone.name if zone else "",
        "live_url": live_path(request, f"board?zone={zone_id}" if zone_id else "board"),
    }
    return answer(request, "queues/board.html#ticker", context)


@audience("public")
@require_http_methods(["GET", "POST"])
def device(request: Request, mall: str) -> HttpResponse:
    """Make this browser the device whose token is typed or scanned."""
    problem = ""
    if request.method == "POST":
        token = request.POST.get("token", "").strip()
        try:
            actor_of_device(request.mall, read_bearer(token))
        except RuleViolation as refusal:
            problem = str(refusal)
        else:
            response = redirect("queues:device", mall)
            response.set_cookie(
                DEVICE_COOKIE, token, max_age=COOKIE_LIFE, httponly=True, samesite="Lax", secure=request.is_secure()
            )
            return response
    context = {"device": request.actor.device, "problem": problem}
    return answer(request, "queues/device.html", context, status=422 if problem else 200)


@audience("device")
@require_POST
def heartbeat(request: Request, mall: str) -> HttpResponse:
    """Note that a device is alive, and look after its printer."""
    assert request.actor.device
    device, now = request.actor.device, timezone.now()
    tenancy.heartbeat(request.mall, device.pk, at=now, paper=request.POST.get("paper", "").replace("\x00", ""))
    if printer := printer_to_look_at(device, at=now):
        transaction.on_commit(partial(printing.look, printer, at=now))
    return HttpResponse(status=204)
