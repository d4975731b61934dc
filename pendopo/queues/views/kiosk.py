"""The kiosk: an agency, a service, needs, a number on paper. Only a registered device counts as a kiosk."""

from datetime import datetime
from functools import partial

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries.opening import Opening, openings
from pendopo.catalogue.queries.offers import agencies as published_agencies
from pendopo.catalogue.queries.offers import published_service, services_of_agency
from pendopo.kernel.errors import NotFound, NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.phones import keep_phone_key
from pendopo.queues.actions import checking_in, estimating, printing
from pendopo.queues.errors import AlreadyWaiting, NoPrinter
from pendopo.queues.forms.kiosk import KioskTakeForm, ScanForm, SlipForm
from pendopo.queues.models import Ticket
from pendopo.queues.printing import Paper
from pendopo.queues.queries.places import places_of
from pendopo.queues.queries.service_notes import ServiceNotes, service_notes
from pendopo.queues.queries.slips import printer_of, slip_now, slip_text
from pendopo.queues.queries.status import HallStatus, hall_status
from pendopo.queues.queries.tickets import ticket_of_key
from pendopo.queues.types import Origin, Priority
from pendopo.queues.views.tickets import is_kiosk, live_path, take_as_told, ticket_context

SERVICES_A_PAGE = 10


@audience("public")
@require_safe
def agencies(request: Request, mall: str) -> HttpResponse:
    """Show the agencies, each with whether it receives people now."""
    now = hall_status(request.mall, timezone.now())
    rows = [
        {
            "code": row.code,
            "name": row.name,
            "count": row.count,
            **_opening(now.openings.get(row.outlet_id)),
            "note": _note(now, row.outlet_id),
        }
        for row in published_agencies(request.mall)
    ]
    printer = printer_of(request.actor.device)
    context = {
        "agencies": rows,
        "is_closed": bool(rows) and not any(row["open"] for row in rows),
        "live_url": live_path(request, "board"),
        "is_without_paper": printer is not None and printer.paper in {Paper.OUT, Paper.SILENT},
    }
    return answer(request, "queues/kiosk.html", context)


