"""The end of sites and zones: first what it means, then the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.agencies.queries import sites as shown
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import endings as acts
from pendopo.queues.queries import consequences


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def site(request: Request, mall: str, site: int) -> HttpResponse:
    """Show what the end of a site would mean; end it (POST)."""
    found = shown.hall(request.mall, site)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: acts.end_site(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("%(name)s berakhir; layanannya tidak tampil lagi.") % {"name": found.name})
        return redirect("agencies:sites", mall)
    means = consequences.site_ending(found)
    context = {"site": found, "means": means, "form": form, "can_decide": request.actor.manages}
    return answer(request, "queues/site_ending.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def zone(request: Request, mall: str, zone: int) -> HttpResponse:
    """Show what stands in a zone; end it (POST)."""
    found = shown.zone(request.mall, zone)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: acts.end_zone(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("Zona %(name)s berakhir.") % {"name": found.name})
        return redirect("agencies:site_settings", mall, found.site_id)
    means = consequences.zone_ending(found)
    context = {"zone": found, "means": means, "form": form, "can_decide": request.actor.manages}
    return answer(request, "queues/zone_ending.html", context, status=422 if form.is_bound else 200)
