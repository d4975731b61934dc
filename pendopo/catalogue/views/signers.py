"""Who signs an agency's maklumat pelayanan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.agencies.queries.directory import agency_of
from pendopo.catalogue.actions import charters as acts
from pendopo.catalogue.forms.charters import SignerForm
from pendopo.catalogue.queries import charters as shown
from pendopo.kernel.forms import carried_out
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
    context = {
        "agency": found,
        "signers": shown.signers(request.mall, found.code),
        "form": form,
        "can_decide": request.actor.steers(found.pk),
    }
    return answer(request, "catalogue/charter_signer.html", context, status=422 if form.is_bound else 200)
