"""What happened in all malls, as `live` fans it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Happened:
    """An event row as `live` fans it out."""

    seq: int
    mall_id: int
    at: datetime
    kind: str
    zone_id: int
    queue_id: int | None
    ticket_id: int | None
    number: str
    counter: str
    agency: str


def last_event() -> int:
    """Return the number of the newest visible event of all malls, 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(seq), 0) FROM queues_event")
        return int(cursor.fetchone()[0])


def events_after(last: int, missing: Sequence[int] = (), *, most: int = 5000) -> list[Happened]:
    """Return the events of all malls above a number, and those of `missing`, oldest first, in one query.

    Transactions commit out of order: `missing` are the numbers below `last` that were not visible yet.
    """
    columns = "seq, mall_id, at, kind, zone_id, queue_id, ticket_id, number, counter, agency"
    with connection.cursor() as cursor:
        cursor.execute(
            f"(SELECT {columns} FROM queues_event WHERE seq > %s ORDER BY seq LIMIT %s)"  # noqa: S608 - our own names
            f" UNION ALL SELECT {columns} FROM queues_event WHERE seq = ANY(%s::bigint[]) ORDER BY seq",
            [last, most, list(missing)],
        )
        return [Happened(*row) for row in cursor.fetchall()]
