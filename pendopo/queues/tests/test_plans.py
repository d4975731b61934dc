"""Which of a visit's tickets first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.queues.actions import attending, calling, lines, serving
from pendopo.queues.models import Period, Queue, Ticket
from pendopo.queues.queries import plans
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.tests.test_reception import second_service
from pendopo.queues.types import Hold, Outcome, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def visit(hall: Hall, services: list[str]) -> list[Ticket]:
    taken = attending.attend(hall.mall, services, request_id=uuid4(), by=agencies.staff(hall.mall), at=timezone.now())
    return plans.tickets_of_visit(Ticket.objects.get(pk=taken[0].id))


def numbers(steps: list[plans.Step]) -> list[str]:
    return [step.ticket.number_text for step in steps]


def test_the_shorter_queue_comes_first() -> None:
    hall = make.hall()
    code = second_service(hall)
    with wall.inside(hall.mall.pk):
        lines.assign_counter(hall.counter, Queue.objects.order_by("code"), at=timezone.now())
    for _person in range(3):
        make.taken(hall)

    with wall.inside(hall.mall.pk):
        steps = plans.plan(visit(hall, [hall.service.code, code]))

    assert numbers(steps) == ["B-001", "A-004"]
    assert [(step.place, step.ahead, step.minutes) for step in steps] == [(1, 0, 0), (2, 3, 30)]


def test_a_fast_queue_beats_a_short_one() -> None:
    hall = make.hall()
    code = second_service(hall)
    at = timezone.now()
    with wall.inside(hall.mall.pk):
        lines.assign_counter(hall.counter, Queue.objects.order_by("code"), at=at)
        served(hall, timedelta(minutes=1))
        for _person in range(3):
            make.taken(hall)
        visit(hall, [code])
        steps = plans.plan(visit(hall, [code, hall.service.code]))

    # Three people of one minute are sooner over than one of the usual ten.
    assert numbers(steps) == ["A-009", "B-002"]
    assert [step.minutes for step in steps] == [5, 10]


def served(hall: Hall, took: timedelta) -> None:
    """Let as many be served as make a mean."""
    for _person in range(plans.SEEN_ENOUGH):
        ticket = make.called(hall)
        at = timezone.now()
        serving.serve(ticket, by=hall.officer, at=at)
        serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=at + took)
    assert Period.objects.filter(kind=Period.Kind.SERVING).count() == plans.SEEN_ENOUGH


def test_what_no_counter_serves_comes_last_and_promises_nothing() -> None:
    hall = make.hall()
    code = second_service(hall)
    make.taken(hall)

    with wall.inside(hall.mall.pk):
        steps = plans.plan(visit(hall, [code, hall.service.code]))

    assert [(step.ticket.queue.code, step.minutes) for step in steps] == [("A", 10), ("B", None)]


def test_whoever_is_called_goes_there_first_and_what_is_over_comes_last() -> None:
    hall = make.hall()
    second, third = second_service(hall), second_service(hall, code="C")
    with wall.inside(hall.mall.pk):
        tickets = visit(hall, [second, hall.service.code, third])
        serving.cancel(tickets[0], by=None, at=timezone.now())
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert called
        steps = plans.plan(plans.tickets_of_visit(tickets[1]))

    assert [(step.ticket.state, step.place) for step in steps] == [
        (State.CALLED, 1),
        (State.WAITING, 2),
        (State.CANCELLED, None),
    ]
    assert steps[1].ticket.hold == Hold.ELSEWHERE
