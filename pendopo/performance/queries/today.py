"""The hall today, from its rows at this moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from pendopo.queues.models import Vacancy
from pendopo.queues.queries import halls, missing
from pendopo.queues.queries.facts import FACTS
from pendopo.tenancy.models import Mall

TODAY = f"""{FACTS}
SELECT count(DISTINCT visit_id) FILTER (WHERE has_come), count(*), count(*) FILTER (WHERE state = 'completed'),
  percentile_disc(0.5) WITHIN GROUP (ORDER BY wait), max(wait) FROM facts
"""  # noqa: S608 - put together from statements of our own


@dataclass(frozen=True, slots=True)
class Today:
    """How today is: counters due, open and at rest now; who came; how long those called had waited, in seconds.

    `oldest_at` is since when the first of those waits who may be called.
    """

    due: int
    open: int
    resting: int
    empty: Sequence[Vacancy]
    visitors: int
    tickets: int
    completed: int
    median: float | None
    longest: float | None
    waiting: int
    oldest_at: datetime | None


def today(mall: Mall, at: datetime) -> Today:
    """Return how a mall is now; eight queries, or nine."""
    counters = [each for each in halls.hall_counters(mall, at) if each.opening_state == "open" and each.is_rostered]
    queues = halls.hall_queues(mall, at)
    with connection.cursor() as cursor:
        cursor.execute(TODAY, {"mall": mall.pk, "zone": mall.timezone, "days": [mall.local(at).date()]})
        visitors, tickets, completed, median, longest = cursor.fetchone()
    return Today(
        due=len(counters),
        open=sum(each.is_open and not each.rest for each in counters),
        resting=sum(bool(each.rest) for each in counters),
        empty=missing.empty_now(mall),
        visitors=visitors,
        tickets=tickets,
        completed=completed,
        median=median,
        longest=longest,
        waiting=sum(each.waiting for each in queues),
        oldest_at=min((each.oldest_at for each in queues if each.oldest_at), default=None),
    )
