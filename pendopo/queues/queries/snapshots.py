"""What the tables say of a hall at one moment, as the estimate plays it on: its counters, and who stands where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection

from pendopo.queues.types import SessionState, State
from pendopo.queues.waiting.desks import Sitting
from pendopo.queues.waiting.history import Pause
from pendopo.queues.waiting.simulation import Busy, Waiting
from pendopo.tenancy.models import Mall

COUNTERS = """
SELECT c.id, coalesce(l.own, '{}'), coalesce(l.helped, '{}'), coalesce(s.state, 'closed'), coalesce(s.turn, 0), s.until,
  h.break_from, h.break_until, p.starts, p.ends
FROM agencies_counter c
JOIN (
  SELECT counter_id, array_agg(queue_id ORDER BY position, id) FILTER (WHERE NOT is_helped) AS own,
    array_agg(queue_id ORDER BY position, id) FILTER (WHERE is_helped) AS helped
  FROM queues_counterqueue WHERE mall_id = %(mall)s GROUP BY counter_id
) l ON l.counter_id = c.id
LEFT JOIN queues_countersession s ON s.mall_id = c.mall_id AND s.counter_id = c.id AND s.ended_at IS NULL
LEFT JOIN agencies_openinghours h ON h.mall_id = c.mall_id AND h.outlet_id = c.outlet_id AND h.weekday = %(weekday)s
  AND NOT EXISTS (
    SELECT FROM agencies_openingexception x
    WHERE x.mall_id = c.mall_id AND x.outlet_id = c.outlet_id AND x.day = %(day)s
  )
LEFT JOIN LATERAL (
  SELECT array_agg(k.starts_at ORDER BY k.starts_at) AS starts, array_agg(k.ends_at ORDER BY k.starts_at) AS ends
  FROM agencies_closing k
  WHERE k.mall_id = c.mall_id AND k.outlet_id = c.outlet_id AND (k.counter_id IS NULL OR k.counter_id = c.id)
    AND k.ends_at > %(at)s AND k.starts_at < %(at)s + interval '1 day'
) p ON true
WHERE c.mall_id = %(mall)s
ORDER BY c.id
"""
# Who waits and may be called, or will soon; and whoever is at a counter. Two partial indexes.
LIVE = """
SELECT t.id, t.state, t.queue_id, t.variant_id, t.queued_at, t.changed_at, t.counter_id, t.is_priority
FROM queues_ticket t
WHERE t.mall_id = %(mall)s AND t.day = %(day)s AND t.state = 'waiting' AND t.queue_id = ANY(%(queues)s)
  AND t.hold IN ('', 'elsewhere')
UNION ALL
SELECT t.id, t.state, t.queue_id, t.variant_id, t.queued_at, t.changed_at, t.counter_id, t.is_priority
FROM queues_ticket t
WHERE t.mall_id = %(mall)s AND t.day = %(day)s AND t.state IN ('called', 'serving') AND t.counter_id = ANY(%(counters)s)
ORDER BY 5, 1
"""
LAST = """
SELECT counter_id, max(changed_at) FROM queues_ticket
WHERE mall_id = %(mall)s AND day = %(day)s AND queue_id = ANY(%(queues)s) AND counter_id = ANY(%(counters)s)
GROUP BY counter_id
"""


class Clock:
    """Moments of one local day as seconds since its midnight."""

    def __init__(self, mall: Mall, day: date) -> None:
        self.day = day
        self._midnight = datetime(day.year, day.month, day.day, tzinfo=mall.zone)

    def seconds(self, moment: datetime) -> float:
        """Return when a moment is."""
        return (moment - self._midnight).total_seconds()


@dataclass(frozen=True, slots=True)
class Place:
    """A counter with the queues it calls from, in order, and how its session and its pauses to come stand."""

    counter: int
    own: tuple[int, ...]
    helped: tuple[int, ...]
    state: SessionState
    turn: int
    until: float | None
    breaks: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The part of a hall that can influence some queues: its counters, and with their tickets who waits in order."""

    places: Sequence[Place]
    waiting: Sequence[tuple[int, Waiting]]
    sittings: Sequence[Sitting]

    @property
    def queues(self) -> frozenset[int]:
        """All queues of this part."""
        return queues_of(self.places)

    @property
    def calls(self) -> Mapping[int, tuple[int, ...]]:
        """Which queues each counter calls from."""
        return {place.counter: (*place.own, *place.helped) for place in self.places}


