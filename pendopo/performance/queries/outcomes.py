"""What became of tickets, day by day: from rollups, and from rows where no rollup says it yet."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from pendopo.performance.queries.fresh import EDITION, OUTCOMES
from pendopo.tenancy.models import Mall

# Today, what ended since the last adding up, and what changed since: as a rule today alone.
LOOSE = f"""
SELECT day FROM performance_staleday WHERE mall_id = %(mall)s AND day BETWEEN %(first)s AND %(last)s
UNION
SELECT day FROM performance_dayrollup
WHERE mall_id = %(mall)s AND edition < {EDITION} AND day BETWEEN %(first)s AND %(last)s
UNION
SELECT generate_series(
  greatest(%(first)s::date, (SELECT max(day) + 1 FROM performance_dayrollup WHERE mall_id = %(mall)s)),
  %(last)s::date, interval '1 day'
)::date
"""  # noqa: S608 - put together from statements of our own
# Rows by queue and day: the index of tickets begins so.
COUNTED = f"""
WITH loose AS (
  SELECT t.day, v.service_id, t.outcome, x.origin
  FROM queues_queue q
  JOIN queues_ticket t ON t.mall_id = q.mall_id AND t.queue_id = q.id AND t.day = ANY(%(loose)s)
  JOIN queues_visit x ON x.mall_id = %(mall)s AND x.id = t.visit_id
  JOIN catalogue_variant v ON v.mall_id = %(mall)s AND v.id = t.variant_id
  WHERE q.mall_id = %(mall)s
), counted AS (
  SELECT day, service_id, {OUTCOMES} FROM loose GROUP BY day, service_id
  UNION ALL
  SELECT day, service_id, taken, done, handed_over, taken_in, by_phone
  FROM performance_servicerollup
  WHERE mall_id = %(mall)s AND day BETWEEN %(first)s AND %(last)s AND NOT day = ANY(%(loose)s)
)
SELECT {{key}}, sum(taken)::int, sum(done)::int, sum(handed_over)::int, sum(taken_in)::int, sum(by_phone)::int
FROM counted WHERE %(services)s::bigint[] IS NULL OR service_id = ANY(%(services)s) GROUP BY 1
"""  # noqa: S608 - as above
KEYS = {"day": "day::text", "month": "to_char(day, 'YYYY-MM')", "service": "service_id::text"}


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Tickets added up: all, those done, with papers handed over or taken in, and those taken by phone."""

    taken: int = 0
    done: int = 0
    handed_over: int = 0
    taken_in: int = 0
    by_phone: int = 0


def outcomes(
    mall: Mall, first: date, last: date, *, by: str, services: Collection[int] | None = None
) -> dict[str, Outcomes]:
    """Add up a stretch of days by `day`, `month` ("2026-11") or `service` (its number), exactly as their rows are now.

    All services, or those named; two queries.
    """
    with connection.cursor() as cursor:
        span: dict[str, int | date | list[date] | list[int] | None] = {"mall": mall.pk, "first": first, "last": last}
        cursor.execute(LOOSE, span)
        loose = [day for (day,) in cursor.fetchall()]
        named = None if services is None else list(services)
        cursor.execute(COUNTED.format(key=KEYS[by]), {**span, "loose": loose, "services": named})
        return {row[0]: Outcomes(*row[1:]) for row in cursor.fetchall()}
