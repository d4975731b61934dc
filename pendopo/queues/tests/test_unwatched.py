"""A worker that stood still over a whole day: what was empty then is counted all the same."""

import pytest

from pendopo.agencies.actions import closings
from pendopo.agencies.actions.founding import add_counter
from pendopo.audit.models import Entry
from pendopo.queues.actions import vacancies
from pendopo.queues.actions.unwatched import find_again
from pendopo.queues.models import CounterDay, Vacancy
from pendopo.queues.queries import missing
from pendopo.queues.tests.test_vacancies import MINUTE, ONE_DAY, TODAY, clock, hall, looks, rows, sit
from pendopo.queues.types import SessionState
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + ONE_DAY


def test_a_day_that_nobody_watched_is_counted_from_who_sat_there() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        # Due 8-12 and 13-15. Opened late, left for half an hour, gone early; nobody looked.
        sit(here, clock(here, 8, 20))
        sit(here, clock(here, 10), SessionState.CLOSED, reason="shift_end")
        sit(here, clock(here, 10, 30))
        sit(here, clock(here, 14), SessionState.CLOSED, reason="shift_end")
        midnight = clock(here, 0, 5, day=TOMORROW)

        assert vacancies.tally_days(here.mall, at=midnight) == 1

        assert rows() == [
            ("empty", clock(here, 8), clock(here, 8, 20)),
            ("empty", clock(here, 10), clock(here, 10, 30)),
            ("empty", clock(here, 14), clock(here, 15)),
        ]
        assert list(Vacancy.objects.order_by("starts_at").values_list("ended_because", flat=True)) == [
            "opened", "opened", "hours",
        ]  # fmt: skip
        assert CounterDay.objects.values_list("due", "empty").get() == (360 * 60, 110 * 60)
        assert Entry.objects.filter(action="vacancies.found_again").count() == 1
        assert find_again(here.mall, TODAY, TODAY, at=midnight) == 0


def test_where_nobody_came_it_is_empty_but_not_on_a_day_of_which_nothing_is_known() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        other = add_counter(here.place.outlet, zone=here.place.zone, number=9, at=clock(here, 7))
        sit(here, clock(here, 8))
        sit(here, clock(here, 15), SessionState.CLOSED, reason="shift_end")
        # On the next day nobody sat anywhere and nobody looked: the power was off. On the third a look saw it.
        third = TODAY + 2 * ONE_DAY
        list(looks(here, clock(here, 9, day=third), clock(here, 9, 1, day=third)))
        list(looks(here, clock(here, 15, day=third), clock(here, 15, 1, day=third)))

        later = clock(here, 0, 5, day=third + ONE_DAY)
        assert vacancies.tally_days(here.mall, at=later) == 3

        empty = Vacancy.objects.filter(counter=other, day=TODAY).order_by("starts_at")
        assert list(empty.values_list("starts_at", "ended_at")) == [
            (clock(here, 8), clock(here, 12)), (clock(here, 13), clock(here, 15)),
        ]  # fmt: skip
        assert Vacancy.objects.filter(day=TOMORROW).count() == 0
        days = [missing.full_time(here.mall, day, day, later) for day in (TODAY, TOMORROW, third)]
        assert [[each.kept.share for each in of_day] for of_day in days] == [[50.0], [], [0.0]]


def test_a_closed_day_is_nobodys_fault() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 8))
        sit(here, clock(here, 11), SessionState.CLOSED, reason="shift_end")
        closings.announce_closing(
            here.place.outlet, counter=None, starts_at=clock(here, 11), ends_at=clock(here, 23), reason="Renovasi",
            at=clock(here, 8),
        )  # fmt: skip

        assert vacancies.tally_days(here.mall, at=clock(here, 0, 5, day=TOMORROW)) == 1
        assert CounterDay.objects.values_list("due", "empty").get() == (180 * 60, 0)


def test_what_was_watched_is_not_found_twice() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        list(looks(here, clock(here, 8), clock(here, 9)))
        sit(here, clock(here, 9))
        # From here on nobody looks; a colleague took over within the grace.
        sit(here, clock(here, 11), SessionState.CLOSED, reason="shift_end")
        sit(here, clock(here, 11, 0, 20))
        sit(here, clock(here, 15), SessionState.CLOSED, reason="shift_end")
        list(looks(here, clock(here, 15), clock(here, 15, 2), MINUTE))
        before = rows()

        assert find_again(here.mall, TODAY, TODAY, at=clock(here, 0, 5, day=TOMORROW)) == 0
        assert rows() == before == [("empty", clock(here, 8), clock(here, 9))]
