"""What boards, tickets, consoles and the manager's hall show. `live` reads only this of the whole product."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from pendopo.agencies.models import Counter
from pendopo.agencies.queries import openings
from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.models import CounterQueue, CounterSession, Queue, QueueService, Ticket
from pendopo.queues.types import SessionState, State, number_text
from pendopo.tenancy.models import Device, Mall, Zone


@dataclass(frozen=True, slots=True)
class Call:
    """One call as a board shows it; `seq` names it once and for ever."""

    seq: int
    at: str
    kind: str
    number: str
    counter: str
    agency: str


@dataclass(frozen=True, slots=True)
class Board:
    """The last calls of a zone, newest first, true up to the event `seq`."""

    seq: int
    calls: Sequence[Call]

    def as_json(self) -> dict[str, object]:
        """Write it as `live` and the API send it."""
        return {"seq": self.seq, "calls": [asdict(call) for call in self.calls]}


def board(mall: Mall, zone_id: int | None, *, at: datetime) -> Board:
    """Return what the board of a zone (None: of the whole mall) shows; one SQL function that sets the mall itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, calls FROM queues_board(%s, %s, %s)", [mall.pk, zone_id, at])
        seq, calls = cursor.fetchone()
    rows = json.loads(calls) if isinstance(calls, str) else calls
    return Board(seq, [Call(**row) for row in rows])


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands, as its holder sees it. `counter` is a number, empty before the call."""

    ticket: int
    queue_id: int
    day: date
    number: str
    state: str
    ahead: int
    counter: str
    seq: int

    def as_json(self) -> dict[str, object]:
        """Write it as `live` sends it."""
        return {key: value for key, value in asdict(self).items() if key not in {"ticket", "queue_id", "day"}}


def place(mall: Mall, key: str) -> Place:
    """Return where the ticket of a key stands. Raises NotFound. The caller stands inside the mall."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.id, t.queue_id, t.day, q.code, t.number, t.state, c.number,"
            " coalesce((SELECT max(seq) FROM queues_event), 0), CASE WHEN t.state = 'waiting'"
            " THEN queues_ahead(%(mall)s, t.queue_id, t.day, t.queued_at, t.id) ELSE 0 END"
            " FROM queues_ticket t JOIN queues_queue q ON q.mall_id = t.mall_id AND q.id = t.queue_id"
            " LEFT JOIN agencies_counter c ON c.mall_id = t.mall_id AND c.id = t.counter_id"
            " WHERE t.mall_id = %(mall)s AND t.key = %(key)s",
            {"mall": mall.pk, "key": key},
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("Nomor antrean tidak ditemukan."))
    ticket, queue, day, code, number, state, counter, seq, ahead = row
    return Place(ticket, queue, day, number_text(code, number), state, ahead, str(counter or ""), seq)


