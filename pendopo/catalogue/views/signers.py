"""Who signs an agency's maklumat pelayanan, and issuing it."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency
from pendopo.agencies.queries.directory import agency_of
from pendopo.catalogue.actions import charters as acts
from pendopo.catalogue.forms.charters import SignerForm, WishForm
from pendopo.catalogue.queries import charters as shown
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import carried_out, understood
from pendopo.kernel.http import answer, audience


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def signer(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show who signs an agency's maklumat, and who did before; name another (POST)."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    form = SignerForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: acts.name_signer(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Penanda tangan maklumat tersimpan."))
        return redirect("catalogue:charter_signer", mall, agency)
    return _shown(request, found, form, status=422 if form.is_bound else 200)


@audience("overseer")
@require_POST
def issuance(request: Request, mall: str, agency: str) -> HttpResponse:
    """Issue the maklumat with the next number and a signature."""
    found = agency_of(request.mall, agency, among=request.actor.overseen)
    wish = understood(WishForm(request.POST)).cleaned_data["id"]
    try:
        made = acts.issue_charter(
            found,
            request_id=wish,
            address_of=lambda code: request.build_absolute_uri(reverse("documents:document", args=[mall, code])),
            by=request.actor,
            at=timezone.now(),
        )
    except RuleViolation as refusal:
        return _shown(request, found, SignerForm(), status=refusal.status, problem=str(refusal))
    messages.success(request, _("Maklumat terbit dengan nomor %(number)s.") % {"number": made.number_text})
    return redirect("catalogue:charter_signer", mall, agency)


def _shown(request: Request, agency: Agency, form: SignerForm, *, status: int, problem: str = "") -> HttpResponse:
    context = {
        "agency": agency,
        "signers": shown.signers(request.mall, agency.code),
        "issued": shown.issued(request.mall, agency.code),
        "request_id": uuid4(),
        "form": form,
        "problem": problem,
        "can_decide": request.actor.steers(agency.pk),
    }
    return answer(request, "catalogue/charter_signer.html", context, status=status)
