"""What the rows tell of a hall at a moment that is over: who waited, which counters were open and which stood empty."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from pendopo.agencies.models import Counter
from pendopo.queues.models import CounterSession, Vacancy
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class QueueThen:
    """A queue with people in it at a moment, and since when the first of them waited."""

    code: str
    name: str
    waiting: int
    oldest_at: datetime


@dataclass(frozen=True, slots=True)
class HallThen:
    """A hall at a moment: how many counters there were, how many of them open, those that stood empty, the queues."""

    counters: int
    open: int
    empty: list[Vacancy]
    queues: list[QueueThen]


WAITING = """
SELECT q.code, q.name, count(*), min(p.started_at)
FROM queues_ticket t
JOIN queues_period p ON p.mall_id = t.mall_id AND p.ticket_id = t.id AND p.kind = 'waiting'
  AND p.started_at <= %(at)s AND (p.ended_at IS NULL OR p.ended_at > %(at)s)
JOIN queues_queue q ON q.mall_id = t.mall_id AND q.id = t.queue_id
WHERE t.mall_id = %(mall)s AND t.day = %(day)s
GROUP BY q.code, q.name
ORDER BY min(p.started_at), q.code
"""


def hall_at(mall: Mall, at: datetime) -> HallThen:
    """Return a hall as it was at a moment; four queries.

    A counter was open where somebody sat there and no vacancy was noted. A pause outside the hours is not told by rows.
    """
    during = Q(ended_at=None) | Q(ended_at__gt=at)
    vacancies = Vacancy.objects.filter(during, mall=mall, starts_at__lte=at)
    noted = list(vacancies.select_related("counter__outlet__agency").order_by("counter__number", "pk"))
    sat = CounterSession.objects.filter(during, mall=mall, started_at__lte=at)
    open_counters = set(sat.values_list("counter_id", flat=True)) - {each.counter_id for each in noted}
    standing = Counter.objects.filter(Q(retired_at=None) | Q(retired_at__gt=at), mall=mall, zone__site__retired_at=None)
    with connection.cursor() as cursor:
        cursor.execute(WAITING, {"mall": mall.pk, "day": mall.local(at).date(), "at": at})
        queues = [QueueThen(*row) for row in cursor.fetchall()]
    empty = [each for each in noted if each.kind == Vacancy.Kind.EMPTY]
    return HallThen(standing.count(), len(open_counters), empty, queues)
