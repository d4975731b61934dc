"""What the next hour will ask of the open counters, from the same weekday of the last weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from pendopo.queues.queries.halls import CounterNow, QueueNow
from pendopo.tenancy.models import Mall

WEEKS = 4
# Fewer days than this say nothing about the next hour, fewer tickets nothing about how long one takes.
FEWEST_DAYS = 2
FEWEST_TICKETS = 10
HALF = timedelta(minutes=30)
HOUR = timedelta(hours=1)
WORDS = {
    "over": (_("Melebihi kemampuan"), "bad"),
    "nobody": (_("Tidak ada loket buka"), "bad"),
    "tight": (_("Pas-pasan"), "warn"),
    "enough": (_("Cukup"), "good"),
    "unknown": (_("Belum diketahui"), ""),
}

ARRIVALS = """
WITH past AS (
  SELECT t.queue_id, t.day, t.queued_at + (%(today)s - t.day) * interval '1 day' AS as_today, (
    SELECT sum(extract(epoch FROM p.ended_at - p.started_at)) FROM queues_period p
    WHERE p.mall_id = %(mall)s AND p.ticket_id = t.id AND p.kind IN ('called', 'serving')
  )::float AS seconds
  FROM queues_queue q
  JOIN queues_ticket t ON t.mall_id = q.mall_id AND t.queue_id = q.id AND t.day = ANY(%(days)s)
  WHERE q.mall_id = %(mall)s
)
SELECT queue_id, array_agg(DISTINCT day),
  count(*) FILTER (WHERE as_today >= %(at)s AND as_today < %(middle)s),
  count(*) FILTER (WHERE as_today >= %(middle)s AND as_today < %(end)s),
  avg(seconds), count(seconds)
FROM past GROUP BY queue_id
"""


@dataclass(frozen=True, slots=True)
class Load:
    """The next hour of a queue: who waits, who is expected in each half hour, and how many the counters can take.

    `minutes` is what one ticket has taken at a counter (None: too few to say); `can_take` follows from it.
    """

    queue: QueueNow
    first: float
    second: float
    minutes: float | None
    counters: int
    can_take: float | None

    @property
    def wanted(self) -> float:
        """How many want to be served in this hour."""
        return self.queue.waiting + self.first + self.second

    @property
    def state(self) -> str:
        """Whether the open counters will do."""
        if self.counters == 0:
            return "nobody"
        if self.can_take is None:
            return "unknown"
        return "over" if self.wanted > self.can_take else "tight" if self.wanted > 0.7 * self.can_take else "enough"

    @property
    def state_text(self) -> str:
        """The same in words."""
        return str(WORDS[self.state][0])

    @property
    def colour(self) -> str:
        """How the words are shown."""
        return WORDS[self.state][1]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next hour of the hall; without `is_known` there is too little history, of only `days` such weekdays."""

    at: datetime
    days: int
    loads: Sequence[Load]

    @property
    def is_known(self) -> bool:
        """Whether the history says anything."""
        return self.days >= FEWEST_DAYS

    @property
    def middle(self) -> datetime:
        """Where the second half hour begins."""
        return self.at + HALF

    @property
    def end(self) -> datetime:
        """Until when it looks."""
        return self.at + HOUR


def next_hour(mall: Mall, queues: Sequence[QueueNow], counters: Sequence[CounterNow], at: datetime) -> Forecast:
    """Say what the next hour will ask of each queue's open counters, the most loaded first; one query.

    A counter that calls from several queues counts for each in equal parts, until it breaks or closes.
    """
    today = mall.local(at).date()
    times = {"today": today, "at": at, "middle": at + HALF, "end": at + HOUR}
    with connection.cursor() as cursor:
        days = [today - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
        cursor.execute(ARRIVALS, {"mall": mall.pk, "days": days, **times})
        past = {row[0]: row[1:] for row in cursor.fetchall()}
    seen: set[date] = {day for row in past.values() for day in row[0]}
    open_minutes = _open_minutes(mall, queues, counters, at)
    loads = []
    for queue in queues:
        _days, first, second, seconds, handled = past.get(queue.pk, ([], 0, 0, None, 0))
        shares = [open_minutes[pk] for pk in {*queue.own, *queue.helpers} if pk in open_minutes]
        minutes = seconds / 60 if seconds and handled >= FEWEST_TICKETS else None
        load = Load(
            queue=queue,
            first=first / max(len(seen), 1),
            second=second / max(len(seen), 1),
            minutes=minutes,
            counters=len(shares),
            can_take=sum(shares) / minutes if minutes else None,
        )
        if load.wanted:
            loads.append(load)
    worst = list(WORDS)
    loads.sort(key=lambda load: (worst.index(load.state), -load.wanted))
    return Forecast(at, len(seen), loads)


def _open_minutes(
    mall: Mall, queues: Sequence[QueueNow], counters: Sequence[CounterNow], at: datetime
) -> dict[int, float]:
    """Return for how many minutes of the hour each open counter receives people, shared among its queues."""
    lines: dict[int, int] = {}
    for queue in queues:
        for pk in {*queue.own, *queue.helpers}:
            lines[pk] = lines.get(pk, 0) + 1
    return {
        counter.pk: _minutes_left(mall.local(at), counter.opening_until) / lines[counter.pk]
        for counter in counters
        if counter.is_open and counter.pk in lines
    }


def _minutes_left(now: datetime, until: time | None) -> float:
    if until is None:
        return 60.0
    left = datetime.combine(now.date(), until, now.tzinfo) - now
    return min(max(left.total_seconds() / 60, 0.0), 60.0)
