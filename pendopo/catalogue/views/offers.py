from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
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
    today, language = todays_date(request), get_language()
    context = {
        "service": {
            "code": first.service_code,
            "name": first.in_language("service_name", language),
            "agency_code": first.agency_code,
            "agency_name": first.agency_name,
            "group": first.group,
            "description": first.in_language("description", language),
            "procedure": first.in_language("procedure", language),
        },
        "variants": [
            {
                "code": row.code,
                "name": row.variant_name,
                "requirements": row.requirements,
                "fee": fee_of(row, today),
                "fee_basis": fee["basis"] if (fee := row.fee_on(today)) else "",
                "fees_after": [
                    {"fee": Money(each["amount"]), "basis": each["basis"], "on": date.fromisoformat(each["valid_from"])}
                    for each in row.fees_after(today)
                ],
                "duration_text": row.duration,
            }
            for row in variants
        ],
        "standards": _standards(variants, today),
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
            "file": promise.get("file"),
            "components": [(each, text) for each in rules().public if (text := promise["texts"].get(each.code, ""))],
        }
        for row, promise in reversed(by_decree.values())
    ]


def fee_of(row: Published, today: date) -> Money | None:
    """Return what a published variant costs on a day, None when it is not known."""
    fee = row.fee_on(today)
    return Money(fee["amount"]) if fee else None
