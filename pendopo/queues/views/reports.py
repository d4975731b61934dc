"""The day's report as a page, as XLSX and CSV from the same tables, and the tickets under each of its figures."""

import csv
import io
from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from pendopo.agencies.http import Request
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.http import answer, audience
from pendopo.queues.queries import facts, reports
from pendopo.tenancy.models import Mall

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE = 200
ONE_DAY = timedelta(days=1)
# What a spreadsheet program would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")

type Value = str | int | float | None


@audience("manager")
@require_safe
def report(request: Request, mall: str) -> HttpResponse:
    """Show what happened on a day."""
    day = _day(request)
    today = request.mall.local(timezone.now()).date()
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
    day = _day(request)
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
def workbook(request: Request, mall: str) -> HttpResponse:
    """Give the report as XLSX: a sheet for each table, and all tickets by number."""
    day = _day(request)
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, table in enumerate(reports.day_report(request.mall, day), start=1):
        rows: list[list[Value]] = [[line.label, *(figure.value for figure in line.figures)] for line in table.lines]
        _fill(book.create_sheet(f"{place} {table.title}"[:31].replace("/", "-")), list(table.heads), rows)
    _fill(book.create_sheet(_("Nomor")), _ticket_heads(), _ticket_rows(request.mall, day))
    content = io.BytesIO()
    book.save(content)
    return _file(content.getvalue(), XLSX, f"{_name(request.mall, day)}.xlsx")


@audience("manager")
@require_safe
def commas(request: Request, mall: str) -> HttpResponse:
    """Give the report as CSV: the tables below each other, each with its title."""
    day = _day(request)
    text = io.StringIO()
    writer = csv.writer(text)
    for table in reports.day_report(request.mall, day):
        writer.writerow([_safe(table.title)])
        writer.writerow([_safe(head) for head in table.heads])
        for line in table.lines:
            writer.writerow([_safe(line.label), *("" if f.value is None else f.value for f in line.figures)])
        writer.writerow([])
    # The mark of UTF-8, without which spreadsheet programs misread every letter beyond ASCII.
    return _file(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", f"{_name(request.mall, day)}.csv")


def _day(request: Request) -> date:
    text = request.GET.get("day", "")
    if not text:
        return request.mall.local(timezone.now()).date()
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise NotUnderstood(_("Tanggal tidak dikenal. Tulis seperti 2026-11-16.")) from error
    if not 2000 <= day.year < 2100:
        raise NotUnderstood(_("Tanggal tidak dikenal. Tulis seperti 2026-11-16."))
    return day


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


def _fill(sheet: Worksheet, heads: list[str], rows: list[list[Value]]) -> None:
    first: list[Value] = [*heads]
    for line, row in enumerate([first, *rows], start=1):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(line, column, value)
            if isinstance(value, str):
                # Never a formula, whatever a service is called.
                cell.data_type = "s"
            elif isinstance(value, float):
                cell.number_format = "0.0"
            if line == 1:
                cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 40


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _name(mall: Mall, day: date) -> str:
    return f"{mall.slug}-{day.isoformat()}"


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
