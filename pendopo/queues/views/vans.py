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
    found = shown.van(request.mall, van, timezone.now())
    return answer(request, "queues/van.html", {"van": found})
