"""The mall's account at its gateway."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.audit.queries import decisions
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.payments.actions import merchants as acts
from pendopo.payments.forms.merchants import MerchantForm
from pendopo.payments.models import Merchant


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def merchant(request: Request, mall: str) -> HttpResponse:
    """Show under which name the mall is known at its gateway, never its secrets; write it down (POST)."""
    known = Merchant.objects.filter(mall=request.mall).first()
    form = MerchantForm(known, request.POST if request.method == "POST" else None)

    def write() -> None:
        reason = form.cleaned_data["reason"]
        acts.write(request.mall, form.facts, reason=reason, by=request.actor, at=timezone.now())

    if carried_out(form, write):
        messages.success(request, _("Akun QRIS tersimpan."))
        return redirect("payments:merchant", mall)
    context = {
        "merchant": known,
        "form": form,
        "notify_base": request.build_absolute_uri(f"/m/{request.mall.slug}"),
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, ("merchant.written",)),
    }
    return answer(request, "payments/merchant.html", context, status=422 if form.is_bound else 200)