def waiting_tickets(queue_id: int, day: date) -> list[int]:
    """Return the tickets that wait in a queue, in order: the place in this list is how many are ahead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM queues_ticket WHERE mall_id = nullif(current_setting('pendopo.mall', true), '')::int"
            " AND queue_id = %s AND day = %s AND state = 'waiting' ORDER BY queued_at, id LIMIT 2000",
            [queue_id, day],
        )
        return [row[0] for row in cursor.fetchall()]


def ticket_of_key(mall: Mall, key: str) -> Ticket:
    """Return the ticket that a key opens, with all that its page shows. Raises NotFound."""
    if not (key.isascii() and key.isalnum()):
        raise NotFound(_("Nomor antrean tidak ditemukan."))
    found = Ticket.objects.filter(mall=mall, key=key).select_related(
        "queue__zone", "variant__service__agency", "counter", "visit"
    )
    if ticket := found.first():
        return ticket
    raise NotFound(_("Nomor antrean tidak ditemukan."))


def ahead_of(ticket: Ticket) -> int:
    """Return how many wait before a ticket (100 stands for more); 0 once it was called."""
    if ticket.state != State.WAITING:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queues_ahead(%s, %s, %s, %s, %s)",
            [ticket.mall_id, ticket.queue_id, ticket.day, ticket.queued_at, ticket.pk],
        )
        return int(cursor.fetchone()[0])


def open_ticket_at(counter: Counter) -> Ticket | None:
    """Return whoever is being called or served at a counter."""
    return (
        Ticket.objects.filter(counter=counter, state__in=[State.CALLED, State.SERVING])
        .select_related("queue", "variant__service", "counter__outlet", "visit")
        .first()
    )


def session_at(counter: Counter) -> CounterSession | None:
    """Return who sits at a counter now."""
    return CounterSession.objects.filter(counter=counter, ended_at=None).select_related("account").first()


def queues_of_counter(counter: Counter) -> list[int]:
    """Return the queues that a counter calls from, in order."""
    rows = CounterQueue.objects.filter(counter=counter).order_by("is_helped", "position")
    return list(rows.values_list("queue_id", flat=True))


def waiting_at(counter: Counter, day: date, *, most: int = 50) -> list[Ticket]:
    """Return who waits for a counter as they will be called: its own queues first, then those that it helps.

    Numbers and services, neither names nor priority.
    """
    found = Ticket.objects.filter(mall_id=counter.mall_id, queue__in=queues_of_counter(counter), day=day)
    waiting = found.filter(state=State.WAITING).select_related("queue", "variant__service")
    line = CounterQueue.objects.filter(counter=counter, queue=OuterRef("queue"))
    in_turn = waiting.alias(is_helped=Subquery(line.values("is_helped")[:1]))
    return list(in_turn.order_by("is_helped", "queued_at", "pk")[:most])


def queue_of_service(mall: Mall, service_code: str) -> Queue | None:
    """Return the queue in which a service's visitors stand (at the mall's first site)."""
    line = QueueService.objects.filter(mall=mall, service__code=service_code).select_related("queue__zone")
    first = line.order_by("site__position", "pk").first()
    return first.queue if first else None


@dataclass(frozen=True, slots=True)
class QueueNow:
    """A queue as the manager sees it now; `oldest_at` is since when the first of it waits."""

    code: str
    name: str
    waiting: int
    being_served: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class CounterNow:
    """A counter as the manager sees it now; `should_be_open` when its outlet is open and nobody sits there."""

    pk: int
    number: int
    zone: str
    agency: str
    state: str
    officer: str
    should_be_open: bool
    opening: str

    @property
    def is_open(self) -> bool:
        """Whether somebody sits there and receives people."""
        return self.state == SessionState.OPEN

    @property
    def state_text(self) -> str:
        """The state in words."""
        return str(SessionState(self.state).label)


def hall_queues(mall: Mall, day: date) -> list[QueueNow]:
    """Return every queue with somebody in it, the longest wait first. Live rows only, by their two partial indexes."""
    today = Ticket.objects.filter(mall=mall, day=day).values_list("queue_id", "state", "queued_at")
    live = [*today.filter(state=State.WAITING), *today.filter(state__in=[State.CALLED, State.SERVING])]
    waiting: dict[int, list[datetime]] = {}
    serving: dict[int, int] = {}
    for queue_id, state, queued_at in live:
        waiting.setdefault(queue_id, [])
        if state == State.WAITING:
            waiting[queue_id].append(queued_at)
        else:
            serving[queue_id] = serving.get(queue_id, 0) + 1
    rows = [
        QueueNow(
            queue.code,
            queue.name,
            len(waiting[queue.pk]),
            serving.get(queue.pk, 0),
            min(waiting[queue.pk], default=None),
        )
        for queue in Queue.objects.filter(mall=mall, pk__in=waiting.keys())
    ]
    return sorted(rows, key=lambda row: (row.oldest_at is None, row.oldest_at, row.code))


def hall_counters(mall: Mall, at: datetime) -> list[CounterNow]:
    """Return every counter, those first that should be open and are not."""
    sessions = {
        session.counter_id: session
        for session in CounterSession.objects.filter(mall=mall, ended_at=None).select_related("account")
    }
    open_now = openings(mall, at)
    counters = Counter.objects.filter(mall=mall).select_related("outlet__agency", "zone")
    rows = []
    for counter in counters.order_by("zone__code", "number"):
        session = sessions.get(counter.pk)
        opening = open_now[counter.outlet_id]
        state = session.state if session else "closed"
        rows.append(
            CounterNow(
                pk=counter.pk,
                number=counter.number,
                zone=counter.zone.name,
                agency=counter.outlet.agency.short_name if counter.outlet.agency else "",
                state=state,
                officer=session.account.name if session else "",
                should_be_open=opening.state == "open" and state != "open",
                opening=opening.text,
            )
        )
    return sorted(rows, key=lambda row: not row.should_be_open)


def silent_devices(mall: Mall, at: datetime) -> list[Device]:
    """Return the devices in service that have missed their heartbeat."""
    return [device for device in Device.objects.in_service().filter(mall=mall).order_by("name") if device.is_silent(at)]


def visible_ticket(mall: Mall, reference: str, agencies: frozenset[int], *, everywhere: bool) -> Ticket:
    """Return a ticket that staff may act on, by its number in the database or its request's UUID.

    It is of a service or counter of their agencies; whoever serves the whole mall sees all. Raises NotFound.
    """
    found = Ticket.objects.filter(mall=mall).select_related(
        "queue__zone", "variant__service__agency", "counter__outlet", "visit"
    )
    if not everywhere:
        mine = Q(variant__service__agency__in=agencies) | Q(counter__outlet__agency__in=agencies)
        found = found.filter(mine)
    if reference.isascii() and reference.isdigit() and int(reference) <= LARGEST_ID:
        found = found.filter(pk=int(reference))
    elif request := _uuid(reference):
        found = found.filter(request_id=request)
    else:
        raise NotFound(_("Nomor antrean tidak ditemukan."))
    if ticket := found.first():
        return ticket
    raise NotFound(_("Nomor antrean tidak ditemukan."))


def ticket_of_reference(mall: Mall, reference: str, key: str) -> Ticket:
    """Return the ticket of a holder: by its key, or by what else names it beside its key. Raises NotFound."""
    ticket = ticket_of_key(mall, key or reference)
    if key and reference not in {key, str(ticket.pk), str(ticket.request_id)}:
        raise NotFound(_("Nomor antrean tidak ditemukan."))
    return ticket


def zone_of(mall: Mall, text: str) -> int | None:
    """Return the zone that a board asks for by number or code; None for the whole mall. Raises NotFound."""
    if not text:
        return None
    zones = Zone.objects.filter(mall=mall)
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        found = zones.filter(pk=int(text)).first()
    else:
        found = zones.filter(code=text).order_by("pk").first()
    if found is None:
        raise NotFound(_("Zona “%(zone)s” tidak dikenal.") % {"zone": text[:20]})
    return found.pk


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
