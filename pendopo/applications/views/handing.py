"""A product is given into somebody's hands, and they sign."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.applications.actions import handing as acts
from pendopo.applications.actions import owning
from pendopo.applications.actions.handing import Signed
from pendopo.applications.forms.handovers import NEW, OWNER, HandForm
from pendopo.applications.models import SIGNATURE, Handover
from pendopo.applications.queries import handovers as shown
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.people.queries.proxies import proxies_of
from pendopo.tenancy import sealing


@audience("keeper")
@require_http_methods(["GET", "HEAD", "POST"])
def handing(request: Request, mall: str, handover: int) -> HttpResponse:
    """Ask who takes a product and let them sign; then it is handed over."""
    found = shown.handover_of(request.mall, request.actor, handover)
    if found.state == Handover.State.HANDED:
        return redirect("applications:handover", mall, found.pk)
    proxies = list(proxies_of(found.owner, todays_date(request)))
    form = HandForm(
        proxies, request.POST if request.method == "POST" else None, is_person=found.owner.person_id is not None,
        was_sent=found.state == Handover.State.SENT,
        initial={"taker": OWNER if found.owner.person_id else NEW, "signed": "drawn"},
    )  # fmt: skip

    def act() -> None:
        said, at = form.cleaned_data, timezone.now()
        proxy = next((each for each in proxies if str(each.pk) == said["taker"]), None)
        if said["taker"] == NEW:
            proxy = owning.new_proxy(
                found.owner, name=said["name"], basis=said["basis"] or "attorney", document=said["document"],
                by=request.actor, at=at,
            )  # fmt: skip
        acts.hand(found, Signed(said["signed"], said["drawn"]), proxy=proxy, by=request.actor, at=at)

    if carried_out(form, act):
        messages.success(request, _("Sudah diserahkan."))
        return redirect("applications:handover", mall, found.pk)
    context = {"product": found, "form": form, "proxies": proxies}
    return answer(request, "applications/handing.html", context, status=422 if form.is_bound else 200)


@audience("keeper")
@require_safe
def signature(request: Request, mall: str, handed: int) -> HttpResponse:
    """Show the drawn signature of whoever took a product. Raises Http404 when none was drawn."""
    found = shown.handover_of(request.mall, request.actor, handed)
    receipt = shown.receipt_of(found)
    if receipt is None or not receipt.signature_sealed:
        raise Http404
    drawn = sealing.Sealer(request.mall.pk, SIGNATURE).unseal(bytes(receipt.signature_sealed))
    return HttpResponse(drawn, content_type="image/png", headers={"Cache-Control": "private, no-store"})
