"""Who receives people now, and the one sentence that says why not: kiosk, console, board and phone ask here.

An outlet's hours, holiday, break or closing (agencies), a counter's pause, and closings told ahead are all in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from pendopo.agencies.queries.opening import Opening, openings, rest_text
from pendopo.kernel import dates
from pendopo.queues.types import SessionReason, SessionState
from pendopo.tenancy.models import Mall

# A closing that was told ahead is shown from so long before it begins.
SHOWN_BEFORE = timedelta(hours=24)

COUNTERS = """
SELECT c.id, c.number, c.zone_id, c.outlet_id, coalesce(a.short_name, ''),
  coalesce(s.state, 'closed'), coalesce(s.reason, x.reason, ''), coalesce(s.until, x.until), k.reason, k.ends_at, l.own
FROM agencies_counter c
JOIN agencies_outlet o ON o.mall_id = c.mall_id AND o.id = c.outlet_id
LEFT JOIN agencies_agency a ON a.mall_id = c.mall_id AND a.id = o.agency_id
LEFT JOIN queues_countersession s ON s.mall_id = c.mall_id AND s.counter_id = c.id AND s.ended_at IS NULL
LEFT JOIN LATERAL (
  SELECT b.reason, b.until FROM queues_countersession b
  WHERE b.mall_id = c.mall_id AND b.counter_id = c.id AND b.state = 'closed' AND b.until > %(at)s
    AND NOT EXISTS (
      SELECT FROM queues_countersession n
      WHERE n.mall_id = b.mall_id AND n.counter_id = b.counter_id AND n.started_at > b.started_at
    )
  ORDER BY b.until DESC LIMIT 1
) x ON s.id IS NULL
LEFT JOIN LATERAL (
  SELECT p.reason, p.ends_at FROM agencies_closing p
  WHERE p.mall_id = c.mall_id AND p.counter_id = c.id AND p.starts_at <= %(at)s AND p.ends_at > %(at)s
  ORDER BY p.ends_at DESC LIMIT 1
) k ON true
LEFT JOIN LATERAL (
  SELECT array_agg(q.queue_id) AS own FROM queues_counterqueue q
  WHERE q.mall_id = c.mall_id AND q.counter_id = c.id
) l ON true
WHERE c.mall_id = %(mall)s AND c.retired_at IS NULL
ORDER BY c.number, c.id
"""
COMING = """
SELECT p.outlet_id, p.counter_id, p.starts_at, p.ends_at, p.reason FROM agencies_closing p
WHERE p.mall_id = %(mall)s AND p.starts_at > %(at)s AND p.starts_at <= %(until)s AND p.ends_at > %(at)s
ORDER BY p.starts_at, p.id
"""


@dataclass(frozen=True, slots=True)
class CounterStatus:
    """A counter now: `rest` says why it receives nobody, empty when it does or when nobody said why."""

    pk: int
    number: int
    zone_id: int
    outlet_id: int
    agency: str
    state: SessionState
    rest: str
    until: datetime | None
    queues: frozenset[int]

    @property
    def is_open(self) -> bool:
        """Whether somebody sits there and receives people."""
        return self.state is SessionState.OPEN and not self.rest


@dataclass(frozen=True, slots=True)
class Coming:
    """A closing that was told ahead and has not begun: of an outlet, or of one counter."""

    outlet_id: int
    counter_id: int | None
    text: str


@dataclass(frozen=True, slots=True)
class HallStatus:
    """Everything of a mall's hall that receives people, at one moment."""

    openings: Mapping[int, Opening]
    counters: Sequence[CounterStatus]
    coming: Sequence[Coming]

    def counter_away(self, counter_id: int) -> str:
        """Return why a counter receives nobody: its own rest, else its outlet's sentence; empty when neither."""
        one = next(each for each in self.counters if each.pk == counter_id)
        opening = self.openings[one.outlet_id]
        return one.rest or ("" if opening.state == "open" else opening.text)

    def coming_to_counter(self, counter_id: int, outlet_id: int) -> list[str]:
        """Return the closings that will concern a counter."""
        return [
            each.text
            for each in self.coming
            if each.counter_id == counter_id or (each.counter_id is None and each.outlet_id == outlet_id)
        ]

    def away(self, outlet_id: int, queue_id: int | None = None) -> str:
        """Return why nobody is received in a queue, or in a whole outlet; empty when somebody is, or nobody said."""
        opening = self.openings.get(outlet_id)
        if opening and opening.state != "open":
            return opening.text
        if queue_id is None:
            return self._rest(one for one in self.counters if one.outlet_id == outlet_id)
        return self._rest(one for one in self.counters if queue_id in one.queues)

    def coming_to(self, outlet_id: int, queue_id: int | None = None) -> list[str]:
        """Return the closings that will concern an outlet, or a queue to whose only counter they come."""
        calls = [one.pk for one in self.counters if queue_id in one.queues] if queue_id else []
        return [
            each.text
            for each in self.coming
            if (each.counter_id is None and each.outlet_id == outlet_id) or calls == [each.counter_id]
        ]

    @staticmethod
    def _rest(counters: Iterable[CounterStatus]) -> str:
        """Return the rest that is over first, when nobody receives people and somebody said why."""
        found = list(counters)
        if any(one.is_open for one in found):
            return ""
        rests = [one for one in found if one.rest]
        return min(rests, key=lambda one: (one.until is None, one.until or 0, one.number)).rest if rests else ""


