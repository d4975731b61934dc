"""Coming back after a missed call, by the ticket's page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from pendopo.agencies.types import Actor
from pendopo.audit.models import Entry
from pendopo.queues.actions import calling, returning, serving
from pendopo.queues.errors import NotMissed, ReturnTooLate, ReturnUsed
from pendopo.queues.models import Event, HallRules, Period, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Hold, State
from pendopo.tenancy import wall


def missed(hall: Hall, *, at: datetime | None = None) -> Ticket:
    """Take a ticket, call it and mark its holder absent. Stand inside the mall."""
    return serving.mark_absent(make.called(hall), by=hall.officer, at=at or timezone.now())


def holder(hall: Hall) -> Actor:
    return Actor(mall=hall.mall)


def traces(hall: Hall) -> tuple[int, int, int]:
    return Event.objects.filter(mall=hall.mall).count(), Period.objects.count(), Entry.objects.count()


@pytest.mark.django_db
def test_whoever_comes_back_in_time_stands_before_all_who_came_later() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = missed(hall)
        came_at = ticket.queued_at
        make.taken(hall)

    answer = Client().post(f"/m/{hall.mall.slug}/t/{ticket.key}/return/")

    assert (answer.status_code, answer["Location"]) == (302, f"/m/{hall.mall.slug}/t/{ticket.key}/")
    with wall.inside(hall.mall.pk):
        ticket.refresh_from_db()
        assert (ticket.state, ticket.returns, ticket.counter, ticket.queued_at) == (State.WAITING, 1, None, came_at)
        kinds = Period.objects.filter(ticket=ticket).order_by("pk").values_list("kind", "ended_at")
        assert [(kind, ended is None) for kind, ended in kinds] == [
            ("waiting", False), ("called", False), ("waiting", True),
        ]  # fmt: skip
        told = Event.objects.filter(mall=hall.mall).latest("seq")
        assert (told.kind, told.number, told.counter) == ("returned", "A-001", "")
        called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert called
        assert called.id == ticket.pk


@pytest.mark.django_db
def test_coming_back_again_changes_nothing() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = missed(hall)
        returning.come_back(ticket, by=holder(hall), at=timezone.now())
        before = traces(hall)

        again = returning.come_back(ticket, by=holder(hall), at=timezone.now())

        assert (again.state, again.returns) == (State.WAITING, 1)
        assert traces(hall) == before


@pytest.mark.django_db
def test_a_ticket_missed_twice_does_not_come_back() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = missed(hall)
        returning.come_back(ticket, by=holder(hall), at=timezone.now())
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        serving.mark_absent(ticket, by=hall.officer, at=timezone.now())
        before = traces(hall)

        with pytest.raises(ReturnUsed, match="satu kali"):
            returning.come_back(ticket, by=holder(hall), at=timezone.now())

        ticket.refresh_from_db()
        assert (ticket.state, ticket.returns) == (State.ABSENT, 1)
        assert traces(hall) == before


@pytest.mark.django_db
@pytest.mark.parametrize("minutes", [None, 5])
def test_the_mall_says_how_long_one_may_be_away(minutes: int | None) -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        if minutes:
            HallRules.objects.create(mall=hall.mall, return_minutes=minutes)
        ticket = missed(hall)
        allowed = timedelta(minutes=minutes or 15)
        before = traces(hall)

        with pytest.raises(ReturnTooLate, match=f"{minutes or 15} menit"):
            returning.come_back(ticket, by=holder(hall), at=ticket.changed_at + allowed + timedelta(seconds=1))

        ticket.refresh_from_db()
        assert (ticket.state, ticket.returns) == (State.ABSENT, 0)
        assert traces(hall) == before
        assert returning.come_back(ticket, by=holder(hall), at=ticket.changed_at + allowed).state == State.WAITING


@pytest.mark.django_db
def test_nobody_comes_back_who_was_not_away() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        called = make.called(hall)
        waiting = make.ticket(hall)
        before = traces(hall)
    client = Client()

    answers = [client.post(f"/m/{hall.mall.slug}/t/{one.key}/return/") for one in (called, waiting)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "A-001 tidak terlewat: Dipanggil" in answers[0].content.decode()
    with wall.inside(hall.mall.pk):
        assert list(Ticket.objects.order_by("pk").values_list("state", flat=True)) == [State.CALLED, State.WAITING]
        assert traces(hall) == before
        with pytest.raises(NotMissed):
            returning.come_back(called, by=holder(hall), at=timezone.now())


@pytest.mark.django_db
def test_whose_visit_is_at_another_counter_waits_until_it_ends() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = missed(hall)
        other = make.called(hall)
        Ticket.objects.filter(pk__in=[ticket.pk, other.pk]).update(visit=ticket.visit, joined=True)

        assert returning.come_back(ticket, by=holder(hall), at=timezone.now()).hold == Hold.ELSEWHERE


@pytest.mark.usefixtures("committed")
def test_pressed_on_two_phones_at_once_it_is_one_return() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = missed(hall)

    def press(_turn: int) -> str:
        try:
            with wall.inside(hall.mall.pk):
                return returning.come_back(ticket, by=holder(hall), at=timezone.now()).state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, range(4))) == {State.WAITING}
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get(pk=ticket.pk).returns == 1
        assert Event.objects.filter(mall=hall.mall, kind="returned").count() == 1
        assert Entry.objects.filter(action="ticket.returned").count() == 1
        assert Period.objects.filter(ticket=ticket, ended_at=None).count() == 1
