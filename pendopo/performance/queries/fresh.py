"""Days added up from their rows: the one statement by which rollups are made, and against which they are verified."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from pendopo.performance.models import DayRollup
from pendopo.queues.queries.facts import FACTS
from pendopo.tenancy.models import Mall

ONE_DAY = timedelta(days=1)
# A transaction that began on a day may still end shortly after it, without having marked it.
SETTLED = timedelta(minutes=5)
# Days that are added up by one statement.
MOST_DAYS = 31
# What a rollup holds now; one of an earlier edition is added up anew.
EDITION = 2

# What became of tickets, and how they came, of rows with `outcome` and `origin`.
OUTCOMES = """count(*)::int AS taken, count(*) FILTER (WHERE outcome = 'done')::int AS done,
    count(*) FILTER (WHERE outcome = 'handed_over')::int AS handed_over,
    count(*) FILTER (WHERE outcome = 'taken_in')::int AS taken_in,
    count(*) FILTER (WHERE origin = 'phone')::int AS by_phone"""

FRESH = f"""{FACTS}, services AS (
  SELECT day, service_id, {OUTCOMES}, count(*) FILTER (WHERE state = 'completed')::int AS completed,
    count(*) FILTER (WHERE outcome = 'sent_away')::int AS sent_away,
    count(*) FILTER (WHERE state = 'absent')::int AS absent,
    count(*) FILTER (WHERE state = 'cancelled')::int AS cancelled,
    coalesce(array_agg(round(wait)::int ORDER BY wait) FILTER (WHERE wait IS NOT NULL), '{{}}') AS waits,
    coalesce(sum(round(service)), 0)::bigint AS served_seconds
  FROM facts GROUP BY day, service_id
), comings AS (
  SELECT DISTINCT day, visit_id, greatest(0, least(1439, floor(extract(
    epoch FROM (checked_in_at AT TIME ZONE %(zone)s) - day::timestamp
  ) / 60)))::smallint AS minute
  FROM facts WHERE has_come
), days AS (
  SELECT d.day, count(c.visit_id)::int AS visitors,
    coalesce(array_agg(c.minute ORDER BY c.minute) FILTER (WHERE c.visit_id IS NOT NULL), '{{}}') AS arrivals
  FROM unnest(%(days)s::date[]) AS d (day) LEFT JOIN comings c ON c.day = d.day GROUP BY d.day
)
"""  # noqa: S608 - put together from statements of our own


def values(mall: Mall, days: Sequence[date]) -> dict[str, int | str | date | list[date]]:
    """Return what the statement asks for."""
    return {"mall": mall.pk, "zone": mall.timezone, "days": list(days)}


def last_over(mall: Mall, at: datetime) -> date:
    """Return the last day that is over and settled in a mall, and for whose rows the triggers mark it already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (statement_timestamp() AT TIME ZONE 'Asia/Jayapura')::date")
        (marked_before,) = cursor.fetchone()
    today: date = min(mall.local(at - SETTLED).date(), marked_before)
    return today - ONE_DAY


def known_days(mall: Mall) -> tuple[date, date] | None:
    """Return the first and the last day of which there are rollups; None before the first."""
    ordered = DayRollup.objects.filter(mall=mall).values_list("day", flat=True)
    first = ordered.order_by("day").first()
    last = ordered.order_by("-day").first()
    return (first, last) if first and last else None


def first_day(mall: Mall) -> date | None:
    """Return the day of the mall's first ticket."""
    with connection.cursor() as cursor:
        # The first of each queue is found in the index, the first of all would be looked for in every row.
        cursor.execute(
            "SELECT min(f.day) FROM queues_queue q CROSS JOIN LATERAL (SELECT t.day FROM queues_ticket t"
            " WHERE t.mall_id = q.mall_id AND t.queue_id = q.id ORDER BY t.day LIMIT 1) f WHERE q.mall_id = %s",
            [mall.pk],
        )
        (found,) = cursor.fetchone()
    return found if isinstance(found, date) else None
