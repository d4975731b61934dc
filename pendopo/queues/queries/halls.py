"""What the manager sees of the hall now: who waits, which counters, which devices, who called for help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.queries.opening import Opening
from pendopo.agencies.queries.roster import roster_spans
from pendopo.kernel.spans import around
from pendopo.queues.models import HelpCall
from pendopo.queues.queries.status import hall_status
from pendopo.queues.types import SessionState, State, number_text
from pendopo.tenancy.models import Device, Mall

# From how long on the longest wait of a queue is worth a look, and worth an act.
SLOW_AFTER = timedelta(minutes=15)
LONG_AFTER = timedelta(minutes=30)
WAITS = {"calm": _("Lancar"), "slow": _("Mulai lama"), "long": _("Terlalu lama")}
COLOURS = {"calm": "good", "slow": "warn", "long": "bad"}
PAPERS = {"low": _("Kertas hampir habis"), "out": _("Kertas habis")}


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue as the manager sees it now; `oldest_at` is since when the first of those who may be called waits.

    `held` of those who wait are not called for now. `own` and `helpers` are counters by their number in the database.
    """

    pk: int
    code: str
    name: str
    site_id: int
    zone_id: int
    zone: str
    waiting: int
    held: int
    being_served: int
    oldest_at: datetime | None
    own: tuple[int, ...]
    helpers: tuple[int, ...]
    at: datetime

    @property
    def light(self) -> str:
        """The traffic light: calm, slow or long."""
        waited = self.at - self.oldest_at if self.oldest_at else timedelta(0)
        return "long" if waited >= LONG_AFTER else "slow" if waited >= SLOW_AFTER else "calm"

    @property
    def light_text(self) -> str:
        """The traffic light in words."""
        return str(WAITS[self.light])

    @property
    def colour(self) -> str:
        """How the words are shown."""
        return COLOURS[self.light]


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter as the manager sees it now; `should_be_open` when its outlet is open and nobody receives people there.

    A pause with a reason is known of, and no surprise: `rest` tells it. `is_rostered` False: its roster has nobody for
    this hour. `ticket` is the number that is called or
    served `ticket_since`.
    """

    pk: int
    number: int
    zone_id: int
    zone: str
    site_id: int
    agency_id: int | None
    agency: str
    state: str
    officer: str
    since: datetime | None
    ticket: str
    ticket_state: str
    ticket_since: datetime | None
    opening_state: str
    opening: str
    opening_until: time | None
    rest: str
    is_rostered: bool

    @property
    def is_open(self) -> bool:
        """Whether somebody sits there and receives people."""
        return self.state == SessionState.OPEN

    @property
    def should_be_open(self) -> bool:
        """Whether it is closed or paused without a reason while its outlet receives people."""
        return self.opening_state == "open" and self.is_rostered and not self.is_open and not self.rest

    @property
    def state_text(self) -> str:
        """The state in words."""
        return str(SessionState(self.state).label)

    @property
    def ticket_text(self) -> str:
        """What happens with its ticket, in words."""
        return str(State(self.ticket_state).label) if self.ticket_state else ""


@dataclass(frozen=True, slots=True)
class ZoneNow:
    """A zone with its counters, and since when somebody waits there longest."""

    pk: int
    name: str
    oldest_at: datetime | None
    counters: Sequence[CounterNow]


QUEUES = """
WITH live AS (
  SELECT t.queue_id, t.state, t.hold, t.queued_at FROM queues_ticket t
  WHERE t.mall_id = %(mall)s AND t.day = %(day)s AND t.state = 'waiting'
  UNION ALL
  SELECT t.queue_id, t.state, t.hold, t.queued_at FROM queues_ticket t
  WHERE t.mall_id = %(mall)s AND t.day = %(day)s AND t.state IN ('called', 'serving')
), counted AS (
  SELECT queue_id, count(*) FILTER (WHERE state = 'waiting') AS waiting,
    count(*) FILTER (WHERE state = 'waiting' AND hold <> '') AS held,
    count(*) FILTER (WHERE state <> 'waiting') AS served,
    min(queued_at) FILTER (WHERE state = 'waiting' AND hold = '') AS oldest_at
  FROM live GROUP BY queue_id
), lines AS (
  SELECT queue_id, array_agg(counter_id ORDER BY position, id) FILTER (WHERE NOT is_helped) AS own,
    array_agg(counter_id ORDER BY position, id) FILTER (WHERE is_helped) AS helpers
  FROM queues_counterqueue WHERE mall_id = %(mall)s GROUP BY queue_id
)
SELECT q.id, q.code, q.name, q.site_id, q.zone_id, z.name, coalesce(c.waiting, 0), coalesce(c.held, 0),
  coalesce(c.served, 0), c.oldest_at, coalesce(l.own, '{}'), coalesce(l.helpers, '{}')
