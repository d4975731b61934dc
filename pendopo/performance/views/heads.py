"""The head's page, on a phone and on a wall."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience
from pendopo.performance.queries import heads


@audience("oversight")
@require_safe
def head(request: Request, mall: str) -> HttpResponse:
    """Show how the mall is today and this month, each figure with the way to its rows."""
    found = heads.head(request.mall, request.actor, timezone.now())
    return answer(request, "performance/head.html#head", {"head": found})
