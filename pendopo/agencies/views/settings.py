from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.kernel.http import answer, audience


@audience("manager")
@require_safe
def settings(request: Request, mall: str) -> HttpResponse:
    """Show everything that a mall decides, and where."""
    return answer(request, "agencies/settings.html", {})
