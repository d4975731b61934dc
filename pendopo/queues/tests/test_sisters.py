"""One coming, several services: whoever leaves a counter, for whatever reason, may be called for the next."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Variant
from pendopo.kernel.errors import RuleViolation
from pendopo.queues.actions import calling, forwarding, lines, parking, serving, taking
from pendopo.queues.models import Queue, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import NOBODY, Hall
from pendopo.queues.types import Hold, Origin, Outcome, State
from pendopo.tenancy import wall


def with_second_line(hall: Hall) -> Queue:
    """Add a line for another service. Stand inside the mall."""
    at = timezone.now()
    service = writing.write_service(hall.place.agency, name="Akta", at=at)
    writing.offer(service, hall.place.outlet, at=at)
    publishing.publish(hall.mall, at=at)
    return lines.open_queue(hall.place.zone, code="B", name="Akta", services=[service], at=at)


def two_of_one(hall: Hall, queue: Queue) -> tuple[Ticket, Ticket]:
    """Let one visitor take a number in both lines and be called in the first. Stand inside the mall."""
    first = make.taken(hall)
    code = _service_of(queue)
    second = taking.take(
        hall.mall, code, origin=Origin.PHONE, request_id=uuid4(), by=NOBODY, at=timezone.now(), visit_key=first.key
    )
    calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
    return Ticket.objects.get(pk=first.id), Ticket.objects.get(pk=second.id)


def _service_of(queue: Queue) -> str:
    return queue.services.get().service.code


def complete(ticket: Ticket, hall: Hall) -> None:
    serving.serve(ticket, by=hall.officer, at=timezone.now())
    serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())


def park(ticket: Ticket, hall: Hall) -> None:
    parking.park(ticket, by=hall.officer, at=timezone.now())


def absent(ticket: Ticket, hall: Hall) -> None:
    serving.mark_absent(ticket, by=hall.officer, at=timezone.now())


def cancel(ticket: Ticket, _hall: Hall) -> None:
    serving.cancel(ticket, by=None, at=timezone.now())


def send_back(ticket: Ticket, hall: Hall) -> None:
    forwarding.forward(ticket, to=hall.queue, by=hall.officer, at=timezone.now())


@pytest.mark.django_db
@pytest.mark.parametrize("leave", [complete, park, absent, cancel, send_back])
def test_the_other_number_may_be_called_once_the_first_leaves(leave: Callable[[Ticket, Hall], None]) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        first, second = two_of_one(hall, with_second_line(hall))
        assert (first.state, second.hold) == (State.CALLED, Hold.ELSEWHERE)

        leave(first, hall)

        assert Ticket.objects.get(pk=second.pk).hold == ""


@pytest.mark.django_db
def test_giving_back_the_waiting_number_does_not_free_a_third() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue = with_second_line(hall)
        first, second = two_of_one(hall, queue)
        third = taking.take(
            hall.mall, _service_of(queue), origin=Origin.PHONE, request_id=uuid4(), by=NOBODY, at=timezone.now(),
            visit_key=first.key,
        )  # fmt: skip
        held = Ticket.objects.get(pk=third.id).hold

        serving.cancel(second, by=None, at=timezone.now())

        assert Ticket.objects.get(pk=third.id).hold == held
        assert Ticket.objects.get(pk=first.pk).state == State.CALLED


@pytest.mark.django_db
def test_back_from_aside_they_wait_while_their_other_number_is_at_a_counter() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        first, second = two_of_one(hall, with_second_line(hall))
        parking.park(first, by=hall.officer, at=timezone.now())
        lines.assign_counter(hall.counter, [second.queue], at=timezone.now(), helped=[hall.queue])
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert called
        assert called.id == second.pk

        back = parking.unpark(first, by=hall.officer, at=timezone.now())

        assert back.hold == Hold.ELSEWHERE
        complete(Ticket.objects.get(pk=second.pk), hall)
        assert Ticket.objects.get(pk=first.pk).hold == ""


def at_once(hall: Hall, act: Callable[[], object]) -> list[str]:
    """Let two officers do the same at once; return what each was told."""

    def one(_who: int) -> str:
        try:
            with wall.inside(hall.mall.pk):
                act()
        except RuleViolation as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, range(2)))


@pytest.mark.usefixtures("committed")
def test_two_who_send_the_same_visitor_on_at_once_give_one_number() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        queue = with_second_line(hall)
        ticket = make.called(hall)
        variant = Variant.objects.get(service__code=_service_of(queue), position=1)

    told = at_once(
        hall,
        lambda: forwarding.forward(ticket, to=queue, variant=variant, by=hall.officer, at=timezone.now()),
    )

    assert told == ["done", "move_not_allowed"]
    with wall.inside(hall.mall.pk):
        assert list(Ticket.objects.filter(queue=queue).values_list("number", flat=True)) == [1]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("is_back", [False, True])
def test_two_who_park_or_bring_back_at_once_do_it_once(*, is_back: bool) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        if is_back:
            parking.park(ticket, by=hall.officer, at=timezone.now())
    act = parking.unpark if is_back else parking.park

    told = at_once(hall, lambda: act(ticket, by=hall.officer, at=timezone.now()))

    # Whoever comes second finds the ticket at no counter any more, or no more aside.
    assert told == ["done", "move_not_allowed" if is_back else "not_at_this_counter"]
    with wall.inside(hall.mall.pk):
        kinds = list(ticket.periods.order_by("pk").values_list("kind", flat=True))
        assert kinds == ["waiting", "called", "parked", *(["waiting"] if is_back else [])]
