"""How far what visitors were told of their wait was from what came."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class WaitError:
    """How far what was told on a day was from what came, for one service; minutes. `bias` above 0: told too long.

    `told` is the earlier figure as half of all heard it.
    """

    service: str
    code: str
    tickets: int
    told: float
    error: float
    bias: float
    within: float

    @property
    def is_honest(self) -> bool:
        """Whether the later figure held about as often as it promises: nine times in ten."""
        return self.within >= 0.85


def wait_errors(mall: Mall, day: date) -> list[WaitError]:
    """Return for each service how long its visitors waited beside what they were told; the largest error first.

    `error` and `bias` are of the earlier figure, `within` is the part that was called no later than the later one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.name, s.code, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY t.wait_low)::float8,"
            " avg(abs(t.wait_low - w.minutes))::float8, avg(t.wait_low - w.minutes)::float8,"
            " avg((w.minutes <= t.wait_high)::int)::float8"
            " FROM queues_ticket t"
            " CROSS JOIN LATERAL (SELECT extract(epoch FROM min(p.started_at) - t.queued_at)::float8 / 60 AS minutes"
            "   FROM queues_period p WHERE p.mall_id = t.mall_id AND p.ticket_id = t.id AND p.kind = 'called') w"
            " JOIN catalogue_variant v ON v.mall_id = t.mall_id AND v.id = t.variant_id"
            " JOIN catalogue_service s ON s.mall_id = t.mall_id AND s.id = v.service_id"
            " WHERE t.mall_id = %s AND t.day = %s AND t.wait_low IS NOT NULL AND w.minutes IS NOT NULL"
            " GROUP BY s.id, s.name, s.code ORDER BY 5 DESC, 1",
            [mall.pk, day],
        )
        return [WaitError(*row) for row in cursor.fetchall()]
