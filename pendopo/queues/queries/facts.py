"""What became of each ticket of a day: the rows under every figure of the day's report, and of `performance`.

All from periods. A wait counts where a call ended it, and in the hall: from the check-in where that came before the
call. A way is the stretch from a call to the service it led to. Median and 90th percentile are times that somebody
really had (nearest rank).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.types import EndedBecause, Origin, Outcome, SentAwayReason, State, number_text
from pendopo.tenancy.models import Mall

FACTS = """
WITH today AS (
  SELECT t.id, t.day, t.visit_id, t.number, t.state, t.outcome, t.reason, t.ended_because, t.counter_id, t.variant_id,
    q.code
  FROM queues_queue q
  JOIN queues_ticket t ON t.mall_id = q.mall_id AND t.queue_id = q.id AND t.day = ANY(%(days)s)
  WHERE q.mall_id = %(mall)s
), facts AS MATERIALIZED (
  SELECT t.id, t.day, t.visit_id, t.code, t.number, t.state, t.outcome, t.reason, t.ended_because, x.origin,
    x.checked_in_at, x.checked_in_at IS NOT NULL AS has_come, s.id AS service_id, s.code AS service_code,
    s.name AS service_name, c.id AS counter_id,
    c.number AS counter_number, z.name AS counter_zone, m.taken_at,
    extract(hour FROM m.taken_at AT TIME ZONE %(zone)s)::int AS hour,
    m.wait::float AS wait, m.way::float AS way, m.service::float AS service
  FROM today t
  JOIN queues_visit x ON x.mall_id = %(mall)s AND x.id = t.visit_id
  JOIN catalogue_variant v ON v.mall_id = %(mall)s AND v.id = t.variant_id
  JOIN catalogue_service s ON s.mall_id = %(mall)s AND s.id = v.service_id
  LEFT JOIN agencies_counter c ON c.mall_id = %(mall)s AND c.id = t.counter_id
  LEFT JOIN tenancy_zone z ON z.mall_id = %(mall)s AND z.id = c.zone_id
  -- Ticket by ticket: joined as one set, each ticket would be held against the periods of all.
  CROSS JOIN LATERAL (
    SELECT min(p.started_at) AS taken_at,
      CASE WHEN bool_or(p.kind = 'called')
        THEN sum(extract(epoch FROM p.ended_at - p.in_hall_at)) FILTER (WHERE p.kind = 'waiting') END AS wait,
      sum(extract(epoch FROM p.ended_at - p.started_at))
        FILTER (WHERE p.kind = 'called' AND p.followed_by = 'serving') AS way,
      sum(extract(epoch FROM p.ended_at - p.started_at)) FILTER (WHERE p.kind = 'serving') AS service
    FROM (
      SELECT p.kind, p.started_at, p.ended_at, lead(p.kind) OVER (ORDER BY p.started_at, p.id) AS followed_by,
        greatest(p.started_at, CASE WHEN x.checked_in_at < p.ended_at THEN x.checked_in_at END) AS in_hall_at
      FROM queues_period p WHERE p.mall_id = %(mall)s AND p.ticket_id = t.id
    ) AS p
  ) AS m
)
"""
MEASURES = ("wait", "way", "service")
PERCENTILES = ", ".join(
    f"percentile_disc(0.5) {within}, percentile_disc(0.9) {within}, max({name})"
    for name, within in ((name, f"WITHIN GROUP (ORDER BY {name})") for name in MEASURES)
)
TIMES = f"""{FACTS}
SELECT grouping(origin, service_code, counter_id, hour), origin, service_code, service_name, counter_id, counter_number,
  counter_zone, hour, count(*), count(*) FILTER (WHERE state = 'absent'), {PERCENTILES}
FROM facts
GROUP BY GROUPING SETS (
  (), (origin), (service_code, service_name), (counter_id, counter_number, counter_zone), (hour)
)
ORDER BY hour, service_name, counter_number, origin
"""  # noqa: S608 - put together from names above
ENDS = f"""{FACTS}
SELECT state, outcome, reason, ended_because, service_code, service_name, count(*) FROM facts GROUP BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608 - as above
VISITORS = f"""{FACTS}
SELECT count(DISTINCT visit_id) FILTER (WHERE has_come), count(*), count(*) FILTER (WHERE state = 'completed'),
  count(*) FILTER (WHERE state = 'absent'), count(*) FILTER (WHERE outcome = 'sent_away') FROM facts
"""  # noqa: S608 - as above
COMINGS = f"""{FACTS}
SELECT day, hour, count(*)
FROM (SELECT day, min(hour) AS hour FROM facts WHERE has_come GROUP BY day, visit_id) AS came
WHERE hour IS NOT NULL GROUP BY day, hour
"""  # noqa: S608 - as above
GROUPS = {15: "all", 7: "origin", 11: "service", 13: "counter", 14: "hour"}

# What rows can be asked for, and which values are understood.
CHOICES: dict[str, frozenset[str]] = {
    "state": frozenset(State.values),
    "outcome": frozenset(Outcome.values),
    "reason": frozenset(SentAwayReason.values),
    "ended_because": frozenset(EndedBecause.values),
    "origin": frozenset(Origin.values),
}
MOST = {"counter_id": LARGEST_ID, "hour": 23}
CONDITIONS = {
    **{name: f"{name} = %({name})s" for name in (*CHOICES, "service_code", "counter_id", "hour")},
    "has_come": "has_come",
    "measure": "TRUE",
}


