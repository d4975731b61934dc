from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pendopo.tenancy.models import Mall
from pendopo.worktime.arithmetic import Span, WorkingTime
from pendopo.worktime.errors import OutsideCalendar
from pendopo.worktime.tests import make

FRIDAY = date(2026, 11, 27)
MONDAY = date(2026, 11, 30)
SECOND = timedelta(seconds=1)

days = st.dates(date(2022, 1, 1), date(2026, 12, 31))
moments = st.datetimes(datetime(2022, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - zone follows
amounts = st.timedeltas(timedelta(0), timedelta(hours=200))
calendars = st.builds(
    lambda hours, off, zone: make.working_time(hours, *off, zone=zone),
    st.sampled_from([make.FIVE_DAYS, make.SIX_DAYS, make.SIX_DAYS[-1:]]),
    st.sets(days, max_size=40),
    # Indonesia has no summer time; a zone that has shows that moments are really converted.
    st.sampled_from([*Mall.Zone.values, "Europe/Berlin"]),
)


def wib(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo("Asia/Jakarta"))


def test_the_day_of_receipt_does_not_count() -> None:
    working = make.working_time()

    assert working.add_working_days(FRIDAY, 1) == MONDAY
    assert working.add_working_days(FRIDAY, 5) == date(2026, 12, 4)
    assert working.add_working_days(FRIDAY, 0) == FRIDAY
    assert working.working_days_between(FRIDAY, date(2026, 12, 4)) == 5
    assert working.working_days_between(date(2026, 12, 4), FRIDAY) == -5


def test_received_on_a_day_off_begins_with_the_next_working_day() -> None:
    assert make.working_time().add_working_days(date(2026, 11, 29), 1) == MONDAY


def test_saturday_is_worked_in_a_week_of_six_days() -> None:
    assert make.working_time(make.SIX_DAYS).add_working_days(FRIDAY, 1) == date(2026, 11, 28)


def test_a_day_off_is_passed_over() -> None:
    working = make.working_time(make.FIVE_DAYS, MONDAY)

    assert not working.is_working_day(MONDAY)
    assert working.add_working_days(FRIDAY, 1) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("start", "amount", "due"),
    [
        (wib(MONDAY, 8), timedelta(hours=2), wib(MONDAY, 10)),
        (wib(MONDAY, 11), timedelta(hours=2), wib(MONDAY, 14)),  # over the break
        (wib(MONDAY, 12, 30), timedelta(hours=1), wib(MONDAY, 14)),  # in the break
        (wib(MONDAY, 5), timedelta(hours=1), wib(MONDAY, 8, 30)),  # before work begins
        (wib(MONDAY, 15), timedelta(hours=1), wib(MONDAY, 16)),  # due when work ends, not at the next opening
        (wib(MONDAY, 15), timedelta(hours=1, seconds=1), wib(date(2026, 12, 1), 7, 30) + SECOND),
        (wib(FRIDAY, 11), timedelta(hours=1), wib(FRIDAY, 13, 30)),  # the longer break of Friday
        (wib(FRIDAY, 16), timedelta(hours=1), wib(MONDAY, 8)),  # over the weekend
        (wib(date(2026, 11, 28), 9), timedelta(0), wib(date(2026, 11, 28), 9)),
    ],
)
def test_the_clock_runs_only_within_working_hours(start: datetime, amount: timedelta, due: datetime) -> None:
    assert make.working_time().add_working_time(start, amount) == due


def test_the_wall_clock_is_the_malls_own() -> None:
    at_midnight_utc = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)  # 07.00 WIB, 08.00 WITA, 09.00 WIT

    due = [
        make.working_time(zone=zone).add_working_time(at_midnight_utc, timedelta(hours=1)) for zone in Mall.Zone.values
    ]

    assert [moment.strftime("%H.%M") for moment in due] == ["01.30", "01.00", "01.00"]
    assert {moment.tzinfo for moment in due} == {UTC}


