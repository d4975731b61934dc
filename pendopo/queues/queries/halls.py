"""What the manager sees of the hall now."""

from dataclasses import dataclass
from datetime import date, datetime

from pendopo.agencies.models import Counter
from pendopo.agencies.queries import openings
from pendopo.queues.models import CounterSession, Queue, Ticket
from pendopo.queues.types import SessionState, State
from pendopo.tenancy.models import Device, Mall


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
