"""When the agencies of a mall receive people in an ordinary week, for people to read."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby

from django.utils.translation import gettext as _

from pendopo.agencies.models import OpeningHours
from pendopo.kernel.dates import weekday_name
from pendopo.tenancy.models import Mall, Site

# The last minute of a day: a time of day cannot be 24.00.
ALL_DAY = time(23, 59)

type Day = tuple[time, time, time | None, time | None]


@dataclass(frozen=True, slots=True)
class Week:
    """A week in lines such as "Senin–Kamis", "08.00–15.00, istirahat 12.00–13.00", and the agencies that keep it."""

    lines: Sequence[tuple[str, str]]
    agencies: Sequence[str]


def weeks(mall: Mall) -> list[Week]:
    """Return the different weeks at the mall's standing sites, the one that most agencies keep first; one query."""
    rows = OpeningHours.objects.filter(mall=mall, outlet__ended_at=None).exclude(outlet__site__kind=Site.Kind.VAN)
    of: dict[tuple[str, str], dict[int, Day]] = defaultdict(dict)
    for row in rows.select_related("outlet__agency", "outlet__site").order_by("weekday"):
        agency = row.outlet.agency.short_name if row.outlet.agency else _("Loket bersama")
        of[row.outlet.site.name, agency][row.weekday] = (row.opens, row.closes, row.break_from, row.break_until)
    alike: dict[tuple[tuple[int, Day], ...], set[str]] = defaultdict(set)
    for (_site, agency), days in of.items():
        alike[tuple(days.items())].add(agency)
    in_turn = sorted(alike.items(), key=lambda each: (-len(each[1]), sorted(each[1])))
    return [Week(_lines(dict(days)), sorted(agencies)) for days, agencies in in_turn]


def _lines(days: dict[int, Day]) -> list[tuple[str, str]]:
    found = []
    for hours, run in groupby(range(1, 8), key=days.get):
        names = list(run)
        if hours is None:
            continue
        first, last = weekday_name(names[0]), weekday_name(names[-1])
        found.append((first if first == last else f"{first}–{last}", _hours(hours)))
    return found


def _hours(day: Day) -> str:
    opens, closes, break_from, break_until = day
    if opens == time.min and closes >= ALL_DAY:
        return _("24 jam")
    span = f"{opens:%H.%M}–{closes:%H.%M}"
    if break_from is None or break_until is None:
        return span
    return _("%(span)s, istirahat %(break)s") % {"span": span, "break": f"{break_from:%H.%M}–{break_until:%H.%M}"}
