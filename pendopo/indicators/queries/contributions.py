"""What this mall did for an indicator: the tickets of its services that were finished or whose papers were taken in."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth

from pendopo.catalogue.models import Variant
from pendopo.indicators.models import Indicator, IndicatorService
from pendopo.kernel.cursors import Page, page_by_time
from pendopo.queues.models import Queue, Ticket
from pendopo.queues.types import Outcome
from pendopo.tenancy.models import Mall

MONTHS, PAGE, ALL = 12, 25, 5_000
FINISHED = (Outcome.DONE, Outcome.HANDED_OVER)
COUNTED = (*FINISHED, Outcome.TAKEN_IN)
FINISHED_COUNT = Count("pk", filter=Q(outcome__in=FINISHED))
TAKEN_IN_COUNT = Count("pk", filter=Q(outcome=Outcome.TAKEN_IN))


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
    months = last_months(today)
    found = _tickets(mall, months[-1], today).filter(variant__in=list(_variants(mall, [indicator])))
    counted = {
        row["month"]: (row["finished"], row["taken_in"])
        for row in found.annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(finished=FINISHED_COUNT, taken_in=TAKEN_IN_COUNT)
    }
    return [Month(each, *counted.get(each, (0, 0))) for each in months]


def this_year(mall: Mall, indicators: Collection[Indicator], today: date) -> dict[int, int]:
    """Return for each indicator how many tickets of the last twelve months count, in three queries."""
    counts = _variants(mall, indicators)
    totals: dict[int, int] = defaultdict(int)
    if counts:
        found = _tickets(mall, last_months(today)[-1], today).filter(variant__in=list(counts))
        for variant, tickets in found.values_list("variant").annotate(tickets=Count("pk")).order_by():
            for indicator in counts[variant]:
                totals[indicator] += tickets
    return totals


def tickets(
    mall: Mall, indicator: Indicator, month: date, last: date, *, cursor: str = "", size: int = PAGE
) -> Page[Ticket]:
    """Return the tickets of a month that count, the latest first: by number, never by name."""
    rows = _tickets(mall, month, last).filter(variant__in=list(_variants(mall, [indicator])))
    return page_by_time(rows.select_related("queue", "variant__service"), cursor, size, by="day")


def _variants(mall: Mall, indicators: Collection[Indicator]) -> dict[int, list[int]]:
    """Return for which indicators each variant counts.

    Named to the statement one by one: joined, the planner took them for one and read all tickets once for each.
    """
    links: dict[int, list[int]] = defaultdict(list)
    for indicator, service in IndicatorService.objects.filter(mall=mall, indicator__in=indicators).values_list(
        "indicator", "service"
    ):
        links[service].append(indicator)
    rows = Variant.objects.filter(mall=mall, service__in=list(links)).values_list("pk", "service")
    return {variant: links[service] for variant, service in rows}


def _tickets(mall: Mall, first: date, last: date) -> QuerySet[Ticket]:
    # By queue and day: the index of tickets begins so.
    queues = Queue.objects.filter(mall=mall)
    return Ticket.objects.filter(mall=mall, queue__in=queues, day__range=(first, last), outcome__in=COUNTED)
