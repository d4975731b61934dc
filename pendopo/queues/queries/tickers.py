"""The running line below a board: what the mall writes, then who is not open now and why, then who will close."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.agencies.queries.directory import outlets_of
from pendopo.queues.queries.status import HallStatus, hall_status
from pendopo.tenancy.models import Mall

MOST_LINES = 8
# Of which the mall writes at most so many, so that the reasons for closing still find room.
MOST_WRITTEN = 5


@dataclass(frozen=True, slots=True)
class Written:
    """A line that the mall wrote, with its English, from a day and until a day (each of them included)."""

    text: str
    english: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def stands_on(self, day: date) -> bool:
        """Whether boards show it on a day."""
        return (self.starts_on is None or self.starts_on <= day) and (self.ends_on is None or day <= self.ends_on)

    @property
    def told(self) -> str:
        """The line in the reader's language; where it has no English, in Indonesian."""
        return (self.english or self.text) if (get_language() or "").startswith("en") else self.text


def written_lines(mall: Mall) -> list[Written]:
    """Return the lines that the mall wrote, in their order, also those of other days."""
    kept = mall.texts.get("ticker", [])
    found = [_read(line) for line in kept] if isinstance(kept, list) else []
    return [line for line in found if line.text]


def _read(line: object) -> Written:
    """Read a line as it is kept: a mall's first lines were bare sentences."""
    if not isinstance(line, dict):
        return Written(str(line).strip())
    days = [date.fromisoformat(line[name]) if line.get(name) else None for name in ("from", "until")]
    return Written(line.get("id", "").strip(), line.get("en", "").strip(), *days)


def ticker(mall: Mall, at: datetime) -> list[str]:
    """Return the lines; whoever is away for the same reason shares one."""
    today = mall.local(at).date()
    lines = [line.told for line in written_lines(mall) if line.stands_on(today)]
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