def test_a_week_is_thirty_seven_and_a_half_hours() -> None:
    assert make.working_time().working_time_between(wib(MONDAY, 0), wib(date(2026, 12, 7), 0)) == timedelta(hours=37.5)


def test_beyond_the_days_that_were_read_nothing_is_guessed() -> None:
    working = make.working_time(known_until=date(2026, 12, 1))

    assert working.add_working_days(FRIDAY, 2) == date(2026, 12, 1)
    with pytest.raises(OutsideCalendar):
        working.add_working_days(FRIDAY, 3)
    with pytest.raises(OutsideCalendar):
        working.add_working_time(wib(FRIDAY, 8), timedelta(hours=30))
    with pytest.raises(OutsideCalendar):
        working.working_days_between(FRIDAY, date(2026, 12, 2))


def test_when_every_day_is_off_it_ends_all_the_same() -> None:
    off = [FRIDAY + timedelta(days=day) for day in range(30)]
    working = make.working_time(make.FIVE_DAYS, *off, known_until=off[-1])

    with pytest.raises(OutsideCalendar):
        working.add_working_days(FRIDAY, 1)


@pytest.mark.parametrize(
    "weekdays",
    [
        {},
        {1: ()},
        {0: (Span(time(8), time(9)),)},
        {1: (Span(time(9), time(8)),)},
        {1: (Span(time(8), time(10)), Span(time(9), time(11)))},
    ],
)
def test_hours_that_cannot_be_are_refused(weekdays: dict[int, tuple[Span, ...]]) -> None:
    with pytest.raises(ValueError, match=r"span|hours"):
        WorkingTime(ZoneInfo("Asia/Jakarta"), weekdays)


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        make.working_time().add_working_time(datetime(2026, 11, 30), timedelta(hours=1))  # noqa: DTZ001 - refused


def test_time_is_not_taken_away() -> None:
    working = make.working_time()

    with pytest.raises(ValueError, match="added"):
        working.add_working_days(FRIDAY, -1)
    with pytest.raises(ValueError, match="added"):
        working.add_working_time(wib(FRIDAY, 8), -SECOND)


@given(calendars, days, st.integers(0, 60))
def test_between_undoes_adding_days(working: WorkingTime, start: date, amount: int) -> None:
    end = working.add_working_days(start, amount)

    assert working.working_days_between(start, end) == amount
    assert amount == 0 or working.is_working_day(end)


@given(calendars, days, days, days)
def test_days_add_up(working: WorkingTime, a: date, b: date, c: date) -> None:
    between = working.working_days_between

    assert between(a, c) == between(a, b) + between(b, c)


@given(calendars, moments, amounts)
def test_between_undoes_adding_time(working: WorkingTime, start: datetime, amount: timedelta) -> None:
    end = working.add_working_time(start, amount)

    assert working.working_time_between(start, end) == amount
    assert working.working_time_between(end, start) == -amount


@given(calendars, moments, amounts)
def test_what_is_due_is_due_at_the_first_such_moment(working: WorkingTime, start: datetime, amount: timedelta) -> None:
    end = working.add_working_time(start, amount)

    assert not amount or working.working_time_between(start, end - SECOND) < amount


@given(calendars, moments, amounts, amounts)
def test_more_work_is_never_due_earlier(
    working: WorkingTime, start: datetime, one: timedelta, other: timedelta
) -> None:
    less, more = sorted([one, other])

    assert working.add_working_time(start, less) <= working.add_working_time(start, more)


@given(calendars, moments, moments, amounts)
def test_what_comes_later_is_never_due_earlier(
    working: WorkingTime, one: datetime, other: datetime, amount: timedelta
) -> None:
    earlier, later = sorted([one, other])

    assert working.add_working_time(earlier, amount) <= working.add_working_time(later, amount)


@given(calendars, days, days, st.integers(0, 30))
def test_days_are_monotone(working: WorkingTime, one: date, other: date, amount: int) -> None:
    earlier, later = sorted([one, other])

    assert working.add_working_days(earlier, amount) <= working.add_working_days(later, amount)
