"""The running line below a board: what the mall writes, then who is not open now and why."""

from datetime import datetime

from django.utils.translation import gettext as _

from pendopo.agencies.queries import openings, outlets_of
from pendopo.tenancy.models import Mall

MOST_LINES = 8


def ticker(mall: Mall, at: datetime) -> list[str]:
    """Return the lines; agencies that are away for the same reason share one."""
    written = mall.texts.get("ticker", [])
    lines = [str(line) for line in written if str(line).strip()] if isinstance(written, list) else []
    state = openings(mall, at)
    away: dict[str, list[str]] = {}
    for outlet in outlets_of(mall):
        opening = state.get(outlet.pk)
        if opening and opening.state != "open":
            away.setdefault(opening.text, []).append(outlet.agency.short_name if outlet.agency else _("Loket bersama"))
    lines += [f"{text}: {', '.join(names)}" for text, names in away.items()]
    return lines[:MOST_LINES]
