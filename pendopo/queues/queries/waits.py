"""How long somebody will wait, out of the tables."""

import logging
import threading
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext as _

from pendopo.queues.models import Ticket
from pendopo.queues.queries.rules import rules_of
from pendopo.queues.queries.snapshots import Clock, Snapshot, snapshot
from pendopo.queues.queries.tickets import queues_of_services
from pendopo.queues.types import Hold, State
from pendopo.queues.waiting.desks import expect
from pendopo.queues.waiting.history import History, Passed, learn
from pendopo.queues.waiting.simulation import Hall, Waiting, WaitRange, round_of_turns
from pendopo.queues.waiting.simulation import estimate as play
from pendopo.tenancy.models import Mall

# How far back queues that share counters remember: whole days, the newest first, until together they have so many
# numbers. More days tell hardly better, and whoever asks first each day pays for reading them; docs/performance.md.
REMEMBERED = timedelta(days=28)
MOST_CALLS = 1200
# What was learnt of so many groups of queues is kept until their next day.
MOST_KEPT = 64

log = logging.getLogger(__name__)


def estimate(mall: Mall, ticket: Ticket, at: datetime) -> WaitRange | None:
    """Return how long a waiting ticket will still wait; None when it is not in line, or when too little is known.

    Costs three queries, and one more for the first estimate of a day. Stand inside the mall.
    """
    return estimates(mall, [ticket], at).get(ticket.pk)


def estimates(mall: Mall, tickets: Iterable[Ticket], at: datetime) -> dict[int, WaitRange]:
    """Return the same for several tickets by their number, in as many queries; those of which nothing is known lack."""
    clock = Clock(mall, mall.local(at).date())
    asked = {
        ticket.pk: Waiting(ticket.queue_id, ticket.variant_id, clock.seconds(ticket.queued_at), ticket.is_priority)
        for ticket in tickets
        if ticket.state == State.WAITING and ticket.hold != Hold.PARKED and ticket.day == clock.day
    }
    return _estimates(mall, asked, clock, at)


def estimates_of_services(mall: Mall, service_codes: Sequence[str], at: datetime) -> dict[str, WaitRange]:
    """Return how long somebody would wait who took a ticket for each of these services now. Stand inside the mall."""
    clock = Clock(mall, mall.local(at).date())
    lines = queues_of_services(mall, service_codes, clock.day)
    # Whose service it is counts for whoever comes after, not for the wait itself. No ticket has a number below 0.
    asked = {-queue.pk: Waiting(queue.pk, 0, clock.seconds(at)) for queue in lines.values()}
    told = _estimates(mall, asked, clock, at)
    return {code: told[-queue.pk] for code, queue in lines.items() if -queue.pk in told}


def estimate_service(mall: Mall, service_code: str, at: datetime) -> WaitRange | None:
    """Return how long somebody would wait who took a ticket for a service now. Stand inside the mall."""
    return estimates_of_services(mall, [service_code], at).get(service_code)


def wait_text(low: int, high: int) -> str:
    """Say a range in words: "Perkiraan menunggu 10–25 menit"."""
    if low == high:
        return _("Perkiraan menunggu paling lama %(high)s menit") % {"high": high}
    return _("Perkiraan menunggu %(low)s–%(high)s menit") % {"low": low, "high": high}


def told_text(ticket: Ticket) -> str:
    """Return in words what the holder was told of their wait when they took the number; empty when nobody could."""
    if ticket.wait_low is None or ticket.wait_high is None:
        return ""
    return wait_text(ticket.wait_low, ticket.wait_high)


def _estimates(mall: Mall, asked: dict[int, Waiting], clock: Clock, at: datetime) -> dict[int, WaitRange]:
    """Estimate; one that fails is told to the log and to nobody else: no page and no ticket depends on it."""
    if not asked:
        return {}
    try:
        with transaction.atomic():
            return _played(mall, asked, clock, at)
    except (DatabaseError, ArithmeticError, LookupError, ValueError, StopIteration):
        log.exception("An estimate failed")
        return {}


def _played(mall: Mall, asked: dict[int, Waiting], clock: Clock, at: datetime) -> dict[int, WaitRange]:
    seen = snapshot(mall, {mine.queue for mine in asked.values()}, clock, at)
    if not seen.places:
        return {}
    history = _history(mall, seen, clock.day)
    if not any(history.knows(mine.queue) for mine in asked.values()):
        return {}
    now = clock.seconds(at)
    desks = [desk for sitting in seen.sittings if (desk := expect(sitting, history, now))]
    rules = rules_of(mall)
    turns = round_of_turns(rules.priority_turns, rules.ordinary_turns)
    found = {}
    for key, mine in asked.items():
        hall = Hall(now, desks, _in_line(seen.waiting, key, mine), turns)
        if told := play(hall, history, mine, seed=abs(key)):
            found[key] = told
    return found


def _in_line(waiting: Iterable[tuple[int, Waiting]], key: int, mine: Waiting) -> list[Waiting]:
    """Put somebody among those who wait; who has no ticket yet (a key below 0) comes after all of the same moment."""
    line: list[Waiting] = []
    is_in = False
    for ticket, person in waiting:
        if ticket == key:
            continue
        if not is_in and (person.since > mine.since or (person.since == mine.since and ticket > key > 0)):
            line.append(mine)
            is_in = True
        line.append(person)
    return line if is_in else [*line, mine]


_kept: dict[tuple[int, frozenset[int]], tuple[date, History]] = {}
_keeping = threading.Lock()


def _history(mall: Mall, seen: Snapshot, day: date) -> History:
    """Return what earlier days teach of some queues: read once a day in each process, for yesterday is over."""
    key = (mall.pk, seen.queues)
    kept = _kept.get(key)
    if kept and kept[0] == day:
        return kept[1]
    history = learn(_passed(mall, seen.queues, day), seen.calls)
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
            "WITH given AS ("
            "  SELECT day, sum(last) AS numbers, sum(sum(last)) OVER (ORDER BY day DESC) AS with_newer"
            "  FROM queues_series WHERE mall_id = %(mall)s AND queue_id = ANY(%(queues)s) AND day >= %(first)s"
            "    AND day < %(day)s GROUP BY day"
            "), since AS (SELECT min(day) AS day FROM given WHERE with_newer - numbers < %(most)s)"
            " SELECT t.day, t.queue_id, t.variant_id, c.counter_id,"
            " extract(epoch FROM t.queued_at - m.midnight)::float8,"
            " extract(epoch FROM c.started_at - m.midnight)::float8,"
            " extract(epoch FROM s.started_at - m.midnight)::float8,"
            " extract(epoch FROM coalesce(s.ended_at, c.ended_at) - m.midnight)::float8, t.is_priority"
            " FROM since CROSS JOIN unnest(%(queues)s::bigint[]) AS q (id) CROSS JOIN LATERAL ("
            "   SELECT x.id, x.day, x.queue_id, x.variant_id, x.queued_at, x.is_priority FROM queues_ticket x"
            "   WHERE x.mall_id = %(mall)s AND x.queue_id = q.id AND x.day >= since.day AND x.day < %(day)s"
            "   ORDER BY x.day DESC, x.number DESC LIMIT %(guard)s) t"
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
                "guard": 2 * MOST_CALLS,  # one day alone may have been a multiple of all others
            },
        )
        return [Passed(*row) for row in cursor.fetchall()]
