"""The kiosk: an agency, a service, a number. A registered device is a kiosk; any other browser counts as a phone."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries import openings
from pendopo.catalogue.queries import agencies as published_agencies
from pendopo.catalogue.queries import services_of_agency
from pendopo.kernel.errors import NotFound
from pendopo.kernel.http import answer, audience
from pendopo.queues.queries.tickets import ticket_of_key
from pendopo.queues.views.tickets import ticket_context

SERVICES_A_PAGE = 10


@audience("public")
@require_safe
def agencies(request: Request, mall: str) -> HttpResponse:
    """Show the agencies, each with whether it receives people now."""
    now = openings(request.mall, timezone.now())
    rows = []
    for row in published_agencies(request.mall):
        opening = now.get(row.outlet_id)
        rows.append(
            {
                "code": row.code,
                "name": row.name,
                "count": row.count,
                "open": opening is not None and opening.is_open,
                "opening_text": opening.text if opening else "",
            }
        )
    return answer(request, "queues/kiosk.html", {"agencies": rows})


@audience("public")
@require_safe
def services(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show an agency's services, a page at a time; touching one takes a number."""
    found = services_of_agency(request.mall, agency.replace("\x00", ""))
    if not found:
        raise NotFound(_("Instansi ini tidak ada di MPP ini."))
    page = Paginator(found, SERVICES_A_PAGE).get_page(request.GET.get("page"))
    opening = openings(request.mall, timezone.now()).get(found[0].outlet_id)
    is_open = opening is not None and opening.is_open
    here = reverse("queues:kiosk_services", args=[mall, agency])
    context = {
        "agency": {"code": agency, "name": found[0].agency_name},
        "opening": opening,
        "services": [
            {
                "code": row.code,
                "name": row.name,
                "duration_text": row.duration,
                "open": is_open,
                "opening_text": opening.text if opening else "",
            }
            for row in page
        ],
        "previous_url": f"{here}?page={page.previous_page_number()}" if page.has_previous() else "",
        "next_url": f"{here}?page={page.next_page_number()}" if page.has_next() else "",
    }
    return answer(request, "queues/kiosk_services.html", context)


@audience("key")
@require_safe
def ticket(request: Request, mall: str, key: str) -> HttpResponse:
    """Show the number with its QR code, until somebody touches or nobody does."""
    return answer(request, "queues/kiosk_ticket.html", ticket_context(request, ticket_of_key(request.mall, key)))