FROM queues_queue q
JOIN tenancy_zone z ON z.mall_id = q.mall_id AND z.id = q.zone_id
JOIN tenancy_site i ON i.mall_id = q.mall_id AND i.id = q.site_id AND i.retired_at IS NULL
LEFT JOIN counted c ON c.queue_id = q.id
LEFT JOIN lines l ON l.queue_id = q.id
WHERE q.mall_id = %(mall)s AND q.retired_at IS NULL
ORDER BY c.oldest_at NULLS LAST, c.waiting DESC NULLS LAST, c.served DESC NULLS LAST, q.code
"""

COUNTERS = """
SELECT c.id, c.number, z.id, z.name, z.site_id, a.id, coalesce(a.short_name, ''), coalesce(s.state, 'closed'),
  coalesce(w.name, ''), s.started_at, q.code, t.number, coalesce(t.state, ''),
  t.changed_at, c.outlet_id
FROM agencies_counter c
JOIN tenancy_zone z ON z.mall_id = c.mall_id AND z.id = c.zone_id
JOIN tenancy_site i ON i.mall_id = z.mall_id AND i.id = z.site_id AND i.retired_at IS NULL
JOIN agencies_outlet o ON o.mall_id = c.mall_id AND o.id = c.outlet_id
LEFT JOIN agencies_agency a ON a.mall_id = c.mall_id AND a.id = o.agency_id
LEFT JOIN queues_countersession s ON s.mall_id = c.mall_id AND s.counter_id = c.id AND s.ended_at IS NULL
LEFT JOIN people_account w ON w.id = s.account_id
LEFT JOIN queues_ticket t ON t.mall_id = c.mall_id AND t.counter_id = c.id AND t.state IN ('called', 'serving')
LEFT JOIN queues_queue q ON q.mall_id = t.mall_id AND q.id = t.queue_id
WHERE c.mall_id = %s AND c.retired_at IS NULL
ORDER BY z.code, z.id, c.number
"""


def hall_queues(mall: Mall, at: datetime) -> list[QueueNow]:
    """Return every queue, the longest wait first, in one query over the live rows."""
    with connection.cursor() as cursor:
        cursor.execute(QUEUES, {"mall": mall.pk, "day": mall.local(at).date()})
        rows = [(*row[:10], tuple(row[10]), tuple(row[11]), at) for row in cursor.fetchall()]
    return [QueueNow(*row) for row in rows]


def hall_counters(mall: Mall, at: datetime) -> list[CounterNow]:
    """Return every counter, those first that should be open and are not, in four queries, or five."""
    now = hall_status(mall, at)
    rests = {counter.pk: counter.rest for counter in now.counters}
    shut = any(now.openings[one.outlet_id].state == "open" and not one.is_open and not one.rest for one in now.counters)
    off = _off_roster(mall, at) if shut else frozenset()
    with connection.cursor() as cursor:
        cursor.execute(COUNTERS, [mall.pk])
        found = [_counter(row, now.openings, rests, off) for row in cursor.fetchall()]
    return sorted(found, key=lambda counter: not counter.should_be_open)


def _off_roster(mall: Mall, at: datetime) -> frozenset[int]:
    """Return the counters whose roster has nobody now; one without any roster is due whenever its outlet is open."""
    today = mall.local(at).date()
    rosters = {counter: spans for (counter, _day), spans in roster_spans(mall, today, today).items()}
    return frozenset(counter for counter, spans in rosters.items() if around(spans, at) is None)


def _counter(
    row: tuple[object, ...], open_now: Mapping[int, Opening], rests: Mapping[int, str], off: frozenset[int]
) -> CounterNow:
    pk, (code, number, *rest, outlet) = row[0], row[10:]
    assert isinstance(pk, int)
    assert isinstance(outlet, int)
    opening = open_now[outlet]
    label = number_text(str(code), number) if isinstance(number, int) else ""
    values = (*row[:10], label, *rest, opening.state, opening.text, opening.until, rests.get(pk, ""), pk not in off)
    return CounterNow(*values)  # type: ignore[arg-type] # as the statement above selects them


def hall_zones(queues: Sequence[QueueNow], counters: Sequence[CounterNow]) -> list[ZoneNow]:
    """Put the counters into their zones, the zone with the longest wait first."""
    oldest: dict[int, datetime] = {}
    for queue in queues:
        if queue.oldest_at:
            oldest[queue.zone_id] = min(queue.oldest_at, oldest.get(queue.zone_id, queue.oldest_at))
    zones: dict[int, list[CounterNow]] = {}
    for counter in counters:
        zones.setdefault(counter.zone_id, []).append(counter)
    found = [ZoneNow(pk, here[0].zone, oldest.get(pk), here) for pk, here in zones.items()]
    return sorted(found, key=lambda zone: (zone.oldest_at is None, zone.oldest_at, zone.name))


def helpers_for(
    queue: QueueNow, queues: Sequence[QueueNow], counters: Sequence[CounterNow], *, everybody: bool = False
) -> list[tuple[CounterNow, int]]:
    """Return the open counters of the site that could help a queue, each with how many wait for itself.

    The least busy comes first, those of the queue's zone before others. Only those of the queue's own agencies and
    the common desk, unless `everybody` is asked for.
    """
    of = {counter.pk: counter for counter in counters}
    agencies = {of[pk].agency_id for pk in queue.own if pk in of}
    waiting: dict[int, int] = {}
    for line in queues:
        for pk in {*line.own, *line.helpers}:
            waiting[pk] = waiting.get(pk, 0) + line.waiting - line.held
    able = [
        counter
        for counter in counters
        if counter.is_open
        and counter.site_id == queue.site_id
        and counter.pk not in {*queue.own, *queue.helpers}
        and (everybody or not agencies or counter.agency_id in {*agencies, None})
    ]
    able.sort(key=lambda one: (waiting.get(one.pk, 0), bool(one.ticket), one.zone_id != queue.zone_id, one.number))
    return [(counter, waiting.get(counter.pk, 0)) for counter in able]


def devices_in_trouble(mall: Mall, at: datetime) -> list[tuple[Device, bool, str]]:
    """Return the devices that are silent or lack paper: each with whether it is silent, and its paper in words."""
    found = Device.objects.in_service().filter(mall=mall).select_related("zone").order_by("name")
    told = [(device, device.is_silent(at), str(PAPERS.get(device.paper, ""))) for device in found]
    return [each for each in told if each[1] or each[2]]


def silent_devices(mall: Mall, at: datetime) -> list[Device]:
    """Return the devices in service that have missed their heartbeat."""
    return [device for device, is_silent, _paper in devices_in_trouble(mall, at) if is_silent]


def open_help_calls(mall: Mall) -> list[HelpCall]:
    """Return who called for help or security and waits for somebody, security and the longest first."""
    calls = HelpCall.objects.filter(mall=mall, answered_at=None).select_related("zone", "counter", "asked_by")
    return list(calls.order_by("-kind", "asked_at"))
