"""One coming, several services; and phones that have not come yet."""

from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from pendopo.agencies.actions.founding import add_counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.queues.actions import calling, lines, serving, sessions, taking
from pendopo.queues.actions.taking import Taken
from pendopo.queues.errors import VisitEnded
from pendopo.queues.models import HallRules, Queue, Ticket, Visit
from pendopo.queues.queries.tickets import ahead_of
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import together
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Hold, Needs, Origin, Outcome, Priority, SessionState, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.usefixtures("committed")


def second_line(hall: Hall) -> str:
    """Add a second service with its own queue at a second counter, and give the service's code."""
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        service = writing.write_service(hall.place.agency, name="Akta Kelahiran", at=at)
        writing.offer(service, hall.place.outlet, at=at)
        publishing.publish(hall.mall, at=at)
        lines.open_queue(hall.place.zone, code="B", name="Akta", services=[service], at=at)
    return service.code


def take(hall: Hall, service: str, *, visit: str = "", origin: Origin = Origin.PHONE) -> Taken:
    """Take a ticket, alone or in a visit."""
    return taking.take(
        hall.mall, service, origin=origin, request_id=uuid4(), by=make.NOBODY, at=timezone.now(), visit_key=visit
    )


def holds(hall: Hall) -> list[tuple[str, str]]:
    """State and hold of every ticket, in order."""
    with wall.inside(hall.mall.pk):
        return [(ticket.state, ticket.hold) for ticket in Ticket.objects.order_by("pk")]


def test_of_a_visit_with_two_services_one_is_called_and_the_other_keeps_its_place() -> None:
    hall = make.hall()
    other = second_line(hall)
    first = take(hall, hall.service.code)
    joined = take(hall, other, visit=first.key)
    with wall.inside(hall.mall.pk):
        assert Visit.objects.count() == 1

    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

    assert called
    assert called.id == first.id
    assert holds(hall) == [(State.CALLED, ""), (State.WAITING, Hold.ELSEWHERE)]
    with wall.inside(hall.mall.pk):
        ticket = serving.serve(Ticket.objects.get(pk=first.id), by=hall.officer, at=timezone.now())
        serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())
        waiting = Ticket.objects.get(pk=joined.id)
        assert ahead_of(waiting) == 0
    assert holds(hall) == [(State.COMPLETED, ""), (State.WAITING, "")]


def test_a_service_added_while_another_is_served_waits_without_being_called() -> None:
    hall = make.hall()
    other = second_line(hall)
    first = take(hall, hall.service.code)
    calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

    take(hall, other, visit=first.key)

    assert holds(hall)[1] == (State.WAITING, Hold.ELSEWHERE)


def test_a_visit_that_has_ended_is_not_joined() -> None:
    hall = make.hall()
    other = second_line(hall)
    first = take(hall, hall.service.code)
    with wall.inside(hall.mall.pk):
        serving.cancel(Ticket.objects.get(pk=first.id), by=None, at=timezone.now())

    with pytest.raises(VisitEnded):
        take(hall, other, visit=first.key)

    assert len(holds(hall)) == 1


def test_a_joined_ticket_has_the_needs_of_its_visit() -> None:
    hall = make.hall()
    other = second_line(hall)
    first = taking.take(
        hall.mall, hall.service.code, origin=Origin.PHONE, request_id=uuid4(), by=make.NOBODY, at=timezone.now(),
        needs=Needs(Priority.PREGNANT, deaf=True),
    )  # fmt: skip
    take(hall, other, visit=first.key)

    with wall.inside(hall.mall.pk):
        assert list(Ticket.objects.values_list("is_priority", flat=True)) == [True, True]
        assert Visit.objects.get().deaf


def test_two_counters_at_once_never_call_one_visit_twice() -> None:
    hall = make.hall()
    other = second_line(hall)
    with wall.inside(hall.mall.pk):
        at = timezone.now()
        elsewhere = add_counter(hall.place.outlet, zone=hall.place.zone, number=2, at=at)
        lines.assign_counter(elsewhere, [Queue.objects.get(code="B")], at=at)
        officer = agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        sessions.set_session(elsewhere, SessionState.OPEN, by=officer, at=at)
    for _round in range(10):
        first = take(hall, hall.service.code)
        take(hall, other, visit=first.key)
        got: list[int] = []

        def press(counter: int, account: int | None, got: list[int] = got) -> None:
            by = taking.Caller(account_id=account)
            if called := calling.call_next(hall.mall, counter, by=by, at=timezone.now()):
                got.append(called.id)

        together(
            [
                partial(press, hall.counter.pk, hall.officer.account_id),
                partial(press, elsewhere.pk, officer.account_id),
            ]
        )

        assert len(got) == 1
        with wall.inside(hall.mall.pk):
            for ticket in Ticket.objects.filter(state__in=[State.CALLED, State.WAITING]).order_by("state"):
                if ticket.state == State.CALLED:
                    serving.mark_absent(ticket, by=hall.officer, at=timezone.now())
            for ticket in Ticket.objects.filter(state=State.WAITING):
                serving.cancel(ticket, by=None, at=timezone.now())


def test_where_check_in_is_asked_a_phone_is_not_called_before_it_is_here() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        HallRules.objects.create(mall=hall.mall, check_in_required=True)
    take(hall, hall.service.code)

    assert calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now()) is None
    assert holds(hall) == [(State.WAITING, Hold.UNCHECKED)]


def test_one_service_ends_while_the_other_is_given_back_and_neither_waits_for_the_other() -> None:
    hall = make.hall()
    other = second_line(hall)
    for _round in range(10):
        first = take(hall, hall.service.code)
        second = take(hall, other, visit=first.key)
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        with wall.inside(hall.mall.pk):
            called, waiting = (Ticket.objects.get(pk=taken.id) for taken in (first, second))
            serving.serve(called, by=hall.officer, at=timezone.now())

        def complete(ticket: Ticket = called) -> None:
            with wall.inside(hall.mall.pk):
                serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())

        def give_back(ticket: Ticket = waiting) -> None:
            with wall.inside(hall.mall.pk):
                serving.cancel(ticket, by=None, at=timezone.now())

        together([complete, give_back])

        with wall.inside(hall.mall.pk):
            ended = [Ticket.objects.get(pk=taken.id).state for taken in (first, second)]
        assert ended == [State.COMPLETED, State.CANCELLED]
