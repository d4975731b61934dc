"""Adding up days that are over: each once, and anew when a row of it changed since."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from pendopo.audit import actions as audit
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.performance.queries.fresh import (
    EDITION,
    FRESH,
    MOST_DAYS,
    ONE_DAY,
    first_day,
    known_days,
    last_over,
    values,
)
from pendopo.tenancy.models import Mall

# One worker at a time adds up a mall; whoever takes numbers never asks for this lock.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('performance.adding_up'), %s)"
KEEP = f"""{FRESH}, kept AS (
  INSERT INTO performance_servicerollup (
    mall_id, day, service_id, taken, completed, sent_away, absent, cancelled, done, handed_over, taken_in, by_phone,
    waits, served_seconds
  )
  SELECT %(mall)s, day, service_id, taken, completed, sent_away, absent, cancelled, done, handed_over, taken_in,
    by_phone, waits, served_seconds
  FROM services
)
INSERT INTO performance_dayrollup (mall_id, day, visitors, arrivals, made_at, edition)
SELECT %(mall)s, day, visitors, arrivals, %(at)s, {EDITION} FROM days
"""  # noqa: S608 - put together from statements of our own


@transaction.atomic
def add_up(mall: Mall, *, at: datetime) -> int:
    """Add up the days that ended since, those that were marked, and those of an earlier edition; return how many.

    At most a month at once; again: none.
    Stand inside the mall. A kill in between leaves everything as it was, the marks too.
    """
    _alone(mall)
    last, known = last_over(mall, at), known_days(mall)
    days = _marked(mall, min(last, known[1])) if known else []
    following = known[1] + ONE_DAY if known else first_day(mall)
    while following is not None and following <= last and len(days) < MOST_DAYS:
        days.append(following)
        following += ONE_DAY
    if days:
        _write(mall, days, at=at)
        audit.record("days.added_up", f"mall:{mall.pk}", by=None, at=at, after={"days": len(days)})
    return len(days)


@transaction.atomic
def rebuild(mall: Mall, days: Sequence[date], *, at: datetime) -> int:
    """Add up days anew whatever is kept of them, and return how many; those that were never added up are left out."""
    _alone(mall)
    known = known_days(mall)
    again = [day for day in days if known and day <= known[1]]
    if again:
        _write(mall, again, at=at)
        after = {"days": len(again), "first": min(again).isoformat(), "last": max(again).isoformat()}
        audit.record("days.rebuilt", f"mall:{mall.pk}", by=None, at=at, after=after)
    return len(again)


def _marked(mall: Mall, last: date) -> list[date]:
    # Those after the last one known come in their turn.
    marked = StaleDay.objects.filter(mall=mall, day__lte=last).values_list("day", flat=True)
    earlier = DayRollup.objects.filter(mall=mall, day__lte=last, edition__lt=EDITION).values_list("day", flat=True)
    return list(marked.union(earlier).order_by("day")[:MOST_DAYS])


def _alone(mall: Mall) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ALONE, [mall.pk])


def _write(mall: Mall, days: Sequence[date], *, at: datetime) -> None:
    # First the marks: whatever is marked from here on is added up again.
    StaleDay.objects.filter(mall=mall, day__in=days).delete()
    ServiceRollup.objects.filter(mall=mall, day__in=days).delete()
    DayRollup.objects.filter(mall=mall, day__in=days).delete()
    with connection.cursor() as cursor:
        cursor.execute(KEEP, {**values(mall, days), "at": at})
