"""One ticket: found by its key or number, and where it stands."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotFound
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.queues.models import EventDay, Queue, QueueService, Ticket
from pendopo.queues.types import State, number_text
from pendopo.tenancy.models import Mall


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
            " THEN queues_ahead(%(mall)s, t.queue_id, t.day, t.queued_at, t.id, t.is_priority) ELSE 0 END"
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


def places_in_line(queue_id: int, day: date) -> dict[int, int]:
    """Return how many wait before each ticket of a queue: before a priority ticket, priority tickets only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, CASE WHEN is_priority THEN row_number() OVER (PARTITION BY is_priority ORDER BY queued_at, id)"
            " ELSE row_number() OVER (ORDER BY queued_at, id) END - 1"
            " FROM queues_ticket WHERE mall_id = nullif(current_setting('pendopo.mall', true), '')::int"
            " AND queue_id = %s AND day = %s AND state = 'waiting' AND hold = '' LIMIT 2000",
            [queue_id, day],
        )
        return dict(cursor.fetchall())


def ticket_of_key(mall: Mall, key: str) -> Ticket:
    """Return the ticket that a key opens, with all that its page shows. Raises NotFound."""
    if not (key.isascii() and key.isalnum()):
        raise NotFound(_("Nomor antrean tidak ditemukan."))
    found = Ticket.objects.filter(mall=mall, key=key).select_related(
        "queue__zone", "queue__site", "variant__service__agency", "counter", "visit"
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
            "SELECT queues_ahead(%s, %s, %s, %s, %s, %s)",
            [ticket.mall_id, ticket.queue_id, ticket.day, ticket.queued_at, ticket.pk, ticket.is_priority],
        )
        return int(cursor.fetchone()[0])


def queues_of_services(mall: Mall, service_codes: Collection[str], day: date) -> dict[str, Queue]:
    """Return the queue in which each service's visitors stand on a day, at the mall's first site; two queries.

    On an event's day that is the event's own line, as for whoever takes a number.
    """
    lines = QueueService.objects.filter(mall=mall, service__code__in=service_codes)
    found: dict[str, Queue] = {}
    at: dict[tuple[int, int], str] = {}
    for line in lines.select_related("queue__zone", "service").order_by("site__position", "pk"):
        if line.service.code not in found:
            found[line.service.code] = line.queue
            at[line.service_id, line.site_id] = line.service.code
    services = {service for service, _site in at}
    for event in EventDay.objects.filter(mall=mall, day=day, service__in=services).select_related("queue__zone"):
        if code := at.get((event.service_id, event.site_id)):
            found[code] = event.queue
    return found


def queue_of_service(mall: Mall, service_code: str, day: date) -> Queue | None:
    """Return the same for one service; None for a service without a queue."""
    return queues_of_services(mall, [service_code], day).get(service_code)


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


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
