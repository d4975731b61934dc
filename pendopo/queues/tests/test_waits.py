"""What a holder is told of their wait, out of the tables, and what the manager sees of it later."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.models import Membership
from pendopo.queues.actions import calling, serving, sessions
from pendopo.queues.actions.estimating import tell_wait
from pendopo.queues.models import Ticket
from pendopo.queues.queries import wait_errors, waits
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome, SessionState
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
SAVEPOINT = 2


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    waits.forget()
    yield
    waits.forget()


def served(hall: Hall, at: datetime, *, minutes: int = 10) -> Ticket:
    """Take, call, serve and complete: nobody waits. Stand inside the mall."""
    make.taken(hall, at=at)
    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at)
    assert called
    ticket = serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=at)
    return serving.complete(ticket, outcome=Outcome.DONE, by=hall.officer, at=at + minutes * MINUTE)


def midday(hall: Hall, *, days_ago: int = 0) -> datetime:
    return hall.mall.local(timezone.now()).replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(
        days=days_ago
    )


def hall_with_history(calls: int = 20) -> Hall:
    """Make a hall in which every service took ten minutes, five an afternoon on each of the last days."""
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        Membership.objects.filter(account=hall.officer.account).update(starts_on=midday(hall, days_ago=30).date())
        for number in range(calls):
            served(hall, midday(hall, days_ago=1 + number // 5) + number % 5 * 30 * MINUTE)
    return hall


def at_work(hall: Hall, at: datetime) -> list[Ticket]:
    """Serve one since four minutes, and let two wait. Stand inside the mall."""
    make.taken(hall, at=at - 5 * MINUTE)
    called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at - 4 * MINUTE)
    assert called
    serving.serve(Ticket.objects.get(pk=called.id), by=hall.officer, at=at - 4 * MINUTE)
    return [Ticket.objects.get(pk=make.taken(hall, at=at - back).id) for back in (MINUTE, timedelta(0))]


def test_the_tables_tell_what_a_hand_counts() -> None:
    hall = hall_with_history()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        first, second = at_work(hall, at)

        one, two = waits.estimate(hall.mall, first, at), waits.estimate(hall.mall, second, at)
        later = waits.estimate_service(hall.mall, hall.service.code, at)

    assert one
    assert two
    assert later
    # Six minutes of ten are left; each before adds ten.
    assert (one.median, two.median, later.median) == (360, 960, 1560)
    assert (two.low, two.high) == (20, 20)


def test_an_estimate_costs_few_queries() -> None:
    hall = hall_with_history()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        ticket = at_work(hall, at)[1]

        with CaptureQueriesContext(connection) as first:
            waits.estimate(hall.mall, ticket, at)
        with CaptureQueriesContext(connection) as second:
            waits.estimate(hall.mall, ticket, at)

    assert (len(first), len(second)) == (4 + SAVEPOINT, 3 + SAVEPOINT)


def test_whole_days_are_remembered_until_there_are_calls_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    hall = hall_with_history()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        for number in range(10):
            served(hall, midday(hall, days_ago=5 + number // 5) + number % 5 * 60 * MINUTE, minutes=50)
        read = {}
        # Twenty are in the newest four days; of the day that the twenty-first is of, all are read.
        for most in (20, 21, 26):
            monkeypatch.setattr(waits, "MOST_CALLS", most)
            read[most] = len(list(waits._passed(hall.mall, [hall.queue.pk], at.date())))

    assert read == {20: 20, 21: 25, 26: 30}


def test_a_paused_counter_comes_back_when_it_said() -> None:
    hall = hall_with_history()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get(pk=make.taken(hall, at=at).id)
        until = at + 25 * MINUTE
        sessions.set_session(
            hall.counter, SessionState.PAUSED, by=hall.officer, at=at, reason="Salat Jumat", until=until
        )

        found = waits.estimate(hall.mall, ticket, at)

    assert found
    assert (found.low, found.high) == (25, 25)


def test_too_little_history_tells_nothing_and_keeps_nothing() -> None:
    hall = hall_with_history(19)
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)

        assert tell_wait(hall.mall, ticket, at=timezone.now()) is None
        ticket.refresh_from_db()

    assert (ticket.wait_low, ticket.wait_high) == (None, None)


def test_nobody_is_told_of_a_wait_that_is_over() -> None:
    hall = hall_with_history()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)

        assert waits.estimate(hall.mall, ticket, timezone.now()) is None


def test_what_was_told_first_is_kept() -> None:
    hall = hall_with_history()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        ticket = at_work(hall, at)[1]
        late = Ticket.objects.get(pk=make.taken(hall, at=at).id)

        told = tell_wait(hall.mall, ticket, at=at)
        again = tell_wait(hall.mall, ticket, at=at + MINUTE)
        tell_wait(hall.mall, late, at=at + 3 * MINUTE)
        ticket.refresh_from_db()
        late.refresh_from_db()

    assert told
    assert again
    assert (told.low, again.low) == (20, 15)
    assert (ticket.wait_low, ticket.wait_high) == (20, 20)
    assert late.wait_low is None


def test_the_page_tells_the_range_and_keeps_it() -> None:
    hall = hall_with_history()
    make.taken(hall)
    with wall.inside(hall.mall.pk):
        calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
    taken = make.taken(hall)

    page = Client().get(f"/m/{hall.mall.slug}/t/{taken.key}/").content.decode()

    with wall.inside(hall.mall.pk):
        ticket = Ticket.objects.get(pk=taken.id)
    assert "Perkiraan menunggu paling lama 10 menit" in page
    assert (ticket.wait_low, ticket.wait_high) == (10, 10)
    assert taken.number in page


def test_the_page_says_that_nobody_can_tell() -> None:
    hall = make.hall()
    taken = make.taken(hall)

    page = Client().get(f"/m/{hall.mall.slug}/t/{taken.key}/").content.decode()

    assert "Lama menunggu belum dapat diperkirakan" in page
    assert "Perkiraan menunggu" not in page


def test_a_range_in_words() -> None:
    assert waits.wait_text(10, 25) == "Perkiraan menunggu 10–25 menit"


def test_the_manager_sees_how_far_it_was_from_what_came() -> None:
    hall = make.hall()
    at = midday(hall)
    with wall.inside(hall.mall.pk):
        tickets = [make.taken(hall, at=at).id for _ in range(4)]
        # Told 10–20 and called after 0, 10, 20 and 30 minutes; the last one was not told anything.
        Ticket.objects.filter(pk__in=tickets).update(wait_low=10, wait_high=20)
        make.taken(hall, at=at)
        for number in range(5):
            called = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=at + number * 10 * MINUTE)
            assert called
            serving.mark_absent(Ticket.objects.get(pk=called.id), by=hall.officer, at=at + number * 10 * MINUTE)

        found = wait_errors.wait_errors(hall.mall, at.date())
        day_before = wait_errors.wait_errors(hall.mall, at.date() - timedelta(days=1))

    assert [(row.service, row.tickets, row.told, row.error, row.bias, row.within) for row in found] == [
        ("Kartu Keluarga", 4, 10.0, 10.0, -5.0, 0.75)
    ]
    assert not found[0].is_honest
    assert day_before == []
