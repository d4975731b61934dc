from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.queries.opening import opening, openings
from pendopo.catalogue import queries
from pendopo.catalogue.models import Published
from pendopo.kernel.http import answer, audience
from pendopo.kernel.money import Money
from pendopo.kernel.phones import keep_phone_key
from pendopo.tenancy.queries import vans

LONGEST_QUERY = 100


@audience("public")
@require_safe
def search(request: Request, mall: str) -> HttpResponse:
    """Show the mall's services: all, those of an agency, or those that hold every word looked for."""
    words = request.GET.get("q", "").replace("\x00", "")[:LONGEST_QUERY].strip()
    agency = request.GET.get("agency", "").replace("\x00", "")[:12]
    page = queries.search(request.mall, words=words, agency=agency, cursor=request.GET.get("cursor", ""))
    now = openings(request.mall, timezone.now())
    agencies = queries.agencies(request.mall)
    context = {
        "q": words,
        "agency": agency,
        "agencies": agencies,
        "services": [_listed(row, is_open=row.outlet_id in now and now[row.outlet_id].is_open) for row in page.items],
        "next": page.next,
        "vans": vans(request.mall),
    }
    return answer(request, "catalogue/search.html", context)


@audience("public")
@require_safe
def service(request: Request, mall: str, code: str) -> HttpResponse:
    """Show what to bring, what it costs and how long it takes, and let whoever is here take a ticket."""
    variants = queries.published_service(request.mall, code.replace("\x00", ""))
    first = variants[0]
    context = {
        "service": {
            "code": first.service_code,
            "name": first.service_name,
            "agency_code": first.agency_code,
            "agency_name": first.agency_name,
            "group": first.group,
            "description": first.description,
            "procedure": first.procedure,
        },
        "variants": [
            {
                "code": row.code,
                "name": row.variant_name,
                "requirements": row.requirements,
                "fee": _fee(row),
                "fee_basis": row.fee_basis,
                "duration_text": row.duration,
            }
            for row in variants
        ],
        "chosen": code if any(row.code == code for row in variants) else first.code,
        "opening": opening(request.mall, first.outlet_id, timezone.now()),
    }
    # Before the number is taken: two tabs of one browser are then the same phone.
    return keep_phone_key(request, answer(request, "catalogue/service.html", context))


def _listed(row: Published, *, is_open: bool) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "agency_name": row.agency_name,
        "fee_text": _fee_text(row),
        "duration_text": row.duration,
        "open": is_open,
    }


def _fee_text(row: Published) -> str:
    fee = _fee(row)
    return "" if fee is None else str(fee)


def _fee(row: Published) -> Money | None:
    return None if row.fee_amount is None else Money(row.fee_amount)
