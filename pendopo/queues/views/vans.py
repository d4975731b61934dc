"""Vans in public view: where each stands today and on coming days, what it brings, and a number where it is now."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience
from pendopo.queues.queries import vans as shown


@audience("public")
@require_safe
def vans(request: Request, mall: str) -> HttpResponse:
    """Show every van: where it is now, where it comes next, what it brings."""
    return answer(request, "queues/vans.html", {"vans": shown.vans(request.mall, timezone.now())})


@audience("public")
@require_safe
def van(request: Request, mall: str, van: int) -> HttpResponse:
    """Show a van's route with places and hours; while it stands somewhere, let whoever is there take a number."""
    return van_page(request, van)


def van_page(request: Request, van: int, *, problem: str = "", chosen: str = "") -> HttpResponse:
    """Show a van's page; with the problem of a code that was not the one shown at the van."""
    found = shown.van(request.mall, van, timezone.now())
    context = {
        "van": found,
        "asks_code": not shown.is_known_there(found.site, request.actor),
        "problem": problem,
        "chosen": chosen,
    }
    return answer(request, "queues/van.html", context, status=422 if problem else 200)
