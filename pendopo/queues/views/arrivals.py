"""Coming to the hall with a ticket, and coming back to it: from the holder's phone; and the code on boards."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience
from pendopo.queues.actions import checking_in, returning
from pendopo.queues.errors import WrongCode
from pendopo.queues.forms.arriving import CheckInForm
from pendopo.queues.queries.doors import door_code, seconds_left
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.queries.tickets import ticket_of_key
from pendopo.queues.views.tickets import ticket_context
from pendopo.tenancy.models import Site


@audience("key")
@require_POST
def come_back(request: Request, mall: str, key: str) -> HttpResponse:
    """Wait again after a missed call."""
    returning.come_back(ticket_of_key(request.mall, key), by=request.actor, at=timezone.now())
    return redirect("queues:ticket", mall, key)


@audience("key")
@require_http_methods(["GET", "POST"])
def check_in(request: Request, mall: str, key: str) -> HttpResponse:
    """Report at the hall with the code that its boards show; a wrong one is told beside its field."""
    ticket = ticket_of_key(request.mall, key)
    if request.method == "GET":
        # The page of a refused code, asked for again by its address.
        return redirect("queues:ticket", mall, key)
    form = CheckInForm(request.POST)
    if form.is_valid():
        try:
            checking_in.check_in(ticket, by=request.actor, at=timezone.now(), code=form.cleaned_data["code"])
        except WrongCode as refusal:
            form.add_error("code", str(refusal))
        else:
            return redirect("queues:ticket", mall, key)
    context = ticket_context(request, ticket) | {"check_in_problem": form.errors["code"][0]}
    return answer(request, "queues/ticket.html#ticket", context, status=422)


@audience("device")
@require_safe
@never_cache
def code(request: Request, mall: str) -> HttpResponse:
    """Tell a device of the hall what its board shows at the door, or nothing where nobody must report."""
    assert request.actor.device
    site = request.actor.device.site
    # At a van the code is what a number is taken with.
    if site.kind != Site.Kind.VAN and not rules_of(request.mall).check_in_required:
        return HttpResponse(status=204)
    at = timezone.now()
    return JsonResponse({"code": door_code(site.pk, at), "seconds": seconds_left(at)})
