"""Adding up beside others: two workers, numbers that are taken meanwhile, a kill, and rows that the owner removes."""

from functools import partial

import pytest
from django.db import OperationalError, connection

from pendopo.performance.actions import adding_up
from pendopo.performance.models import DayRollup, ServiceRollup, StaleDay
from pendopo.performance.queries import verifying
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.models import Period, Ticket
from pendopo.queues.tests.crowd import together
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.usefixtures("committed")

AT_ONCE = 4


def add_up(here: Hall) -> int:
    with wall.inside(here.mall.pk):
        return adding_up.add_up(here.mall, at=LATER)


def come(here: Hall, minute: int) -> None:
    with wall.inside(here.mall.pk):
        make.taken(here, make.moment(here, 10, minute))


def assert_true(here: Hall) -> None:
    with wall.inside(here.mall.pk):
        assert not list(verifying.differences(here.mall, verifying.span(here.mall, None, None)))


def test_two_workers_add_up_each_day_once() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
    done: list[int] = []

    together([lambda: done.append(add_up(here))] * AT_ONCE)

    assert sorted(done) == [0] * (AT_ONCE - 1) + [3]
    assert_true(here)


def test_whoever_comes_meanwhile_is_counted_now_or_next_time() -> None:
    here = make.hall()
    come(here, 0)
    add_up(here)

    acts = [partial(come, here, minute) for minute in range(1, 9)]
    together([*acts, *[partial(add_up, here)] * AT_ONCE])
    add_up(here)

    assert_true(here)
    with wall.inside(here.mall.pk):
        assert ServiceRollup.objects.get(day=DAY).taken == 9
        assert not StaleDay.objects.exists()


def test_who_writes_a_past_day_never_waits_for_another() -> None:
    here = make.hall()
    come(here, 0)
    add_up(here)
    with wall.inside(here.mall.pk):
        adding_up.add_up(here.mall, at=LATER)
        Ticket.objects.update(state="cancelled")

        # Not ended yet; the other one would give up after a second.
        def write() -> None:
            with wall.inside(here.mall.pk), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '1s'")
                Period.objects.filter(kind="waiting").update(ended_at=make.moment(here, 10, 30))

        together([write])
    assert add_up(here) == 1
    assert_true(here)


def test_a_kill_in_between_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
    add_up(here)
    come(here, 30)
    kill = f"{adding_up.KEEP.rstrip()} RETURNING pg_terminate_backend(pg_backend_pid())"
    with monkeypatch.context() as killed:
        killed.setattr(adding_up, "KEEP", kill)
        with pytest.raises(OperationalError):
            add_up(here)
    connection.close()

    with wall.inside(here.mall.pk):
        assert ServiceRollup.objects.get(day=DAY).taken == 1
        assert DayRollup.objects.count() == 3
        assert StaleDay.objects.filter(day=DAY).exists()
    assert add_up(here) == 1
    assert_true(here)


def test_rows_that_the_owner_removes_have_their_day_added_up_anew() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        make.served(here, make.moment(here, 8))
        gone = make.served(here, make.moment(here, 9), waits=20)
    add_up(here)

    Period.objects.using("owner").filter(ticket=gone.pk).delete()
    Ticket.objects.using("owner").filter(pk=gone.pk).delete()

    assert add_up(here) == 1
    with wall.inside(here.mall.pk):
        assert ServiceRollup.objects.get(day=DAY).taken == 1
    assert_true(here)
