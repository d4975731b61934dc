"""The stretches of days in which outlets receive people, by the very function that answers for one moment."""

from datetime import date, timedelta

from django.db import connection

from pendopo.kernel.spans import Span, merge
from pendopo.tenancy.models import Mall

# Between two of these moments nothing changes: asked at the first, `agencies_opening` has answered for the stretch.
SPANS = """
WITH days AS (
  SELECT d::date AS day FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') d
), edges AS (
  SELECT o.id AS outlet, d.day::timestamp AS here FROM agencies_outlet o CROSS JOIN days d WHERE o.mall_id = %(mall)s
  UNION SELECT o.id, %(last)s::date + 1 + time '00:00' FROM agencies_outlet o WHERE o.mall_id = %(mall)s
  UNION SELECT h.outlet_id, d.day + v.clock FROM agencies_openinghours h
    JOIN days d ON extract(isodow FROM d.day) = h.weekday
    CROSS JOIN LATERAL (VALUES (h.opens), (h.closes), (h.break_from), (h.break_until)) AS v (clock)
    WHERE h.mall_id = %(mall)s AND v.clock IS NOT NULL
  UNION SELECT x.outlet_id, x.day + v.clock FROM agencies_openingexception x
    CROSS JOIN LATERAL (VALUES (x.opens), (x.closes)) AS v (clock)
    WHERE x.mall_id = %(mall)s AND x.day BETWEEN %(first)s AND %(last)s AND v.clock IS NOT NULL
  UNION SELECT o.id, s.day + v.clock FROM tenancy_stop s
    JOIN agencies_outlet o ON o.mall_id = s.mall_id AND o.site_id = s.site_id
    CROSS JOIN LATERAL (VALUES (s.opens), (s.closes)) AS v (clock)
    WHERE s.mall_id = %(mall)s AND s.day BETWEEN %(first)s AND %(last)s
  UNION SELECT c.outlet_id, v.at AT TIME ZONE %(zone)s FROM agencies_closing c
    CROSS JOIN LATERAL (VALUES (c.starts_at), (c.ends_at)) AS v (at)
    WHERE c.mall_id = %(mall)s AND c.counter_id IS NULL
), stretches AS (
  SELECT outlet, here AT TIME ZONE %(zone)s AS starts_at,
    lead(here AT TIME ZONE %(zone)s) OVER (PARTITION BY outlet ORDER BY here) AS ends_at
  FROM edges WHERE here >= %(first)s::date AND here <= %(last)s::date + 1
)
SELECT s.outlet, s.starts_at, s.ends_at FROM stretches s
CROSS JOIN LATERAL agencies_opening(%(mall)s, s.outlet, s.starts_at) x
WHERE s.ends_at IS NOT NULL AND x.state = 'open'
ORDER BY s.outlet, s.starts_at
"""
ONE_DAY = timedelta(days=1)


def opening_spans(mall: Mall, first: date, last: date) -> dict[int, list[Span]]:
    """Return, by outlet, when it receives people from one day to another, both included; one query."""
    values: dict[str, str | int | date] = {"mall": mall.pk, "zone": mall.timezone, "first": first, "last": last}
    found: dict[int, list[Span]] = {}
    with connection.cursor() as cursor:
        cursor.execute(SPANS, values)
        for outlet, starts_at, ends_at in cursor.fetchall():
            found.setdefault(outlet, []).append(Span(starts_at, ends_at))
    return {outlet: merge(spans) for outlet, spans in found.items()}
