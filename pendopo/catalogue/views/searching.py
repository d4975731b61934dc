from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.opening import openings
from pendopo.catalogue.life_events import LIFE_EVENTS
from pendopo.catalogue.models import Published
from pendopo.catalogue.queries import offers, searching
from pendopo.catalogue.queries.notices import announcements
from pendopo.catalogue.views.offers import fee_of
from pendopo.kernel.http import answer, audience
from pendopo.tenancy.queries import vans

LONGEST_QUERY = 100


@audience("public")
@require_safe
def search(request: Request, mall: str) -> HttpResponse:
    """Show the mall's services: all, those of an agency, or those that fit the words, the best first."""
    words = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    agency = request.GET.get("agency", "")[:12]
    page = searching.search(request.mall, words=words, agency=agency, cursor=request.GET.get("cursor", ""))
    today = todays_date(request)
    now = openings(request.mall, timezone.now())
    agencies = offers.agencies(request.mall)
    context = {
        "q": words,
        "agency": agency,
        "agencies": agencies,
        "services": [
            _listed(row, today, is_open=row.outlet_id in now and now[row.outlet_id].is_open) for row in page.items
        ],
        "nearest": page.nearest,
        "next": page.next,
        "vans": vans(request.mall),
        "announcements": announcements(request.mall, today),
        "life_events": LIFE_EVENTS,
    }
    return answer(request, "catalogue/search.html", context)


def _listed(row: Published, today: date, *, is_open: bool) -> dict[str, object]:
    fee = fee_of(row, today)
    return {
        "code": row.code,
        "name": row.name,
        "agency_name": row.agency_name,
        "fee_text": "" if fee is None else str(fee),
        "duration_text": row.duration,
        "open": is_open,
    }
