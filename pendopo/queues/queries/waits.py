"""How long somebody will wait, out of the tables; and how far what was told was from what came."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext as _

from pendopo.agencies.models import OpeningHours
from pendopo.queues.models import CounterQueue, CounterSession, Ticket
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.queries.tickets import queue_of_service
from pendopo.queues.types import Hold, SessionState, State
from pendopo.queues.waiting.desks import Sitting, expect
from pendopo.queues.waiting.history import History, Passed, Pause, learn
from pendopo.queues.waiting.simulation import Busy, Hall, Waiting, WaitRange, round_of_turns
from pendopo.queues.waiting.simulation import estimate as play
from pendopo.tenancy.models import Mall

# How far back a queue remembers, and how many calls of it at most.
REMEMBERED = timedelta(days=28)
MOST_CALLS = 4000
# What was learnt of so many groups of queues is kept until their next day.
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Lines:
    """The part of a hall that can influence a queue: counters with the queues they call from, in order."""

    own: Mapping[int, tuple[int, ...]]
    helped: Mapping[int, tuple[int, ...]]
    outlets: Mapping[int, int]

    @property
    def queues(self) -> frozenset[int]:
        """All queues of this part."""
        return frozenset(queue for lines in (self.own, self.helped) for queues in lines.values() for queue in queues)


def estimate(mall: Mall, ticket: Ticket, at: datetime) -> WaitRange | None:
    """Return how long a waiting ticket will still wait; None when it is not in line, or when too little is known.

    Costs six queries, and one more for the first estimate of a day. Stand inside the mall.
    """
    if ticket.state != State.WAITING or ticket.hold == Hold.PARKED or ticket.day != mall.local(at).date():
        return None
    clock = _Clock(mall, ticket.day)
    mine = Waiting(ticket.queue_id, ticket.variant_id, clock.seconds(ticket.queued_at), ticket.is_priority)
    return _estimate(mall, mine, clock, at, seed=ticket.pk, but=ticket.pk)


def estimate_service(mall: Mall, service_code: str, at: datetime) -> WaitRange | None:
    """Return how long somebody would wait who took a ticket for a service now. Stand inside the mall."""
    queue = queue_of_service(mall, service_code)
    if queue is None:
        return None
    clock = _Clock(mall, mall.local(at).date())
    # Whose service it is counts for whoever comes after, not for the wait itself.
    mine = Waiting(queue.pk, 0, clock.seconds(at))
    return _estimate(mall, mine, clock, at, seed=queue.pk, but=0)


def wait_text(low: int, high: int) -> str:
    """Say a range in words: "Perkiraan menunggu 10–25 menit"."""
    if low == high:
        return _("Perkiraan menunggu paling lama %(high)s menit") % {"high": high}
    return _("Perkiraan menunggu %(low)s–%(high)s menit") % {"low": low, "high": high}


class _Clock:
    """Moments of one local day as seconds since its midnight."""

    def __init__(self, mall: Mall, day: date) -> None:
        self.day = day
        self._midnight = datetime(day.year, day.month, day.day, tzinfo=mall.zone)

    def seconds(self, moment: datetime) -> float:
        return (moment - self._midnight).total_seconds()


def _estimate(mall: Mall, mine: Waiting, clock: _Clock, at: datetime, *, seed: int, but: int) -> WaitRange | None:
    lines = _lines(mall, mine.queue)
    if not lines.own and not lines.helped:
        return None
    history = _history(mall, lines, clock.day)
    if not history.knows(mine.queue):
        return None
    now = clock.seconds(at)
    live = _live(mall, lines, clock.day)
    waiting, is_in = [], False
    for ticket in live:
        if ticket.state == State.WAITING and ticket.pk != but:
            person = Waiting(ticket.queue_id, ticket.variant_id, clock.seconds(ticket.queued_at), ticket.is_priority)
            if not is_in and (person.since > mine.since or (person.since == mine.since and ticket.pk > but > 0)):
                waiting.append(mine)
                is_in = True
            waiting.append(person)
    if not is_in:
        waiting.append(mine)
    sittings = _sittings(mall, lines, live, clock)
    desks = [desk for sitting in sittings if (desk := expect(sitting, history, now))]
    rules = rules_of(mall)
    hall = Hall(now, desks, waiting, round_of_turns(rules.priority_turns, rules.ordinary_turns))
    return play(hall, history, mine, seed=seed)


def _lines(mall: Mall, queue: int) -> Lines:
    rows = CounterQueue.objects.filter(mall=mall).order_by("is_helped", "position", "pk")
    own: dict[int, tuple[int, ...]] = {}
    helped: dict[int, tuple[int, ...]] = {}
    outlets: dict[int, int] = {}
    calls: dict[int, set[int]] = {}
    for counter, each, is_helped, outlet in rows.values_list(
        "counter_id", "queue_id", "is_helped", "counter__outlet_id"
    ):
        which = helped if is_helped else own
        which[counter] = (*which.get(counter, ()), each)
        outlets[counter] = outlet
        calls.setdefault(counter, set()).add(each)
    near, queues = set[int](), {queue}
    while new := {counter for counter, those in calls.items() if counter not in near and those & queues}:
        near |= new
        queues = queues.union(*(calls[counter] for counter in new))
    return Lines(
        {counter: own.get(counter, ()) for counter in sorted(near)},
        {counter: helped.get(counter, ()) for counter in sorted(near)},
        outlets,
    )


def _live(mall: Mall, lines: Lines, day: date) -> Sequence[Ticket]:
    """Return who waits and may be called, or will soon; and whoever is at a counter. Two partial indexes."""
    tickets = Ticket.objects.filter(mall=mall).only(
        "pk", "state", "queue_id", "variant_id", "queued_at", "changed_at", "counter_id", "is_priority"
    )
    waiting = tickets.filter(queue__in=lines.queues, day=day, state=State.WAITING, hold__in=["", Hold.ELSEWHERE])
    busy = tickets.filter(counter__in=lines.own.keys(), state__in=[State.CALLED, State.SERVING])
    return [*waiting.order_by("queued_at", "pk"), *busy]


def _sittings(mall: Mall, lines: Lines, live: Iterable[Ticket], clock: _Clock) -> Iterable[Sitting]:
    busy = {ticket.counter_id: ticket for ticket in live if ticket.state != State.WAITING}
    sessions = {
        session.counter_id: session
        for session in CounterSession.objects.filter(mall=mall, counter__in=lines.own.keys(), ended_at=None)
    }
    paused = [counter for counter, one in sessions.items() if one.state == SessionState.PAUSED and not one.until]
    last_at = _last_at(mall, lines, paused, clock.day) if paused else {}
    breaks = _breaks(mall, {lines.outlets[counter] for counter in lines.own}, clock.day)
    for counter in lines.own:
        session, ticket = sessions.get(counter), busy.get(counter)
        yield Sitting(
            counter,
            lines.own[counter],
            lines.helped[counter],
            SessionState(session.state) if session else SessionState.CLOSED,
            Busy(ticket.queue_id, ticket.variant_id, clock.seconds(ticket.changed_at), ticket.state == State.SERVING)
            if ticket
            else None,
            last_at=clock.seconds(last_at[counter]) if counter in last_at else 0.0,
            until=clock.seconds(session.until) if session and session.until else None,
            breaks=breaks.get(lines.outlets[counter], ()),
            turn=session.turn if session else 0,
        )


def _last_at(mall: Mall, lines: Lines, counters: Iterable[int], day: date) -> dict[int, datetime]:
    """Return when the last person left each counter."""
    left = Ticket.objects.filter(mall=mall, queue__in=lines.queues, day=day, counter__in=counters)
    return dict(left.values("counter").annotate(at=Max("changed_at")).values_list("counter", "at"))


def _breaks(mall: Mall, outlets: Iterable[int], day: date) -> dict[int, tuple[Pause, ...]]:
    """Return the breaks that outlets have announced; a day with hours of its own has none."""
    hours = OpeningHours.objects.filter(mall=mall, outlet__in=outlets, weekday=day.isoweekday())
    found: dict[int, tuple[Pause, ...]] = {}
    for row in hours.exclude(break_from=None).exclude(outlet__exceptions__day=day):
        if row.break_from and row.break_until:
            due, until = (
                timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second).total_seconds()
                for moment in (row.break_from, row.break_until)
            )
            found[row.outlet_id] = (Pause(due, until - due, until),)
    return found


_kept: dict[tuple[int, frozenset[int]], tuple[date, History]] = {}
_keeping = threading.Lock()


def _history(mall: Mall, lines: Lines, day: date) -> History:
    """Return what earlier days teach of some queues: read once a day in each process, for yesterday is over."""
    key = (mall.pk, lines.queues)
    kept = _kept.get(key)
    if kept and kept[0] == day:
        return kept[1]
    calls = {counter: (*lines.own[counter], *lines.helped[counter]) for counter in lines.own}
    history = learn(_passed(mall, lines.queues, day), calls)
    with _keeping:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = (day, history)
    return history


def forget() -> None:
    """Forget what was learnt: for whoever changes earlier days, which only tests and demos do."""
    with _keeping:
        _kept.clear()


def _passed(mall: Mall, queues: Iterable[int], day: date) -> Iterable[Passed]:
    """Read the calls of earlier days. Each queue by its index (mall, queue, day, number), the newest days first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.day, t.queue_id, t.variant_id, c.counter_id,"
            " extract(epoch FROM t.queued_at - m.midnight)::float8,"
            " extract(epoch FROM c.started_at - m.midnight)::float8,"
            " extract(epoch FROM s.started_at - m.midnight)::float8,"
            " extract(epoch FROM coalesce(s.ended_at, c.ended_at) - m.midnight)::float8, t.is_priority"
            " FROM unnest(%(queues)s::bigint[]) AS q (id) CROSS JOIN LATERAL ("
            "   SELECT x.id, x.day, x.queue_id, x.variant_id, x.queued_at, x.is_priority FROM queues_ticket x"
            "   WHERE x.mall_id = %(mall)s AND x.queue_id = q.id AND x.day >= %(first)s AND x.day < %(day)s"
            "   ORDER BY x.day DESC, x.number DESC LIMIT %(most)s) t"
            " CROSS JOIN LATERAL (SELECT t.day::timestamp AT TIME ZONE %(zone)s AS midnight) m"
            " JOIN queues_period c ON c.mall_id = %(mall)s AND c.ticket_id = t.id AND c.kind = 'called'"
            "   AND c.ended_at IS NOT NULL AND c.counter_id IS NOT NULL"
            " LEFT JOIN queues_period s ON s.mall_id = %(mall)s AND s.ticket_id = t.id AND s.kind = 'serving'"
            "   AND s.ended_at IS NOT NULL AND s.started_at = c.ended_at",
            {
                "mall": mall.pk,
                "queues": list(queues),
                "first": day - REMEMBERED,
                "day": day,
                "zone": str(mall.zone),
                "most": MOST_CALLS,
            },
        )
        return [Passed(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class WaitError:
    """How far what was told on a day was from what came, for one service; minutes. `bias` above 0: told too long."""

    service: str
    tickets: int
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
            "SELECT s.name, count(*), avg(abs(t.wait_low - w.minutes))::float8, avg(t.wait_low - w.minutes)::float8,"
            " avg((w.minutes <= t.wait_high)::int)::float8"
            " FROM queues_ticket t"
            " CROSS JOIN LATERAL (SELECT extract(epoch FROM min(p.started_at) - t.queued_at)::float8 / 60 AS minutes"
            "   FROM queues_period p WHERE p.mall_id = t.mall_id AND p.ticket_id = t.id AND p.kind = 'called') w"
            " JOIN catalogue_variant v ON v.mall_id = t.mall_id AND v.id = t.variant_id"
            " JOIN catalogue_service s ON s.mall_id = t.mall_id AND s.id = v.service_id"
            " WHERE t.mall_id = %s AND t.day = %s AND t.wait_low IS NOT NULL AND w.minutes IS NOT NULL"
            " GROUP BY s.id, s.name ORDER BY 3 DESC, 1",
            [mall.pk, day],
        )
        return [WaitError(*row) for row in cursor.fetchall()]
