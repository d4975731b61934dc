"""The kiosk: an agency, a service, a number. A registered device is a kiosk; any other browser counts as a phone."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries import openings
from pendopo.catalogue.queries import agencies as published_agencies
from pendopo.catalogue.queries import search
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.queues import actions
from pendopo.queues.actions import Caller
from pendopo.queues.forms import TakeForm
from pendopo.queues.queries import ticket_of_key
from pendopo.queues.types import Origin
from pendopo.queues.views.tickets import ticket_context
from pendopo.tenancy.models import Device

SERVICES_A_PAGE = 12


@audience("public")
@require_safe
def agencies(request: Request, mall: str) -> HttpResponse:
    """Show the agencies, each with whether it receives people now."""
    now = openings(request.mall, timezone.now())
    rows = [
        {"code": row.code, "name": row.name, "count": row.count, "opening": now.get(row.outlet_id)}
        for row in published_agencies(request.mall)
    ]
    return answer(request, "queues/kiosk.html", {"agencies": rows, "is_registered": is_kiosk(request)})


@audience("public")
@require_safe
def services(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show an agency's services, a page at a time; touching one takes a number."""
    agency = agency.replace("\x00", "")
    cursor = request.GET.get("cursor", "")
    page = search(request.mall, agency=agency, cursor=cursor, size=SERVICES_A_PAGE)
    if not page.items:
        raise NotFound(_("Instansi ini tidak ada di MPP ini."))
    now = openings(request.mall, timezone.now())
    context = {
        "agency_name": page.items[0].agency_name,
        "agency_code": agency,
        "opening": now.get(page.items[0].outlet_id),
        "services": [{"code": row.code, "name": row.name, "request_id": uuid4()} for row in page.items],
        "next": page.next,
        "is_first": not cursor,
    }
    return answer(request, "queues/kiosk_services.html", context)


@audience("public")
@require_POST
def take(request: Request, mall: str) -> HttpResponse:
    """Take a number and show it."""
    form = TakeForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Pilih layanan dahulu, lalu ambil nomor antrean."))
    registered = is_kiosk(request)
    taken = actions.take(
        request.mall,
        form.cleaned_data["service"],
        origin=Origin.KIOSK if registered else Origin.PHONE,
        request_id=form.request_id,
        by=Caller(device_id=request.actor.device_id if registered else None),
        at=timezone.now(),
    )
    return redirect("queues:kiosk_ticket", mall, taken.key)


@audience("key")
@require_safe
def ticket(request: Request, mall: str, key: str) -> HttpResponse:
    """Show the number with its QR code, until somebody touches or nobody does."""
    return answer(request, "queues/kiosk_ticket.html", ticket_context(request, ticket_of_key(request.mall, key)))


def is_kiosk(request: Request) -> bool:
    """Say whether this browser is a kiosk of the mall."""
    device = request.actor.device
    return device is not None and device.kind == Device.Kind.KIOSK
