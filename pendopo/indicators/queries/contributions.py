"""What this mall did for an indicator: the tickets of its services that were finished or whose papers were taken in."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pendopo.indicators.models import Indicator, IndicatorService
from pendopo.kernel.cursors import Page, page_by_time
from pendopo.performance.queries.outcomes import Outcomes, outcomes
from pendopo.queues.models import Queue, Ticket
from pendopo.queues.types import Outcome
from pendopo.tenancy.models import Mall

MONTHS, PAGE, ALL = 12, 25, 5_000
COUNTED = (Outcome.DONE, Outcome.HANDED_OVER, Outcome.TAKEN_IN)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's tickets: finished, and taken in to be worked on."""

    first: date
    finished: int
    taken_in: int


def last_months(today: date) -> list[date]:
    """Return the first days of the last twelve months, this one first."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months


def by_month(mall: Mall, indicator: Indicator, today: date) -> Sequence[Month]:
    """Return what was done in each of the last twelve months, this one first; months without any too."""
    months, services = last_months(today), _services(mall, [indicator])
    found = outcomes(mall, months[-1], today, by="month", services=services) if services else {}
    return [_month(each, found.get(f"{each:%Y-%m}", Outcomes())) for each in months]


def this_year(mall: Mall, indicators: Collection[Indicator], today: date) -> dict[int, int]:
    """Return for each indicator how many tickets of the last twelve months count, in three queries."""
    services = _services(mall, indicators)
    totals: dict[int, int] = defaultdict(int)
    if services:
        found = outcomes(mall, last_months(today)[-1], today, by="service", services=services)
        for service, counted in found.items():
            for indicator in services[int(service)]:
                totals[indicator] += counted.done + counted.handed_over + counted.taken_in
    return totals


def tickets(
    mall: Mall, indicator: Indicator, month: date, last: date, *, cursor: str = "", size: int = PAGE
) -> Page[Ticket]:
    """Return the tickets of a month that count, the latest first: by number, never by name."""
    # By queue and day: the index of tickets begins so.
    rows = Ticket.objects.filter(
        mall=mall, queue__in=Queue.objects.filter(mall=mall), day__range=(month, last), outcome__in=COUNTED,
        variant__service__in=list(_services(mall, [indicator])),
    )  # fmt: skip
    return page_by_time(rows.select_related("queue", "variant__service"), cursor, size, by="day")


def _month(first: date, counted: Outcomes) -> Month:
    return Month(first, counted.done + counted.handed_over, counted.taken_in)


def _services(mall: Mall, indicators: Collection[Indicator]) -> dict[int, list[int]]:
    """Return for which indicators each service counts."""
    links: dict[int, list[int]] = defaultdict(list)
    rows = IndicatorService.objects.filter(mall=mall, indicator__in=indicators)
    for indicator, service in rows.values_list("indicator", "service"):
        links[service].append(indicator)
    return links
