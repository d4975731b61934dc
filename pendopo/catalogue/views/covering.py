"""One service at the coverage desk: what was decided of it, and the end of serving it twice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.catalogue.actions import covering as acts
from pendopo.catalogue.forms.coverage import ClosingForm, CoverageForm, OfficeForm
from pendopo.catalogue.queries import coverage as shown
from pendopo.kernel import attachments
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: Request, mall: str, code: str) -> HttpResponse:
    """Show what was decided of a service; decide it anew (POST)."""
    found = shown.covered(request.mall, request.actor, code)
    if request.method != "POST":
        return _page(request, found)
    form = CoverageForm(shown.outlets_for(found.service), request.POST)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            made = acts.decide_coverage(
                found.service, told.pop("coverage"), **told, by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Keputusan tersimpan: %(how)s.") % {"how": made.get_coverage_display()})
            return redirect("catalogue:coverage_service", mall, found.service.code)
    return _page(request, found, decision=form)


@audience("overseer")
@require_POST
def office(request: Request, mall: str, code: str) -> HttpResponse:
    """Note what the agency's own office does."""
    found = shown.covered(request.mall, request.actor, code)
    form = OfficeForm(request.POST, auto_id="office-%s")
    if form.is_valid():
        try:
            acts.note_own_office(found.service, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("catalogue:coverage_service", mall, found.service.code)
    return _page(request, found, office=form)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: Request, mall: str, code: str) -> HttpResponse:
    """Give the photo that proves a closing; record a closing with decree, photo and date (POST)."""
    found = shown.covered(request.mall, request.actor, code)
    if request.method != "POST":
        return attachments.served(*(found.office.file_path, found.office.file_name) if found.office else ("", ""))
    form = ClosingForm(request.POST, auto_id="closing-%s")
    if form.is_valid():
        try:
            photo = attachments.uploaded(request)
            acts.prove_closing(found.service, photo=photo, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penutupan loket instansi terbukti."))
            return redirect("catalogue:coverage_service", mall, found.service.code)
    return _page(request, found, closing=form)


def _page(
    request: Request,
    found: shown.Covered,
    *,
    decision: CoverageForm | None = None,
    office: OfficeForm | None = None,
    closing: ClosingForm | None = None,
) -> HttpResponse:
    now = {"coverage": found.coverage, "reason": found.decision.reason if found.decision else ""}
    known = {"state": found.office.state, "place": found.office.place} if found.office else {}
    context = {
        "found": found,
        "decisions": shown.decisions(found.service),
        "decision_form": decision or CoverageForm(shown.outlets_for(found.service), initial=now),
        "office_form": office or OfficeForm(auto_id="office-%s", initial=known),
        "closing_form": closing or ClosingForm(auto_id="closing-%s"),
        "most": attachments.MOST_MEGABYTES,
        "can_decide": request.actor.manages,
    }
    refused = decision or office or closing
    return answer(request, "catalogue/coverage_service.html", context, status=422 if refused else 200)
