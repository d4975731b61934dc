"""The inspections of a mall: the list, one that was made, and its report as PDF."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.inspections.models import Inspection
from pendopo.inspections.queries import inspections as shown
from pendopo.inspections.queries import papers
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.findings import standing, state_text
from pendopo.inspections.queries.knowing import known_then
from pendopo.inspections.queries.turns import fillers, progress
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import ReasonForm
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download, table_file


@audience("oversight")
@require_safe
def inspections(request: Request, mall: str) -> HttpResponse:
    """Show the inspections, the newest first."""
    cursor = request.GET.get("cursor", "")
    page = shown.page(request.mall, cursor=cursor)
    context = {
        "rows": [(row, shown.places_text(row.inspection)) for row in page.items],
        "standing": standing(request.mall, todays_date(request)),
        "next": page.next,
        "is_first": not cursor,
    }
    return answer(request, "inspections/inspections.html", context)


@audience("oversight")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    return table_file(kind, f"{mall}-sidak", shown.sheet(request.mall))


@audience("oversight")
@require_safe
def inspection(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Show what an inspection found, and what the system knew when it began."""
    return inspection_page(request, shown.inspection_of(request.mall, inspection))


def inspection_page(request: Request, found: Inspection, sent: ReasonForm | None = None) -> HttpResponse:
    """Answer with an inspection; a takeover that was refused stands there as it was sent."""
    today, people = todays_date(request), fillers(found)
    is_own = people[-1].account.pk == request.actor.account_id
    context = {
        "inspection": found,
        "visited": [
            (each, [(finding, state_text(finding, today), finding.is_late(today)) for finding in each.findings])
            for each in shown.visited(found)
        ],
        "known": known_then(found),
        "is_intact": found.is_signed and is_intact(found),
        "is_own": is_own,
        "fillers": people,
        "progress": None if found.is_signed else progress(found),
        "older": shown.older_checklist_text(found),
        "turn": None if found.is_signed or is_own else sent or ReasonForm(auto_id="turn-%s"),
    }
    return answer(request, "inspections/inspection.html", context, status=422 if sent else 200)


@audience("oversight")
@require_safe
def report(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Give the signed report as PDF/A."""
    found = shown.inspection_of(request.mall, inspection)
    if not found.is_signed:
        raise NotUnderstood(_("Laporan ada setelah sidak ditandatangani."))
    name = f"{mall}-sidak-{request.mall.local(found.begun_at):%Y-%m-%d-%H%M}.pdf"
    return download(papers.report(found), "application/pdf", name)
