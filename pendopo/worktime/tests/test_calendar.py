from datetime import date, time, timedelta

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotFound
from pendopo.tenancy import wall
from pendopo.worktime import actions, queries
from pendopo.worktime.errors import CalendarNameTaken, CalendarNotUnderstood
from pendopo.worktime.models import Calendar, CalendarHours
from pendopo.worktime.tests import make
from pendopo.worktime.types import Hours

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)


def test_a_deadline_is_counted_by_calendar_law_and_the_malls_own_word() -> None:
    make.holiday(date(2026, 11, 26))
    make.holiday(date(2026, 11, 27), name="Cuti bersama uji")
    mall = make.mall()

    with wall.inside(mall.pk):
        actions.make_calendar(mall, name="Lima hari", hours=make.FIVE_DAYS, at=make.NOW, is_default=True)
        actions.set_mall_day(
            mall, date(2026, 11, 27), is_day_off=False, name="Tetap buka", reason="Surat edaran", at=make.NOW
        )
        working = queries.working_time(mall, FIRST, LAST)

    assert working.add_working_days(date(2026, 11, 25), 1) == date(2026, 11, 27)
    # Monday 09.00 WIB; 37.5 hours later, with Thursday off and 7.5 hours on each other day.
    assert working.add_working_time(make.NOW, timedelta(hours=37.5)) == make.NOW + timedelta(days=8)


def test_three_queries_read_a_calendar(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        six = actions.make_calendar(mall, name="Enam hari", hours=make.SIX_DAYS, at=make.NOW)
        with django_assert_num_queries(3):
            working = queries.working_time(mall, FIRST, LAST, calendar=six)

    assert working.is_working_day(date(2026, 11, 28))


def test_without_a_calendar_nothing_is_assumed() -> None:
    mall, other = make.mall(), make.mall()
    with wall.inside(other.pk):
        actions.make_calendar(other, name="Lima hari", hours=make.FIVE_DAYS, at=make.NOW, is_default=True)

    with wall.inside(mall.pk), pytest.raises(NotFound):
        queries.working_time(mall, FIRST, LAST)


def test_a_new_default_takes_the_place_of_the_one_before() -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        actions.make_calendar(mall, name="Lima hari", hours=make.FIVE_DAYS, at=make.NOW, is_default=True)
        actions.make_calendar(mall, name="Enam hari", hours=make.SIX_DAYS, at=make.NOW, is_default=True)

        assert Calendar.objects.get(is_default=True).name == "Enam hari"
        assert Entry.objects.filter(action="calendar.made").count() == 2


def test_hours_are_replaced_whole() -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        calendar = actions.make_calendar(mall, name="Kantor", hours=make.SIX_DAYS, at=make.NOW, is_default=True)
        actions.set_calendar_hours(calendar, make.FIVE_DAYS, reason="Perpres 21/2023", at=make.NOW)

        assert not queries.working_time(mall, FIRST, LAST).is_working_day(date(2026, 11, 28))
        assert Entry.objects.get(action="calendar.hours_set").reason == "Perpres 21/2023"


@pytest.mark.parametrize(
    "hours",
    [
        (),
        (Hours(0, time(8), time(9)),),
        (Hours(1, time(9), time(8)),),
        (Hours(1, time(8), time(9)), Hours(1, time(10), time(11))),
        (Hours(1, time(8), time(16), time(12)),),
        (Hours(1, time(8), time(16), time(13), time(12)),),
        (Hours(1, time(8), time(16), time(12), time(16)),),
    ],
)
def test_hours_that_cannot_be_are_refused(hours: tuple[Hours, ...]) -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        with pytest.raises(CalendarNotUnderstood):
            actions.make_calendar(mall, name="Kantor", hours=hours, at=make.NOW)

        assert Calendar.objects.count() == CalendarHours.objects.count() == 0
        assert not Entry.objects.filter(action="calendar.made").exists()


def test_a_name_is_given_once() -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        first = actions.make_calendar(mall, name="Kantor", hours=make.SIX_DAYS, at=make.NOW, is_default=True)
        with pytest.raises(CalendarNameTaken):
            actions.make_calendar(mall, name="Kantor", hours=make.FIVE_DAYS, at=make.NOW, is_default=True)

        assert Calendar.objects.get() == first
        assert Calendar.objects.get().is_default
        assert CalendarHours.objects.count() == 6