def queues_of(places: Iterable[Place]) -> frozenset[int]:
    """Return all queues from which some counters call."""
    return frozenset(queue for place in places for queue in (*place.own, *place.helped))


def snapshot(mall: Mall, queues: Collection[int], clock: Clock, at: datetime) -> Snapshot:
    """Read what can influence some queues; two queries, one more where a counter pauses without saying how long."""
    places = _near(_places(mall, clock, at), queues)
    given: dict[str, int | date | list[int]] = {
        "mall": mall.pk,
        "day": clock.day,
        "queues": [*queues_of(places)],
        "counters": [place.counter for place in places],
    }
    waiting: list[tuple[int, Waiting]] = []
    busy: dict[int, Busy] = {}
    with connection.cursor() as cursor:
        cursor.execute(LIVE, given)
        for ticket, state, queue, variant, queued_at, changed_at, counter, is_priority in cursor.fetchall():
            if state == State.WAITING:
                waiting.append((ticket, Waiting(queue, variant, clock.seconds(queued_at), is_priority)))
            else:
                busy[counter] = Busy(queue, variant, clock.seconds(changed_at), state == State.SERVING)
        last_at: dict[int, float] = {}
        if any(place.state is SessionState.PAUSED and place.until is None for place in places):
            cursor.execute(LAST, given)
            last_at = {counter: clock.seconds(moment) for counter, moment in cursor.fetchall()}
    return Snapshot(
        places,
        waiting,
        [
            Sitting(
                place.counter,
                place.own,
                place.helped,
                place.state,
                busy.get(place.counter),
                last_at=last_at.get(place.counter, 0.0),
                until=place.until,
                breaks=place.breaks,
                turn=place.turn,
            )
            for place in places
        ],
    )


def _places(mall: Mall, clock: Clock, at: datetime) -> list[Place]:
    """Read every counter that calls from a queue, with the breaks and closings that were announced for it."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTERS, {"mall": mall.pk, "day": clock.day, "weekday": clock.day.isoweekday(), "at": at})
        return [
            Place(
                counter,
                tuple(own),
                tuple(helped),
                SessionState(state),
                turn,
                clock.seconds(until) if until else None,
                (*_break(begins, ends), *_closings(clock, closing_from or (), closing_until or ())),
            )
            for counter, own, helped, state, turn, until, begins, ends, closing_from, closing_until in cursor.fetchall()
        ]


def _near(places: Sequence[Place], queues: Collection[int]) -> list[Place]:
    """Keep the counters that share queues with these, step by step."""
    reached, near = set(queues), set[int]()
    while new := [
        place for place in places if place.counter not in near and not reached.isdisjoint((*place.own, *place.helped))
    ]:
        near.update(place.counter for place in new)
        reached |= queues_of(new)
    return [place for place in places if place.counter in near]


def _break(begins: time | None, ends: time | None) -> Iterable[Pause]:
    if begins and ends:
        due, until = (
            timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second).total_seconds()
            for moment in (begins, ends)
        )
        yield Pause(due, until - due, until)


def _closings(clock: Clock, begins: Iterable[datetime], ends: Iterable[datetime]) -> Iterable[Pause]:
    for due, until in zip(map(clock.seconds, begins), map(clock.seconds, ends), strict=True):
        yield Pause(due, until - due, until)
