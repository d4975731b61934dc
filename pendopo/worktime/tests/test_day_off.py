"""What a day is in a mall: the SQL function that gives tickets, and the Python that counts deadlines, say the same."""

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.fixtures import DjangoAssertNumQueries

from pendopo import worktime
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotFound, ReasonMissing
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.worktime import actions, queries
from pendopo.worktime.models import MallDay
from pendopo.worktime.tests import make

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2022, 1, 1), date(2026, 12, 31)
LEAVE = date(2026, 12, 24)


def by_sql(mall: Mall) -> frozenset[date]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d::date FROM generate_series(%s::date, %s::date, interval '1 day') AS d"
            " WHERE worktime_day_off(%s, d::date) IS NOT NULL",
            [FIRST, LAST, mall.pk],
        )
        return frozenset(day for (day,) in cursor.fetchall())


def work_on(mall: Mall, day: date) -> MallDay:
    return actions.set_mall_day(
        mall, day, is_day_off=False, name="Tetap buka", reason="Surat edaran wali kota", at=make.NOW
    )


def close_on(mall: Mall, day: date) -> MallDay:
    return actions.set_mall_day(
        mall, day, is_day_off=True, name="Hari jadi kota", reason="Keputusan wali kota", at=make.NOW
    )


def test_sql_and_python_agree_on_every_day() -> None:
    actions.import_holidays(at=make.NOW)
    mall, other = make.mall(), make.mall()
    with wall.inside(other.pk):
        close_on(other, date(2026, 11, 24))
    with wall.inside(mall.pk):
        work_on(mall, LEAVE)
        close_on(mall, date(2026, 11, 25))

        assert by_sql(mall) == queries.days_off(mall, FIRST, LAST)
        assert len(by_sql(mall)) == 129


def test_a_mall_may_work_in_spite_of_the_law() -> None:
    actions.import_holidays(at=make.NOW)
    mall = make.mall()

    with wall.inside(mall.pk):
        assert queries.day_off(mall, LEAVE) == "Cuti bersama Natal"
        work_on(mall, LEAVE)
        assert queries.day_off(mall, LEAVE) is None


def test_a_mall_may_close_on_a_day_of_its_own() -> None:
    make.holiday()
    mall, other = make.mall(), make.mall()
    day = date(2026, 11, 26)

    with wall.inside(mall.pk):
        close_on(mall, day)
        assert queries.day_off(mall, day) == "Hari jadi kota"
    with wall.inside(other.pk):
        assert queries.day_off(other, day) == "Hari uji"
        assert queries.day_off(mall, day) == "Hari uji", "the wall hides another mall's word"


def test_weekends_are_not_days_off() -> None:
    mall = make.mall()

    with wall.inside(mall.pk):
        assert queries.day_off(mall, date(2026, 11, 22)) is None


def test_a_withdrawn_holiday_is_not_a_day_off() -> None:
    holiday, mall = make.holiday(), make.mall()
    actions.remove_holiday(holiday, reason="Dicabut", at=make.NOW)

    with wall.inside(mall.pk):
        assert queries.day_off(mall, holiday.day) is None
        assert queries.days_off(mall, FIRST, LAST) == frozenset()


def test_two_holidays_of_one_day_are_both_named() -> None:
    make.holiday(name="Hari Buruh")
    make.holiday(name="Kenaikan Yesus Kristus")
    mall = make.mall()

    with wall.inside(mall.pk):
        assert queries.day_off(mall, date(2026, 11, 26)) == "Hari Buruh, Kenaikan Yesus Kristus"


def test_taking_back_the_malls_word_lets_the_law_decide() -> None:
    holiday, mall = make.holiday(), make.mall()
    with wall.inside(mall.pk):
        work_on(mall, holiday.day)
        actions.remove_mall_day(mall, holiday.day, reason="Surat edaran dicabut", at=make.NOW)

        assert queries.day_off(mall, holiday.day) == "Hari uji"
        with pytest.raises(NotFound):
            actions.remove_mall_day(mall, holiday.day, reason="Sekali lagi", at=make.NOW)
        entries = Entry.objects.filter(subject=f"mall_day:{holiday.day}").order_by("pk")
        assert list(entries.values_list("action", flat=True)) == ["mall_day.set", "mall_day.removed"]


def test_a_malls_word_needs_a_name_and_a_reason() -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        with pytest.raises(ReasonMissing):
            actions.set_mall_day(mall, LEAVE, is_day_off=True, name="", reason="Uji", at=make.NOW)

        assert MallDay.objects.count() == 0
        assert not Entry.objects.filter(action="mall_day.set").exists()


def test_one_query_answers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mall = make.mall()
    with wall.inside(mall.pk), django_assert_num_queries(1):
        queries.day_off(mall, LEAVE)


def test_the_migration_holds_the_living_text() -> None:
    here = Path(worktime.__file__).parent

    assert (here / "sql/worktime_day_off.sql").read_text() == (
        here / "migrations/sql_0003/worktime_day_off.sql"
    ).read_text()
