"""The inspections of a mall: the list, a new one, one that was made, and its report as PDF."""

from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.inspections.actions import beginning
from pendopo.inspections.forms.beginning import BeginForm
from pendopo.inspections.queries import inspections as shown
from pendopo.inspections.queries import papers
from pendopo.inspections.queries.digests import is_intact
from pendopo.inspections.queries.findings import standing, state_text
from pendopo.inspections.queries.knowing import known_then
from pendopo.kernel.errors import NotUnderstood, RuleViolation
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
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Begin an inspection."""
    initial: dict[str, object] = {"id": uuid4()}
    form = BeginForm(request.mall, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        try:
            begun = beginning.begin(
                request.mall, sites=form.chosen, others=told["others"], team=told["team"], part=told["id"],
                by=request.actor, at=timezone.now(),
            )  # fmt: skip
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("inspections:form", mall, begun.pk)
    return answer(request, "inspections/new.html", {"form": form}, status=422 if form.is_bound else 200)


@audience("oversight")
@require_safe
def inspection(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Show what an inspection found, and what the system knew when it began."""
    found = shown.inspection_of(request.mall, inspection)
    today = todays_date(request)
    context = {
        "inspection": found,
        "visited": [
            (each, [(finding, state_text(finding, today)) for finding in each.findings])
            for each in shown.visited(found)
        ],
        "known": known_then(found),
        "is_intact": found.is_signed and is_intact(found),
        "is_own": found.account_id == request.actor.account_id,
        "today": today,
    }
    return answer(request, "inspections/inspection.html", context)


@audience("oversight")
@require_safe
def report(request: Request, mall: str, inspection: int) -> HttpResponse:
    """Give the signed report as PDF/A."""
    found = shown.inspection_of(request.mall, inspection)
    if not found.is_signed:
        raise NotUnderstood(_("Laporan ada setelah sidak ditandatangani."))
    name = f"{mall}-sidak-{request.mall.local(found.begun_at):%Y-%m-%d-%H%M}.pdf"
    return download(papers.report(found), "application/pdf", name)
