"""What is known afterwards of hours in which nobody watched the counters: who sat where, and who was to sit there."""

from datetime import date, datetime

from pendopo.agencies.queries.roster import days_between, shifts
from pendopo.kernel.spans import Span
from pendopo.queues.models import CounterSession, Vacancy
from pendopo.queues.queries.missing import day_span
from pendopo.tenancy.models import Mall


def unseen_days(mall: Mall, first: date, last: date, *, at: datetime) -> set[date]:
    """Return the days on which nobody sat at any counter of the mall and no look saw one empty.

    The machine was off, or the mall closed without telling: nobody kept a promise then, and nobody is accused.
    """
    found = set(days_between(first, last))
    for spans in sat(mall, Span(day_span(mall, first).starts_at, day_span(mall, last).ends_at), at).values():
        for span in spans:
            found -= set(days_between(mall.local(span.starts_at).date(), mall.local(span.ends_at).date()))
    return found - set(Vacancy.objects.filter(mall=mall, day__in=found).values_list("day", flat=True))


def sat(mall: Mall, days: Span, at: datetime) -> dict[int, list[Span]]:
    """Return, by counter, when somebody sat there within a span; who still sits there does so until `at`."""
    rows = CounterSession.objects.filter(mall=mall, started_at__lt=days.ends_at).exclude(ended_at__lte=days.starts_at)
    found: dict[int, list[Span]] = {}
    for counter, starts_at, ended_at in rows.values_list("counter_id", "started_at", "ended_at"):
        found.setdefault(counter, []).append(Span(starts_at, ended_at or at))
    return found


def on_duty(mall: Mall, first: date, last: date) -> dict[int, list[tuple[Span, int]]]:
    """Return, by counter, who was to sit there, and when."""
    found: dict[int, list[tuple[Span, int]]] = {}
    for shift in shifts(mall, first, last):
        if not shift.has_nobody:
            found.setdefault(shift.duty.counter_id, []).append((shift.span, shift.person.pk))
    return found