def hall_status(mall: Mall, at: datetime) -> HallStatus:
    """Return it, in three queries. Stand inside the mall."""
    now = openings(mall, at)
    with connection.cursor() as cursor:
        cursor.execute(COUNTERS, {"mall": mall.pk, "at": at})
        counters = [_counter(mall, row) for row in cursor.fetchall()]
        cursor.execute(COMING, {"mall": mall.pk, "at": at, "until": at + SHOWN_BEFORE})
        coming = [
            Coming(outlet, counter, closing_text(mall, starts_at, ends_at, reason, at))
            for outlet, counter, starts_at, ends_at, reason in cursor.fetchall()
        ]
    return HallStatus(now, counters, coming)


def session_text(mall: Mall, reason: str, until: datetime | None) -> str:
    """Say why a counter rests, and until when: "Salat sampai 13.00"; empty when nobody said why."""
    words = SessionReason.text(reason)
    return rest_text(words, _clock(mall, until)) if words else ""


def closing_text(mall: Mall, starts_at: datetime, ends_at: datetime, reason: str, at: datetime) -> str:
    """Announce a closing: "Tutup pukul 10.00–11.00: Rapat"; with its days when they are not today."""
    first, last, today = mall.local(starts_at).date(), mall.local(ends_at).date(), mall.local(at).date()
    begins, ends = _clock(mall, starts_at), _clock(mall, ends_at)
    if first == last:
        told = {"from": begins, "until": ends, "reason": reason, "day": dates.day(first, mall.timezone)}
        if first == today:
            return _("Tutup pukul %(from)s–%(until)s: %(reason)s") % told
        return _("Tutup %(day)s pukul %(from)s–%(until)s: %(reason)s") % told
    begins, ends = f"{dates.day(first, mall.timezone)} {begins}", f"{dates.day(last, mall.timezone)} {ends}"
    return _("Tutup %(from)s sampai %(until)s: %(reason)s") % {"from": begins, "until": ends, "reason": reason}


def _clock(mall: Mall, moment: datetime | None) -> str:
    return mall.local(moment).strftime("%H.%M") if moment else ""


def _counter(mall: Mall, row: tuple[object, ...]) -> CounterStatus:
    pk, number, zone, outlet, agency, state, reason, until, closing, closes_until, queues = row
    told = SessionState(str(state))
    text = "" if told is SessionState.OPEN else session_text(mall, str(reason), _moment(until))
    if closing:
        text, until = session_text(mall, str(closing), _moment(closes_until)), closes_until
    assert isinstance(pk, int)
    assert isinstance(number, int)
    assert isinstance(zone, int)
    assert isinstance(outlet, int)
    return CounterStatus(pk, number, zone, outlet, str(agency), told, text, _moment(until), frozenset(_numbers(queues)))


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _numbers(value: object) -> Iterable[int]:
    return (one for one in value if isinstance(one, int)) if isinstance(value, list) else ()
