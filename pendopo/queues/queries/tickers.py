"""The running line below a board: what the mall writes, then who is not open now and why, then who will close."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from pendopo.agencies.queries.directory import outlets_of
from pendopo.queues.queries.status import HallStatus, hall_status
from pendopo.tenancy.models import Mall

MOST_LINES = 8


def ticker(mall: Mall, at: datetime) -> list[str]:
    """Return the lines; whoever is away for the same reason shares one."""
    written = mall.texts.get("ticker", [])
    lines = [str(line) for line in written if str(line).strip()] if isinstance(written, list) else []
    now = hall_status(mall, at)
    names = {
        outlet.pk: outlet.agency.short_name if outlet.agency else _("Loket bersama") for outlet in outlets_of(mall)
    }
    told: dict[str, list[str]] = {}
    for text, name in (*_away(now, names), *_resting(now), *_coming(now, names)):
        told.setdefault(text, []).append(name)
    lines += [f"{text}: {', '.join(who)}" for text, who in told.items()]
    return lines[:MOST_LINES]


def _away(now: HallStatus, names: dict[int, str]) -> Iterable[tuple[str, str]]:
    for pk, name in names.items():
        opening = now.openings.get(pk)
        if opening and opening.state != "open":
            yield opening.text, name


def _resting(now: HallStatus) -> Iterable[tuple[str, str]]:
    """Name the counters that rest while their outlet is open."""
    for counter in now.counters:
        if counter.rest and now.openings[counter.outlet_id].state == "open":
            yield counter.rest, _counter(counter.number, counter.agency)


def _coming(now: HallStatus, names: dict[int, str]) -> Iterable[tuple[str, str]]:
    of = {counter.pk: counter for counter in now.counters}
    for closing in now.coming:
        counter = of.get(closing.counter_id) if closing.counter_id else None
        yield closing.text, _counter(counter.number, counter.agency) if counter else names[closing.outlet_id]


def _counter(number: int, agency: str) -> str:
    label = _("Loket %(number)s") % {"number": number}
    return f"{label} {agency}".strip()
