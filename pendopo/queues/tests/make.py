"""A hall with a queue, ready to give tickets."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Service
from pendopo.queues.actions import calling, lines, sessions, taking
from pendopo.queues.actions.taking import Caller, Taken
from pendopo.queues.models import Queue, Ticket
from pendopo.queues.types import Origin, SessionState
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

NOBODY = Caller()


@dataclass(frozen=True)
class Hall:
    """A mall whose one queue A gives tickets for one service, with an officer at an open counter."""

    place: Place
    service: Service
    queue: Queue
    officer: Actor

    @property
    def mall(self) -> Mall:
        """The mall."""
        return self.place.mall

    @property
    def counter(self) -> Counter:
        """The counter at which the officer sits."""
        return self.place.counter

    @property
    def caller(self) -> Caller:
        """The officer, as the hot path knows them."""
        return Caller(account_id=self.officer.account_id)


def hall(in_mall: Mall | None = None, *, hours: list[Hours] | None = None, code: str = "A") -> Hall:
    """Make a hall that receives people."""
    at = timezone.now()
    place = agencies.place(in_mall, hours=hours)
    officer = agencies.staff(place.mall, Role.OFFICER, agency=place.agency)
    with wall.inside(place.mall.pk):
        service = writing.write_service(place.agency, name="Kartu Keluarga", at=at)
        writing.offer(service, place.outlet, at=at)
        publishing.publish(place.mall, at=at)
        queue = lines.open_queue(place.zone, code=code, name="Kependudukan", services=[service], at=at)
        lines.assign_counter(place.counter, [queue], at=at)
        sessions.set_session(place.counter, SessionState.OPEN, by=officer, at=at)
    return Hall(place, service, queue, officer)


def taken(hall: Hall, *, at: datetime | None = None) -> Taken:
    """Take a ticket by phone."""
    return taking.take(
        hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=NOBODY, at=at or timezone.now()
    )


def ticket(hall: Hall) -> Ticket:
    """Take a ticket by phone and fetch it. Stand inside the mall."""
    return Ticket.objects.get(pk=taken(hall).id)


def called(hall: Hall) -> Ticket:
    """Take a ticket and call it to the counter. Stand inside the mall."""
    taken(hall)
    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
    assert called
    return Ticket.objects.select_related("queue").get(pk=called.id)
