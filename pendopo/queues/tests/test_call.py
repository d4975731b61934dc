from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from pendopo.agencies.actions.founding import add_agency
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, ReasonMissing
from pendopo.queues.actions import calling, serving, sessions
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import CounterBusy, CounterNotOpen
from pendopo.queues.models import Event, Period, Ticket
from pendopo.queues.tests import make
from pendopo.queues.types import Outcome, SentAwayReason, SessionState, State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def test_whoever_has_waited_longest_is_called() -> None:
    hall = make.hall()
    first, _second = make.taken(hall), make.taken(hall)

    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

    assert called
    assert (called.id, called.number, called.service, called.state) == (
        first.id,
        "A-001",
        hall.service.code,
        State.CALLED,
    )
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get(pk=called.id)
        assert (ticket.state, ticket.counter_id, ticket.calls) == (State.CALLED, hall.counter.pk, 1)
        assert [period.kind for period in Period.objects.filter(ticket=ticket).order_by("started_at", "pk")] == [
            "waiting",
            "called",
        ]
        event = Event.objects.get(kind="called", mall=hall.mall)
        assert (event.number, event.counter, event.agency) == ("A-001", "1", "Dukcapil")


def test_an_empty_queue_calls_nobody() -> None:
    hall = make.hall()

    assert calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now()) is None


def test_one_counter_has_one_person() -> None:
    hall = make.hall()
    make.taken(hall)
    make.taken(hall)
    calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

    with pytest.raises(CounterBusy, match="A-001"):
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get(number=2).state == State.WAITING


def test_the_same_call_again_is_the_same_person() -> None:
    hall = make.hall()
    make.taken(hall)
    make.taken(hall)
    request = uuid4()
    at = timezone.now()

    calls = {calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at, request_id=request) for _ in range(2)}

    assert len(calls) == 1


def test_a_closed_counter_calls_nobody() -> None:
    hall = make.hall()
    make.taken(hall)
    with wall.inside(hall.mall.pk):
        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=timezone.now(), reason="shift_end")

    with pytest.raises(CounterNotOpen):
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())


def test_an_officer_of_another_agency_calls_nobody() -> None:
    hall = make.hall()
    make.taken(hall)
    with wall.inside(hall.mall.pk):
        other = add_agency(hall.mall, code="PAJAK", name="Kantor Pajak", at=timezone.now())
    stranger = agencies.staff(hall.mall, Role.OFFICER, agency=other)

    with pytest.raises(NotAllowed):
        calling.call_next(hall.mall, hall.counter.pk, by=Caller(stranger.account_id), at=timezone.now())

    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().state == State.WAITING


def test_a_service_from_call_to_outcome_leaves_its_periods() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        serving.serve(ticket, by=hall.officer, at=timezone.now())
        done = serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())

        assert (done.state, done.outcome) == (State.COMPLETED, Outcome.DONE)
        periods = list(Period.objects.filter(ticket=ticket).order_by("started_at", "pk"))
        assert [period.kind for period in periods] == ["waiting", "called", "serving"]
        assert all(period.ended_at for period in periods)


def test_sending_somebody_away_needs_a_reason() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = serving.serve(make.called(hall), by=hall.officer, at=timezone.now())
        with pytest.raises(ReasonMissing):
            serving.complete(ticket, outcome=Outcome.SENT_AWAY, by=hall.officer, at=timezone.now())
        assert Ticket.objects.get().state == State.SERVING

        reason = SentAwayReason.PAPER_MISSING
        serving.complete(ticket, outcome=Outcome.SENT_AWAY, reason=reason, by=hall.officer, at=timezone.now())
        assert Ticket.objects.get().reason == "paper_missing"


def test_nobody_is_completed_who_was_not_served() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        with pytest.raises(MoveNotAllowed):
            serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=timezone.now())

        assert Ticket.objects.get().state == State.CALLED


def test_absent_recall_and_cancel() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)
        assert calling.recall(ticket, by=hall.officer, at=ticket.changed_at + timedelta(seconds=30)).calls == 2
        assert serving.mark_absent(ticket, by=hall.officer, at=timezone.now()).state == State.ABSENT
        waiting = make.ticket(hall)
        assert serving.cancel(waiting, by=None, at=timezone.now()).state == State.CANCELLED
        with pytest.raises(MoveNotAllowed):
            serving.cancel(ticket, by=None, at=timezone.now())