@audience("public")
@require_safe
def services(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show an agency's services, a page at a time; touching one asks for needs."""
    found = services_of_agency(request.mall, agency)
    if not found:
        raise NotFound(_("Instansi ini tidak ada di MPP ini."))
    page = Paginator(found, SERVICES_A_PAGE).get_page(request.GET.get("page"))
    now = hall_status(request.mall, timezone.now())
    outlet = found[0].outlet_id
    opening = now.openings.get(outlet)
    here = reverse("queues:kiosk_services", args=[mall, agency])
    by_phone = not is_kiosk(request)
    left = places_of(request.mall, [row.code for row in page], timezone.now(), by_phone=by_phone)
    context = {
        "agency": {"code": agency, "name": found[0].agency_name},
        "opening": opening,
        "notes": ServiceNotes(now.away(outlet), now.coming_to(outlet)),
        "services": [
            {"code": row.code, "name": row.name, "duration_text": row.duration, "place": left.get(row.code)}
            | _opening(opening)
            for row in page
        ],
        "has_limits": bool(left),
        "live_url": live_path(request, "board"),
        "by_phone": by_phone,
        "previous_url": f"{here}?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{here}?page={page.next_page_number()}" if page.has_next() else "",
    }
    return answer(request, "queues/kiosk_services.html", context)


@audience("public")
@require_safe
def needs(request: Request, mall: str, agency: str, code: str) -> HttpResponse:
    """Ask for what the visitor needs, "Tidak ada" first; each way takes the number."""
    variants = published_service(request.mall, code)
    chosen = next((row for row in variants if row.code == code), variants[0])
    by_phone = not is_kiosk(request)
    now = timezone.now()
    context = {
        "agency": {"code": chosen.agency_code, "name": chosen.agency_name},
        "notes": service_notes(request.mall, chosen.service_code, chosen.outlet_id, now),
        "service": {"code": chosen.code, "name": chosen.name},
        "place": places_of(request.mall, [chosen.code], now, by_phone=by_phone).get(chosen.code),
        "by_phone": by_phone,
        "opening": openings(request.mall, now).get(chosen.outlet_id),
        "groups": Priority.choices,
        "live_url": live_path(request, "board"),
    }
    response = answer(request, "queues/kiosk_needs.html", context)
    return keep_phone_key(request, response) if by_phone else response


@audience("public")
@require_POST
def take(request: Request, mall: str) -> HttpResponse:
    """Take a ticket and show it; pressed twice it is the same ticket."""
    try:
        taken = take_as_told(request, KioskTakeForm(request.POST))
    except AlreadyWaiting as refusal:
        return redirect(f"{reverse('queues:kiosk_ticket', args=[mall, refusal.key])}?again")
    except RuleViolation as refusal:
        return _refused(request, refusal)
    return redirect("queues:kiosk_ticket", mall, taken.key)


@audience("key")
@require_safe
def ticket(request: Request, mall: str, key: str) -> HttpResponse:
    """Show the number, how its slip stands, and its QR code, until somebody touches or nobody does."""
    found = ticket_of_key(request.mall, key)
    slip = slip_now(found, request.actor.device, at=timezone.now())
    # Nobody stays to hear news: the page goes by itself.
    context = {"slip": slip, "is_again": "again" in request.GET, "arrived_at": _arrival(found), "live_url": ""}
    return answer(request, "queues/kiosk_ticket.html", ticket_context(request, found) | context)


@audience("device")
@require_POST
def slips(request: Request, mall: str, key: str) -> HttpResponse:
    """Print a ticket's slip: asked for here, sent once that is committed, and told by the page it goes back to."""
    form = SlipForm(request.POST)
    printer = printer_of(request.actor.device)
    try:
        found = ticket_of_key(request.mall, key)
        if printer is None:
            raise NoPrinter(_("Di sini tidak ada pencetak. Foto kode QR-nya."))
        if not form.is_valid():
            raise NotUnderstood(_("Salinan ini bukan yang berikutnya; muat ulang halaman."))
        now = timezone.now()
        copy = form.cleaned_data["copy"]
        asked = printing.ask(found, printer=printer, copy=copy, by=request.actor, at=now)
    except RuleViolation as refusal:
        return _refused(request, refusal)
    if asked.is_new:
        # Told once: most often the page before has done so already.
        estimating.tell_wait(request.mall, found, at=now)
        address = request.build_absolute_uri(reverse("queues:ticket", args=[mall, key]))
        text = slip_text(found, copy=copy, url=address)
        transaction.on_commit(partial(printing.deliver, asked.slip, text, by=request.actor, at=now))
    return redirect("queues:kiosk_ticket", mall, key)


@audience("public")
@require_POST
def scan(request: Request, mall: str) -> HttpResponse:
    """Show the ticket whose code a scanner typed; before a kiosk of the hall its holder has thereby come."""
    form = ScanForm(request.POST)
    try:
        if not form.is_valid():
            raise NotUnderstood(_("Kode ini bukan nomor antrean MPP ini."))
        found = ticket_of_key(request.mall, form.key)
        if is_kiosk(request) and found.can_check_in:
            checking_in.check_in(found, by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _refused(request, refusal)
    return redirect("queues:kiosk_ticket", mall, found.key)


def _arrival(ticket: Ticket) -> datetime | None:
    """When the holder of a phone's number reported at the hall; nobody else has to."""
    return ticket.visit.checked_in_at if ticket.visit.origin == Origin.PHONE else None


def _refused(request: Request, refusal: RuleViolation) -> HttpResponse:
    """Say why not in the kiosk's own frame: no other page finds back by itself."""
    return answer(request, "queues/kiosk_refused.html", {"error": str(refusal)}, status=refusal.status)


def _note(now: HallStatus, outlet: int) -> str:
    """Say what an agency's line does not say already: that all its counters rest, or that it will close."""
    opening = now.openings.get(outlet)
    away = now.away(outlet)
    told = "" if opening and not opening.is_open else away
    return told or next(iter(now.coming_to(outlet)), "")


def _opening(opening: Opening | None) -> dict[str, object]:
    return {"open": opening is not None and opening.is_open, "opening_text": opening.text if opening else ""}
