"""A product as its owner follows it by the key on the slip or in the message."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from pendopo.agencies.http import Request
from pendopo.applications.queries.handovers import by_key
from pendopo.kernel.http import answer, audience


@audience("key")
@require_safe
def product(request: Request, mall: str, product: str) -> HttpResponse:
    """Show where a product is and what its owner does next."""
    return answer(request, "applications/product.html", {"product": by_key(request.mall, product)})
