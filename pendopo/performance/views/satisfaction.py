"""Satisfaction month by month, on the page and as a table to take away."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import dates
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.performance.queries import satisfaction as shown
from pendopo.performance.queries.satisfaction import Month


@audience("oversight")
@require_safe
def satisfaction(request: Request, mall: str) -> HttpResponse:
    """Show how content visitors were in the last twelve months."""
    found = shown.months(request.mall, todays_date(request))
    context = {
        "chart": shown.chart(found),
        "heads": _heads(),
        "rows": [_values(each) for each in reversed(found)],
        "has_ratings": any(each.count for each in found),
    }
    return answer(request, "performance/satisfaction.html", context)


@audience("oversight")
@require_safe
def table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give these months as CSV or XLSX."""
    found = shown.months(request.mall, todays_date(request))
    rows = [_values(each) for each in reversed(found)]
    return table_file(kind, f"{mall}-kepuasan", Sheet(_("Kepuasan"), _heads(), rows))


def _heads() -> Sequence[str]:
    return (_("Bulan"), _("Penilaian"), _("Sangat puas (%)"), _("Nilai rata-rata × 25"))


def _values(each: Month) -> Sequence[Value]:
    return (dates.month(each.first), each.count, each.share, each.index)
