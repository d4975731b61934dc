from django.http import HttpRequest

from pendopo.agencies.types import NOBODY
from pendopo.config.middleware import live_origin


def place(request: HttpRequest) -> dict[str, object]:
    """Tell every template its mall, who acts, and where `live` speaks."""
    return {
        "mall": getattr(request, "mall", None),
        "actor": getattr(request, "actor", NOBODY),
        "live_origin": live_origin(request),
    }
