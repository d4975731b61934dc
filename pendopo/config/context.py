from django.http import HttpRequest

from pendopo.agencies.queries.brand import addresses, bar_colour
from pendopo.agencies.types import NOBODY
from pendopo.config.middleware import live_origin


def place(request: HttpRequest) -> dict[str, object]:
    """Tell every template its mall and how that looks, who acts, and where `live` speaks."""
    mall = getattr(request, "mall", None)
    sheet, logo = addresses(mall) if mall else ("", "")
    return {
        "mall": mall,
        "brand_sheet": sheet,
        "brand_logo": logo,
        "brand_bar": bar_colour(mall) if mall else "",
        "actor": getattr(request, "actor", NOBODY),
        "live_origin": live_origin(request),
    }
