"""A signing of many at once: one day, one place, everybody who signed there."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pendopo.agencies.actions import agreements as acts
from pendopo.agencies.forms.agreements import SigningForm
from pendopo.agencies.http import Request
from pendopo.agencies.queries import agreements as shown
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def signing(request: Request, mall: str) -> HttpResponse:
    """Show who has yet to sign, and record a day on which many did."""
    can_decide = request.actor.manages
    rows = shown.unsigned(request.mall) if can_decide else []
    form = SigningForm(rows, request.POST if request.method == "POST" else None)
    if form.is_valid():
        signatures, told = form.signatures, form.cleaned_data
        try:
            acts.sign_together(
                request.mall, signatures, day=told["day"], place=told["place"], by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            count = len(signatures)
            told_so = ngettext("%(count)d tanda tangan tercatat.", "%(count)d tanda tangan tercatat.", count)
            messages.success(request, told_so % {"count": count})
            return redirect("agencies:agreements", mall)
    context = {"form": form, "can_decide": can_decide, "most": shown.MOST_AT_ONCE}
    return answer(request, "agencies/signing.html", context, status=422 if form.is_bound else 200)