@dataclass(frozen=True, slots=True)
class Times:
    """A group of tickets: how many, how many did not come, and median, 90th percentile and most of each measure.

    `key` is what asks for their rows, `values` stand in the order wait, way, service; in seconds, None without any.
    """

    group: str
    key: str
    label: str
    detail: str
    tickets: int
    absent: int
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One ticket of the day, by number and never by name; times in seconds."""

    number: str
    service: str
    origin: str
    taken_at: datetime | None
    counter: str
    state: str
    outcome: str
    reason: str
    wait: float | None
    way: float | None
    service_time: float | None

    @property
    def origin_text(self) -> str:
        """How it was taken, in words."""
        return str(Origin(self.origin).label)

    @property
    def state_text(self) -> str:
        """How it stands or ended, in words."""
        words = [State(self.state).label]
        if self.outcome:
            words.append(Outcome(self.outcome).label)
        if self.reason:
            words.append(SentAwayReason(self.reason).label)
        return " · ".join(str(word) for word in words)


def times(mall: Mall, day: date) -> list[Times]:
    """Return the day's times, of all tickets and by origin, service, counter and hour of arrival; one query."""
    found = []
    for row in _rows(TIMES, mall, day):
        group = GROUPS[int(str(row[0]))]
        origin, code, name, counter, number, zone, hour = row[1:8]
        key, label, detail = {
            "all": ("", "", ""),
            "origin": (origin, origin, ""),
            "service": (code, name, ""),
            "counter": (counter, number, zone),
            "hour": (hour, hour, ""),
        }[group]
        # Nobody called these: they have no counter.
        if group != "counter" or counter is not None:
            values = tuple(None if value is None else float(str(value)) for value in row[10:])
            found.append(
                Times(group, str(key), str(label), str(detail or ""), int(str(row[8])), int(str(row[9])), values)
            )
    return found


def ends(mall: Mall, day: date) -> list[tuple[str, str, str, str, str, str, int]]:
    """Count the day's tickets by state, outcome, reason, why they ended, and service (code, name); one query."""
    return [(*(str(part) for part in row[:6]), int(str(row[6]))) for row in _rows(ENDS, mall, day)]  # type: ignore[misc]


def totals(mall: Mall, day: date) -> tuple[int, ...]:
    """Count the day's visitors, tickets, served, absent and sent away; one query."""
    (row,) = _rows(VISITORS, mall, day)
    return tuple(int(str(count)) for count in row)


def comings(mall: Mall, days: Sequence[date]) -> dict[date, dict[int, int]]:
    """Count the visitors of each day by the hour of their first number; one query."""
    found: dict[date, dict[int, int]] = {day: {} for day in days}
    with connection.cursor() as cursor:
        cursor.execute(COMINGS, {"mall": mall.pk, "days": list(days), "zone": mall.timezone})
        for day, hour, count in cursor.fetchall():
            found[day][hour] = count
    return found


def facts(mall: Mall, day: date, asked: Mapping[str, str], *, first: int = 0, most: int | None = None) -> list[Fact]:
    """Return the tickets under a figure, by their time of arrival, or the longest of the asked measure first.

    `asked` has passed `is_known`; what is left empty is not asked.
    """
    conditions = [CONDITIONS[name] for name in asked]
    order = "taken_at, code, number"
    if measure := asked.get("measure"):
        conditions.append(f"{measure} IS NOT NULL")
        order = f"{measure} DESC, {order}"
    where = " AND ".join(conditions) or "TRUE"
    statement = f"""{FACTS}
SELECT code, number, service_name, origin, taken_at, counter_number, state, outcome, reason, wait, way, service
FROM facts WHERE {where} ORDER BY {order} LIMIT %(most)s OFFSET %(first)s
"""  # noqa: S608 - conditions and measures are ours, values are passed beside
    rows = _rows(statement, mall, day, {**asked, "most": most, "first": first})
    return [_fact(row) for row in rows]


def is_known(name: str, value: str) -> bool:
    """Say whether rows can be asked for by this name and value."""
    if name in CHOICES:
        return value in CHOICES[name]
    if name in MOST:
        return value.isascii() and value.isdigit() and int(value) <= MOST[name]
    if name == "service_code":
        return re.fullmatch(r"[A-Za-z0-9-]{1,28}", value) is not None
    return (name == "measure" and value in MEASURES) or (name == "has_come" and value == "1")


def _fact(row: tuple[object, ...]) -> Fact:
    code, number, name, origin, taken_at, counter, *rest = row
    assert isinstance(number, int)
    assert taken_at is None or isinstance(taken_at, datetime)
    state, outcome, reason = (str(word) for word in rest[:3])
    wait, way, service = (None if value is None else float(str(value)) for value in rest[3:])
    label = number_text(str(code), number)
    counter_text = "" if counter is None else str(counter)
    return Fact(label, str(name), str(origin), taken_at, counter_text, state, outcome, reason, wait, way, service)


def _rows(
    statement: str, mall: Mall, day: date, more: Mapping[str, str | int | None] | None = None
) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"mall": mall.pk, "days": [day], "zone": mall.timezone, **(more or {})})
        return [tuple(row) for row in cursor.fetchall()]
