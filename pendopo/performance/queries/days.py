"""Days that are over, from rollups: one by one, against the same weekdays before, and any stretch of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db import connection

from pendopo.kernel.cursors import Page, UnknownCursor
from pendopo.performance.models import DayRollup
from pendopo.tenancy.models import Mall

# Compared with so many of the same weekday on which somebody came, looked for in half a year.
WEEKDAYS, LOOKED = 8, 26
# Fewer say nothing.
FEWEST = 3
PAGE = 31
ALL = 5_000
ONE_WEEK = timedelta(weeks=1)

# `unnest` beside the sums would count each ticket as often as it has values: sums and waits are two groupings.
FIGURES = """
WITH chosen AS (
  SELECT {key} AS key, r.taken, r.completed, r.sent_away, r.absent, r.cancelled, r.served_seconds, r.waits
  FROM performance_servicerollup r
  JOIN catalogue_service s ON s.mall_id = %(mall)s AND s.id = r.service_id
  WHERE r.mall_id = %(mall)s AND r.day BETWEEN %(first)s AND %(last)s
), waited AS (
  SELECT key, count(*)::int AS called, percentile_disc(0.5) WITHIN GROUP (ORDER BY w) AS median,
    percentile_disc(0.9) WITHIN GROUP (ORDER BY w) AS most_waited, max(w) AS longest
  FROM chosen CROSS JOIN LATERAL unnest(waits) w GROUP BY key
)
SELECT s.key, sum(s.taken)::int, coalesce(max(w.called), 0), sum(s.completed)::int, sum(s.sent_away)::int,
  sum(s.absent)::int, sum(s.cancelled)::int, max(w.median), max(w.most_waited), max(w.longest),
  sum(s.served_seconds)::bigint
FROM chosen s LEFT JOIN waited w USING (key) GROUP BY s.key
"""
KEYS = {"day": "r.day::text", "agency": "s.agency_id::text", "all": "''"}


@dataclass(frozen=True, slots=True)
class Figures:
    """Tickets added up: how many were taken, called and so on, and how long those who were called had waited.

    Median, 90th percentile and longest are seconds that somebody really waited (nearest rank), None without calls.
    """

    taken: int = 0
    called: int = 0
    completed: int = 0
    sent_away: int = 0
    absent: int = 0
    cancelled: int = 0
    median: int | None = None
    ninety: int | None = None
    longest: int | None = None
    served_seconds: int = 0


NONE = Figures()


def figures(mall: Mall, first: date, last: date, *, by: str = "all") -> dict[str, Figures]:
    """Add up the rollups of a stretch of days, by `day`, by `agency` (its number) or `all` of them; one query."""
    with connection.cursor() as cursor:
        values: dict[str, int | date] = {"mall": mall.pk, "first": first, "last": last}
        cursor.execute(FIGURES.format(key=KEYS[by]), values)
        return {row[0]: Figures(*row[1:]) for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Compared:
    """Visitors of today up to a moment beside the same weekdays before, up to the same minute.

    `usual` and `usual_day` (the whole day) are medians; None where there are too few such days.
    """

    days: Sequence[tuple[date, int, int]]

    @property
    def usual(self) -> float | None:
        """How many had come by this minute."""
        return median(until for _day, until, _all in self.days) if len(self.days) >= FEWEST else None

    @property
    def usual_day(self) -> float | None:
        """How many came until the evening."""
        return median(whole for _day, _until, whole in self.days) if len(self.days) >= FEWEST else None


def same_weekdays(mall: Mall, today: date, minute: int) -> Compared:
    """Return the last eight of the same weekday on which somebody came: until a minute, and all day; one query."""
    days = [today - week * ONE_WEEK for week in range(1, LOOKED + 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, (SELECT count(*) FROM unnest(arrivals) a WHERE a <= %s)::int, visitors"
            " FROM performance_dayrollup WHERE mall_id = %s AND day = ANY(%s) AND visitors > 0"
            " ORDER BY day DESC LIMIT %s",
            [minute, mall.pk, days, WEEKDAYS],
        )
        return Compared([(row[0], row[1], row[2]) for row in cursor.fetchall()])


def course(mall: Mall, first: date, last: date) -> list[tuple[date, int | None, float | None]]:
    """Return each day of a stretch, who came (None: not added up), and the median of its weekday before; one query.

    Like `same_weekdays`: of the last eight on which somebody came, None where there are fewer than three.
    """
    since = first - LOOKED * ONE_WEEK
    known = dict(DayRollup.objects.filter(mall=mall, day__range=(since, last)).values_list("day", "visitors"))
    found = []
    for place in range((last - first).days + 1):
        day = first + timedelta(days=place)
        before = [known.get(day - week * ONE_WEEK, 0) for week in range(1, LOOKED + 1)]
        came = [each for each in before if each][:WEEKDAYS]
        found.append((day, known.get(day), median(came) if len(came) >= FEWEST else None))
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A day that is over: who came, and what became of them."""

    day: date
    visitors: int
    figures: Figures


def lines(mall: Mall, *, weekday: int | None = None, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """Return days that are over, the last first, of one weekday (Monday is 1) or all. Raises NotUnderstood."""
    rows = DayRollup.objects.filter(mall=mall)
    if weekday:
        rows = rows.filter(day__iso_week_day=weekday)
    if cursor:
        rows = rows.filter(day__lt=_read(cursor))
    found = list(rows.order_by("-day").values_list("day", "visitors")[: size + 1])
    shown = found[:size]
    if not shown:
        return Page([])
    of = figures(mall, shown[-1][0], shown[0][0], by="day")
    items = [Line(day, visitors, of.get(day.isoformat(), NONE)) for day, visitors in shown]
    return Page(items, shown[-1][0].isoformat() if len(found) > size else None)


def visitors(mall: Mall, first: date, last: date) -> int:
    """Count who came on the days from one to another that are over."""
    rows = DayRollup.objects.filter(mall=mall, day__range=(first, last)).values_list("visitors", flat=True)
    return sum(rows)


def made(mall: Mall) -> tuple[date, datetime] | None:
    """Return the last day that was added up, and when; None before the first."""
    return DayRollup.objects.filter(mall=mall).order_by("-day").values_list("day", "made_at").first()


def _read(cursor: str) -> date:
    try:
        return date.fromisoformat(cursor)
    except ValueError as error:
        raise UnknownCursor from error
