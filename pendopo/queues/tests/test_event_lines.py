"""On an event's day its own line is the one that is estimated, told of, and sent on to."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pendopo.agencies.models import Membership
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Hours, Role
from pendopo.catalogue.actions import writing
from pendopo.catalogue.models import Service
from pendopo.queues.actions import calling, days, forwarding, lines, serving, taking
from pendopo.queues.errors import NotOffered
from pendopo.queues.models import Queue, QueueService, Ticket
from pendopo.queues.queries import desks, waits
from pendopo.queues.queries.tickets import queue_of_service, queues_of_services
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, Outcome
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

# Friday, 22 November 2030, 9.00 in Jakarta.
FRIDAY = date(2030, 11, 22)
DAY = timedelta(days=1)
WEEK_BEFORE = FRIDAY - 7 * DAY


class Event:
    """A hall whose second service has its own line on a Friday."""

    def __init__(self) -> None:
        self.hall: Hall = make.hall(hours=[Hours(day, time(8), time(16)) for day in range(1, 8)])
        self.mall = self.hall.mall
        self.at = datetime.combine(FRIDAY, time(9), self.mall.zone)
        with wall.inside(self.mall.pk):
            self.fines: Service = writing.write_service(self.hall.place.agency, name="Tilang", at=self.at)
            writing.offer(self.fines, self.hall.place.outlet, at=self.at)
            lines.extend_queue(self.hall.queue, [self.fines], at=self.at)
            line = QueueService.objects.select_related("queue__mall", "site", "service").get(service=self.fines)
            self.ordinary, self.manager = line, agencies.staff(self.mall, Role.MANAGER)
            event = days.declare_event(
                line,
                FRIDAY,
                name="Sidang tilang",
                code="TL",
                reason="Putusan Jumat",
                by=self.manager,
                at=self.at - 3 * DAY,
            )
            self.line: Queue = event.queue

    def take(self, service: Service, at: datetime) -> Ticket:
        """Take a number at the kiosk. Stand inside the mall."""
        taken = taking.take(self.mall, service.code, origin=Origin.KIOSK, request_id=uuid4(), by=taking.Caller(), at=at)
        return Ticket.objects.get(pk=taken.id)

    def serve(self, service: Service, at: datetime) -> None:
        """Serve somebody for ten minutes. Stand inside the mall."""
        ticket = serving.serve(self.at_counter(at, service), by=self.hall.officer, at=at)
        serving.complete(ticket, outcome=Outcome.DONE, by=self.hall.officer, at=at + timedelta(minutes=10))

    def at_counter(self, at: datetime, service: Service | None = None) -> Ticket:
        """Take a number, of the ordinary service unless another is meant, and call it. Stand inside the mall."""
        self.take(service or self.hall.service, at)
        called = calling.call_next(self.mall, self.hall.counter.pk, by=self.hall.caller, at=at)
        assert called
        return Ticket.objects.select_related("queue").get(pk=called.id)


def test_the_line_of_a_service_is_that_of_its_event_on_that_day_alone() -> None:
    event = Event()
    codes = [event.fines.code, event.hall.service.code]
    with wall.inside(event.mall.pk):
        friday, saturday = (queues_of_services(event.mall, codes, day) for day in (FRIDAY, FRIDAY + DAY))
        assert queue_of_service(event.mall, event.fines.code, FRIDAY) == event.line
        assert queue_of_service(event.mall, "TIDAK-ADA", FRIDAY) is None
        with CaptureQueriesContext(connection) as asked:
            queues_of_services(event.mall, codes * 20, FRIDAY)

    assert friday == {event.fines.code: event.line, event.hall.service.code: event.hall.queue}
    assert saturday == dict.fromkeys(codes, event.hall.queue)
    assert len(asked) == 2


def test_the_estimate_before_taking_is_that_of_the_events_line() -> None:
    event = Event()
    waits.forget()
    with wall.inside(event.mall.pk):
        Membership.objects.filter(account=event.hall.officer.account).update(starts_on=FRIDAY - 30 * DAY)
        days.declare_event(
            event.ordinary, WEEK_BEFORE, name="Sidang", code="TL", reason="x", by=event.manager, at=event.at - 9 * DAY
        )
        for number in range(20):
            event.serve(event.fines, event.at - 7 * DAY + number * timedelta(minutes=15))
            event.serve(event.hall.service, event.at - DAY + number * timedelta(minutes=15))
        for _person in range(3):
            event.take(event.fines, event.at)
        told = waits.estimate_service(event.mall, event.fines.code, event.at)
        ticket = event.take(event.fines, event.at)
        own = waits.estimate(event.mall, ticket, event.at)
        tomorrow = waits.estimate_service(event.mall, event.fines.code, event.at + DAY)
    waits.forget()
    assert told
    assert own
    assert tomorrow
    assert ticket.queue_id == event.line.pk
    # Before it is taken the same is told as right after: three of ten minutes each, and the pauses between them.
    assert abs(told.high - own.high) <= 5
    assert 30 <= told.low <= told.high <= 45
    # In the ordinary line of tomorrow nobody is.
    assert tomorrow.high == 5


def test_staff_send_people_on_to_the_line_that_the_event_has_today() -> None:
    event = Event()
    case = event.fines.variants.get
    with wall.inside(event.mall.pk):
        ticket = event.at_counter(event.at)
        assert [queue.code for queue in desks.lines_beside(ticket)] == ["A", "TL"]
        assert [variant.service.code for variant in desks.variants_in(event.line, FRIDAY)] == [event.fines.code]
        ordinary = {variant.service.code for variant in desks.variants_in(event.hall.queue, FRIDAY)}
        assert ordinary == {event.hall.service.code}
        with pytest.raises(NotOffered):
            forwarding.forward(ticket, to=event.hall.queue, variant=case(), by=event.hall.officer, at=event.at)
        onward = forwarding.forward(ticket, to=event.line, variant=case(), by=event.hall.officer, at=event.at)
    assert onward.number_text == "TL-001"


def test_on_another_day_the_events_line_is_nowhere() -> None:
    event = Event()
    with wall.inside(event.mall.pk):
        ticket = event.at_counter(event.at + DAY)
        assert [queue.code for queue in desks.lines_beside(ticket)] == ["A"]
        assert desks.variants_in(event.line, FRIDAY + DAY) == []
        with pytest.raises(NotOffered):
            forwarding.forward(
                ticket, to=event.line, variant=event.fines.variants.get(), by=event.hall.officer, at=event.at + DAY
            )
        ticket.refresh_from_db()
        assert ticket.state == "called"
