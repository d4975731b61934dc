"""Whether the rollups are true: every day rebuilt from its rows beside them, and compared value by value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

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

NAMES = (
    "taken", "completed", "sent_away", "absent", "cancelled", "done", "handed_over", "taken_in", "by_phone", "waits",
    "served_seconds",
)  # fmt: skip
# Rows, rollups and marks are seen at one moment: whatever changes meanwhile is either in all of them or in none.
COMPARE = f"""{FRESH}, kept AS MATERIALIZED (
  SELECT r.day, s.code AS service_code, r.service_id, {", ".join(f"r.{name}" for name in NAMES)}
  FROM performance_servicerollup r
  JOIN catalogue_service s ON s.mall_id = %(mall)s AND s.id = r.service_id
  WHERE r.mall_id = %(mall)s AND r.day = ANY(%(days)s)
), wrong AS (
  SELECT coalesce(f.day, k.day) AS day, coalesce(k.service_code, n.code) AS service, d.name, d.kept, d.rebuilt
  FROM services f
  FULL JOIN kept k ON k.day = f.day AND k.service_id = f.service_id
  LEFT JOIN catalogue_service n ON n.mall_id = %(mall)s AND n.id = f.service_id
  CROSS JOIN LATERAL (VALUES {", ".join(f"('{name}', k.{name}::text, f.{name}::text)" for name in NAMES)})
    AS d (name, kept, rebuilt)
  WHERE d.kept IS DISTINCT FROM d.rebuilt
  UNION ALL
  SELECT d.day, '', v.name, v.kept, v.rebuilt
  FROM days d
  LEFT JOIN performance_dayrollup k ON k.mall_id = %(mall)s AND k.day = d.day
  CROSS JOIN LATERAL (VALUES
    ('visitors', coalesce(k.visitors, 0)::text, d.visitors::text),
    ('arrivals', coalesce(k.arrivals, '{{}}')::text, d.arrivals::text)
  ) AS v (name, kept, rebuilt)
  WHERE v.kept IS DISTINCT FROM v.rebuilt
)
SELECT w.day, w.service, w.name, w.kept, w.rebuilt,
  EXISTS (SELECT FROM performance_staleday m WHERE m.mall_id = %(mall)s AND m.day = w.day)
    OR EXISTS (
      SELECT FROM performance_dayrollup e WHERE e.mall_id = %(mall)s AND e.day = w.day AND e.edition < {EDITION}
    )
FROM wrong w ORDER BY w.day, w.service, w.name
"""  # noqa: S608 - put together from statements of our own


@dataclass(frozen=True, slots=True)
class Difference:
    """A value of a rollup that is not what the rows say; None where there is no such row.

    `is_marked`: its day was marked since, or is of an earlier edition, and will be added up: nothing is broken.
    """

    day: date
    service: str
    name: str
    kept: str | None
    rebuilt: str | None
    is_marked: bool


def span(mall: Mall, first: date | None, last: date | None) -> list[date]:
    """Return the days that can be verified: those asked for, of those that were ever added up or have rows."""
    known, began = known_days(mall), first_day(mall)
    if known is None:
        return []
    begin = max(each for each in (first, min(known[0], began or known[0])) if each)
    end = min(each for each in (last, known[1]) if each)
    return [begin + ONE_DAY * place for place in range((end - begin).days + 1)]


def waiting(mall: Mall, at: datetime) -> int:
    """Return how many days are over and not added up yet."""
    known, last = known_days(mall), last_over(mall, at)
    following = known[1] + ONE_DAY if known else first_day(mall)
    return max(0, (last - following).days + 1) if following else 0


def differences(mall: Mall, days: Sequence[date]) -> Iterator[Difference]:
    """Rebuild days from their rows and yield every value that differs; nothing is changed."""
    for first in range(0, len(days), MOST_DAYS):
        with connection.cursor() as cursor:
            cursor.execute(COMPARE, values(mall, days[first : first + MOST_DAYS]))
            found = cursor.fetchall()
        yield from (Difference(*row) for row in found)
