"""The day's report as a page, as XLSX and CSV from the same tables, and the tickets under each of its figures."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, asked_day, todays_date
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import CSV, XLSX, Sheet, Value, commas, download, workbook
from pendopo.queues.queries import facts, reports
from pendopo.tenancy.models import Mall

A_PAGE = 200
ONE_DAY = timedelta(days=1)


@audience("manager")
@require_safe
def report(request: Request, mall: str) -> HttpResponse:
    """Show what happened on a day."""
    day = asked_day(request)
    today = todays_date(request)
    context = {
        "day": day,
        "before": day - ONE_DAY,
        "after": day + ONE_DAY if day < today else None,
        "tables": reports.day_report(request.mall, day),
        "has_tickets": facts.totals(request.mall, day)[1] > 0,
        "at": timezone.now(),
    }
    return answer(request, "queues/report.html", context)


@audience("manager")
@require_safe
def tickets(request: Request, mall: str) -> HttpResponse:
    """List the tickets under a figure, by number."""
    day = asked_day(request)
    given = {name: request.GET.get(name, "") for name in request.GET}
    asked = {name: value for name, value in given.items() if name not in {"day", "page"} and value}
    if any(name not in facts.CONDITIONS or not facts.is_known(name, value) for name, value in asked.items()):
        raise NotUnderstood(_("Angka ini tidak dikenal. Kembali ke laporan dan pilih lagi."))
    page = request.GET.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and 0 < int(page) < 10_000 else 1
    found = facts.facts(request.mall, day, asked, first=(number - 1) * A_PAGE, most=A_PAGE + 1)
    query = request.GET.copy()
    query["page"] = str(number + 1)
    context = {
        "day": day,
        "tickets": [_minutes(one) for one in found[:A_PAGE]],
        "next": query.urlencode() if len(found) > A_PAGE else "",
        "first": (number - 1) * A_PAGE + 1,
    }
    return answer(request, "queues/report_tickets.html", context)


@audience("manager")
@require_safe
def as_workbook(request: Request, mall: str) -> HttpResponse:
    """Give the report as XLSX: a sheet for each table, and all tickets by number."""
    day = asked_day(request)
    tables = [
        Sheet(f"{place} {sheet.title}", sheet.heads, sheet.rows)
        for place, sheet in enumerate(_sheets(request.mall, day), start=1)
    ]
    tables.append(Sheet(_("Nomor"), _ticket_heads(), _ticket_rows(request.mall, day)))
    return download(workbook(tables), XLSX, f"{_name(request.mall, day)}.xlsx")


@audience("manager")
@require_safe
def as_commas(request: Request, mall: str) -> HttpResponse:
    """Give the report as CSV: the tables below each other, each with its title."""
    day = asked_day(request)
    return download(commas(_sheets(request.mall, day)), CSV, f"{_name(request.mall, day)}.csv")


def _sheets(mall: Mall, day: date) -> list[Sheet]:
    return [
        Sheet(table.title, table.heads, [[line.label, *(f.value for f in line.figures)] for line in table.lines])
        for table in reports.day_report(mall, day)
    ]


def _minutes(one: facts.Fact) -> dict[str, object]:
    times = {"wait": one.wait, "way": one.way, "service_time": one.service_time}
    return {"fact": one} | {name: reports.Figure(_rounded(seconds)).text for name, seconds in times.items()}


def _rounded(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 60, 1)


def _ticket_heads() -> list[str]:
    times = (_("Tunggu (menit)"), _("Jalan (menit)"), _("Layanan (menit)"))
    return [_("Nomor"), _("Layanan"), _("Asal"), _("Diambil"), _("Loket"), _("Keadaan"), *times]


def _ticket_rows(mall: Mall, day: date) -> list[list[Value]]:
    return [
        [
            one.number,
            one.service,
            one.origin_text,
            dates.hour(one.taken_at, mall.timezone) if one.taken_at else "",
            one.counter,
            one.state_text,
            _rounded(one.wait),
            _rounded(one.way),
            _rounded(one.service_time),
        ]
        for one in facts.facts(mall, day, {})
    ]


def _name(mall: Mall, day: date) -> str:
    return f"{mall.slug}-{day.isoformat()}"
