"""On to another service or line, with the time waited already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Service, Variant
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.queues.actions import calling, forwarding, lines, serving, sessions
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import NotAtThisCounter, NotOffered
from pendopo.queues.models import Event, Period, Queue, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome, SessionState, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def beside(hall: Hall, *, code: str = "B") -> tuple[Queue, Service, Counter]:
    """Make a second line for a second service, with a counter. Stand inside the mall."""
    at = timezone.now()
    service = writing.write_service(hall.place.agency, name=f"Akta {code}", at=at)
    writing.offer(service, hall.place.outlet, at=at)
    publishing.publish(hall.mall, at=at)
    queue = lines.open_queue(hall.place.zone, code=code, name="Akta", services=[service], at=at)
    counter = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=2, at=at)
    lines.assign_counter(counter, [queue], at=at)
    return queue, service, counter


def first_case(service: Service) -> Variant:
    return Variant.objects.get(service=service, position=1)


def facts() -> list[tuple[object, ...]]:
    """Everything that a refused act must leave as it was."""
    tickets = Ticket.objects.order_by("pk").values_list("pk", "key", "state", "queue", "variant", "outcome", "counter")
    periods = Period.objects.order_by("pk").values_list("pk", "kind", "ended_at")
    return [*tickets, *periods, *Series.objects.values_list("queue", "last"), (Event.objects.count(),)]


def test_in_another_line_they_wait_since_when_they_came() -> None:
    hall = make.hall()
    other = agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
    with wall.inside(hall.mall.pk):
        queue, service, counter = beside(hall)
        ticket = serving.serve(make.called(hall), by=hall.officer, at=timezone.now())
        key = ticket.key
        # Somebody came to the other line after them.
        sessions.set_session(counter, SessionState.OPEN, by=other, at=timezone.now())
        later = make.taken(Hall(hall.place, service, queue, other))

        onward = forwarding.forward(
            ticket,
            to=queue,
            variant=first_case(service),
            note="Periksa NIK anak",
            by=hall.officer,
            at=timezone.now(),
        )

        ended = Ticket.objects.get(pk=ticket.pk)
        assert (ended.state, ended.outcome) == (State.COMPLETED, Outcome.INFORMED)
        assert (onward.state, onward.hold, onward.number_text) == (State.WAITING, "", "B-002")
        assert (onward.queued_at, onward.visit_id) == (ticket.queued_at, ticket.visit_id)
        assert onward.key == key != ended.key
        assert Series.objects.get(queue=queue).last == 2
        assert Period.objects.get(ticket=onward).kind == Period.Kind.WAITING
        assert not Period.objects.filter(ticket=ticket, ended_at=None).exists()
        told = list(Event.objects.order_by("-seq").values_list("kind", "number")[:2])
        assert told == [("taken", "B-002"), ("forwarded", "A-001")]

        called = calling.call_next(hall.mall, counter.pk, by=Caller(other.account_id), at=timezone.now())
        assert called
        assert (called.id, later.number) == (onward.pk, "B-001")


def test_a_finished_service_is_counted_as_done() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue, service, _counter = beside(hall)
        ticket = serving.serve(make.called(hall), by=hall.officer, at=timezone.now())

        forwarding.forward(
            ticket, to=queue, variant=first_case(service), is_done=True, by=hall.officer, at=timezone.now()
        )

        assert Ticket.objects.get(pk=ticket.pk).outcome == Outcome.DONE


def test_whoever_was_only_called_leaves_no_service_time() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue, service, _counter = beside(hall)
        ticket = make.called(hall)

        forwarding.forward(ticket, to=queue, variant=first_case(service), by=hall.officer, at=timezone.now())

        assert Ticket.objects.get(pk=ticket.pk).state == State.COMPLETED
        assert set(Period.objects.filter(ticket=ticket).values_list("kind", flat=True)) == {"waiting", "called"}


def test_in_the_same_line_the_ticket_itself_goes_back_to_its_place() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        at = timezone.now()
        akta = writing.write_service(hall.place.agency, name="Akta", at=at)
        writing.offer(akta, hall.place.outlet, at=at)
        lines.extend_queue(hall.queue, [akta], at=at)
        ticket, _second = make.called(hall), make.taken(hall)

        back = forwarding.forward(ticket, to=hall.queue, variant=first_case(akta), by=hall.officer, at=timezone.now())

        assert (back.pk, back.key, back.number) == (ticket.pk, ticket.key, ticket.number)
        assert (back.state, back.counter, back.variant) == (State.WAITING, None, first_case(akta))
        assert Ticket.objects.count() == 2
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert called
        assert called.id == ticket.pk


@pytest.mark.parametrize("end", ["absent", "completed"])
def test_only_whoever_is_at_a_counter_is_sent_on(end: str) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue, service, _counter = beside(hall)
        ticket = make.called(hall)
        if end == "absent":
            serving.mark_absent(ticket, by=hall.officer, at=timezone.now())
        else:
            serving.serve(ticket, by=hall.officer, at=timezone.now())
            serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())
        before = facts()

        with pytest.raises(MoveNotAllowed):
            forwarding.forward(ticket, to=queue, variant=first_case(service), by=hall.officer, at=timezone.now())

        assert facts() == before


def test_neither_to_a_line_that_is_not_for_it_nor_to_another_site() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue, service, _counter = beside(hall)
        third, _service, _counter3 = beside_elsewhere(hall)
        ticket = make.called(hall)
        before = facts()

        with pytest.raises(NotOffered):
            forwarding.forward(ticket, to=hall.queue, variant=first_case(service), by=hall.officer, at=timezone.now())
        with pytest.raises(NotOffered):
            forwarding.forward(ticket, to=third, by=hall.officer, at=timezone.now() + timedelta(seconds=1))

        assert facts() == before
        assert queue.pk != third.pk


def beside_elsewhere(hall: Hall) -> tuple[Queue, Service, None]:
    at = timezone.now()
    site = tenancy.add_site(hall.mall, name="Mobil", at=at)
    zone = tenancy.add_zone(site, code="M", name="Mobil", at=at)
    return lines.open_queue(zone, code="M", name="Keliling", services=[hall.service], at=at), hall.service, None


def test_a_stranger_sends_nobody_on() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        tax = founding.add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=timezone.now())
    stranger = agencies.staff(hall.mall, Role.OFFICER, agency=tax)
    with wall.inside(hall.mall.pk):
        queue, service, _counter = beside(hall)
        ticket = make.called(hall)
        before = facts()

        with pytest.raises(NotAtThisCounter):
            forwarding.forward(ticket, to=queue, variant=first_case(service), by=stranger, at=timezone.now())

        assert facts() == before
