"""For which service an agency's owners take a number to pick up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency
from pendopo.applications.actions.pick_up import set_pick_up
from pendopo.applications.forms.handovers import PickUpForm
from pendopo.applications.models import PickUpService
from pendopo.catalogue.models import Service
from pendopo.kernel.errors import NotFound
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def pick_up(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show and set the pick-up queue of an agency."""
    found = Agency.objects.filter(mall=request.mall, code=agency).first()
    overseen = request.actor.overseen
    if found is None or (overseen is not None and found.pk not in overseen):
        raise NotFound(_("Instansi ini tidak ada."))
    services = {str(each.pk): each for each in Service.objects.filter(mall=request.mall).order_by("name")}
    now = PickUpService.objects.filter(mall=request.mall, agency=found).first()
    sent = request.POST if request.method == "POST" else None
    form = PickUpForm(
        [(pk, each.name) for pk, each in services.items()],
        sent,
        initial={"service": str(now.service_id) if now else ""},
    )

    def act() -> None:
        said = form.cleaned_data
        set_pick_up(found, services.get(said["service"]), reason=said["reason"], by=request.actor, at=timezone.now())

    if carried_out(form, act):
        messages.success(request, _("Antrean pengambilan tersimpan."))
        return redirect("applications:pick_up", mall, agency)
    context = {"agency": found, "form": form, "can_set": request.actor.steers(found.pk)}
    return answer(request, "applications/pick_up.html", context, status=422 if form.is_bound else 200)
