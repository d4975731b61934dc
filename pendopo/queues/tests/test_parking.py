"""Somebody waits aside and comes back to the old place."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pendopo.agencies.actions.founding import add_agency
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.queues.actions import calling, parking, serving
from pendopo.queues.errors import NotAtThisCounter
from pendopo.queues.models import Event, Period, Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import Hold, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def facts() -> list[tuple[object, ...]]:
    """Everything that a refused act must leave as it was."""
    tickets = Ticket.objects.order_by("pk").values_list("pk", "state", "hold", "hold_note", "counter", "changed_at")
    return [*tickets, *Period.objects.order_by("pk").values_list("pk", "kind", "ended_at"), (Event.objects.count(),)]


def test_whoever_waits_aside_leaves_the_counter_free_and_is_not_called() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = serving.serve(make.called(hall), by=hall.officer, at=timezone.now())
        second = make.taken(hall)

        parked = parking.park(ticket, note=" Kursi depan, menunggu salinan KK ", by=hall.officer, at=timezone.now())
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

        assert (parked.state, parked.hold, parked.counter) == (State.WAITING, Hold.PARKED, None)
        assert parked.hold_note == "Kursi depan, menunggu salinan KK"
        assert called
        assert called.id == second.id
        aside = Period.objects.get(ticket=ticket, ended_at=None)
        assert (aside.kind, aside.counter_id) == (Period.Kind.PARKED, hall.counter.pk)
        event = Event.objects.get(ticket_id=ticket.pk, kind=Event.Kind.PARKED)
        assert event.number == "A-001"


def test_back_in_line_they_stand_where_they_stood() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        first, second = make.called(hall), make.taken(hall)
        since = first.queued_at
        parking.park(first, by=hall.officer, at=timezone.now())

        back = parking.unpark(first, by=hall.officer, at=timezone.now())
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

        assert (back.hold, back.queued_at) == ("", since)
        assert called
        assert (called.id, second.id) == (first.pk, second.id)
        kinds = Period.objects.filter(ticket=first).order_by("pk").values_list("kind", flat=True)
        assert list(kinds) == ["waiting", "called", "parked", "waiting", "called"]


@pytest.mark.parametrize("end", ["waiting", "absent", "cancelled"])
def test_only_whoever_is_at_a_counter_is_parked(end: str) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall) if end != "waiting" else make.ticket(hall)
        if end == "absent":
            serving.mark_absent(ticket, by=hall.officer, at=timezone.now())
        if end == "cancelled":
            serving.cancel(ticket, by=None, at=timezone.now())
        before = facts()

        with pytest.raises(NotAtThisCounter if end == "waiting" else MoveNotAllowed):
            parking.park(ticket, by=hall.officer, at=timezone.now())

        assert facts() == before


def test_only_the_parked_come_back_and_once() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        waiting = make.ticket(hall)
        before = facts()
        with pytest.raises(MoveNotAllowed):
            parking.unpark(waiting, by=hall.officer, at=timezone.now())
        assert facts() == before

        ticket = make.called(hall)
        parking.park(ticket, by=hall.officer, at=timezone.now())
        parking.unpark(ticket, by=hall.officer, at=timezone.now())
        before = facts()
        with pytest.raises(MoveNotAllowed):
            parking.unpark(ticket, by=hall.officer, at=timezone.now() + timedelta(minutes=1))
        assert facts() == before


def test_a_stranger_neither_parks_nor_calls_back() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        other = add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=timezone.now())
    stranger = agencies.staff(hall.mall, Role.OFFICER, agency=other)
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        before = facts()
        with pytest.raises(NotAtThisCounter):
            parking.park(ticket, by=stranger, at=timezone.now())
        assert facts() == before

        parking.park(ticket, by=hall.officer, at=timezone.now())
        before = facts()
        with pytest.raises(NotAtThisCounter):
            parking.unpark(ticket, by=stranger, at=timezone.now())
        assert facts() == before
