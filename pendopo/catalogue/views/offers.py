from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries.opening import opening
from pendopo.catalogue.components import rules
from pendopo.catalogue.models import Published
from pendopo.catalogue.queries import offers
from pendopo.kernel.http import answer, audience
from pendopo.kernel.money import Money
from pendopo.kernel.phones import keep_phone_key


@audience("public")
@require_safe
def service(request: Request, mall: str, code: str) -> HttpResponse:
    """Show what to bring, what it costs and how long it takes, and let whoever is here take a ticket."""
    variants = offers.published_service(request.mall, code)
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
                "fee": fee_of(row),
                "fee_basis": row.fee_basis,
                "duration_text": row.duration,
            }
            for row in variants
        ],
        "standards": _standards(variants, todays_date(request)),
        "chosen": code if any(row.code == code for row in variants) else first.code,
        "opening": opening(request.mall, first.outlet_id, timezone.now()),
    }
    # Before the number is taken: two tabs of one browser are then the same phone.
    return keep_phone_key(request, answer(request, "catalogue/service.html", context))


def _standards(variants: Sequence[Published], today: date) -> list[dict[str, object]]:
    """Return what is promised, once where one standard holds for all variants."""
    held = [(row, promise) for row in variants if (promise := row.standard_on(today))]
    by_decree = {(promise["code"], promise["valid_from"]): (row, promise) for row, promise in reversed(held)}
    return [
        {
            "name": row.variant_name if promise["code"] == row.code and row.code != row.service_code else "",
            "decree": promise["decree"],
            "components": [(each, text) for each in rules().public if (text := promise["texts"].get(each.code, ""))],
        }
        for row, promise in reversed(by_decree.values())
    ]


def fee_of(row: Published) -> Money | None:
    """Return what a published variant costs, None when it is not known."""
    return None if row.fee_amount is None else Money(row.fee_amount)
