"""Counters that should be open and are not, on a test clock: seen in time, excused by what excuses, counted once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from procrastinate.contrib.django import app

from pendopo.agencies.actions import closings, duty, opening_hours
from pendopo.agencies.actions.duty import When
from pendopo.agencies.actions.founding import add_counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.config import jobs
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.actions import sessions, vacancies
from pendopo.queues.models import CounterDay, CounterSession, Vacancy, VacancyReply
from pendopo.queues.queries import missing
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionState
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# A Monday; the hall opens at eight of its own clock.
TODAY = date(2030, 11, 18)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
LOOK = 20 * SECOND
WEEK = [Hours(day, time(8), time(15), time(12), time(13)) for day in range(1, 6)]


def hall(zone: str = Mall.Zone.WIB, hours: list[Hours] | None = None) -> Hall:
    """A hall whose one counter nobody has opened yet on the test's day."""
    made = make.hall(agencies.mall(timezone_name=zone), hours=WEEK if hours is None else hours)
    with wall.inside(made.mall.pk):
        CounterSession.objects.all().delete()
    return made


def clock(here: Hall, hour: int, minute: int = 0, second: int = 0, *, day: date = TODAY) -> datetime:
    return datetime.combine(day, time(hour, minute, second), here.mall.zone)


def sit(here: Hall, at: datetime, state: SessionState = SessionState.OPEN, **said: object) -> None:
    sessions.set_session(here.counter, state, by=here.officer, at=at, **said)  # type: ignore[arg-type] # as it takes them


def looks(here: Hall, first: datetime, last: datetime, step: timedelta = LOOK) -> Iterator[datetime]:
    """Let the worker look again and again."""
    at = first
    while at <= last:
        vacancies.watch(here.mall, at=at)
        yield at
        at += step


def rows() -> list[tuple[str, datetime, datetime | None]]:
    return list(Vacancy.objects.order_by("starts_at").values_list("kind", "starts_at", "ended_at"))


@pytest.mark.django_db
@pytest.mark.parametrize("zone", [Mall.Zone.WIB, Mall.Zone.WIT])
@pytest.mark.parametrize("phase", [0, 1, 9, 10, 11, 19])
def test_it_is_there_within_a_minute_wherever_the_looks_fall(zone: str, phase: int) -> None:
    here = hall(zone)
    opens = clock(here, 8)
    with wall.inside(here.mall.pk):
        found = [at for at in looks(here, opens - 60 * SECOND + phase * SECOND, opens + 59 * SECOND) if rows()]

        # Seen before the minute is over, and not while a colleague may be sitting down.
        assert opens + 30 * SECOND <= found[0] <= opens + 59 * SECOND
        assert rows() == [("empty", opens, None)]
        assert vacancies.watch(here.mall, at=opens + 60 * SECOND) == 0
        assert Entry.objects.filter(action="vacancy.begun").count() == 1


@pytest.mark.django_db
def test_whoever_is_relieved_within_half_a_minute_is_not_told_of() -> None:
    here = hall()
    at = clock(here, 9)
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 7, 55))
        sit(here, at, SessionState.CLOSED, reason="shift_end")
        list(looks(here, at, at + 29 * SECOND, SECOND))
        assert rows() == []

        vacancies.watch(here.mall, at=at + 30 * SECOND)
        assert rows() == [("empty", at, None)]


@pytest.mark.django_db
def test_it_ends_when_the_officer_sat_down_not_when_the_worker_looked() -> None:
    here = hall()
    opened = clock(here, 8, 7, 13)
    with wall.inside(here.mall.pk):
        list(looks(here, clock(here, 8), opened))
        sit(here, opened)
        assert vacancies.watch(here.mall, at=opened + 11 * SECOND) == 1

        assert rows() == [("empty", clock(here, 8), opened)]
        assert Vacancy.objects.get().ended_because == Vacancy.Ended.OPENED
        assert Entry.objects.filter(action="vacancy.ended").count() == 1


@pytest.mark.django_db
def test_a_break_excuses_and_what_is_empty_after_it_begins_with_its_end() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 7, 55))
        sit(here, clock(here, 11, 58), SessionState.CLOSED, reason="lunch")
        list(looks(here, clock(here, 11, 58), clock(here, 12, 59, 59)))
        assert rows() == [("empty", clock(here, 11, 58), clock(here, 12))]

        list(looks(here, clock(here, 13), clock(here, 13, 1)))
        assert rows()[1:] == [("empty", clock(here, 13), None)]


@pytest.mark.django_db
def test_it_ends_at_closing_time() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 7, 55))
        sit(here, clock(here, 14, 58, 30), SessionState.CLOSED, reason="shift_end")
        list(looks(here, clock(here, 14, 58, 30), clock(here, 15, 1)))

        assert rows() == [("empty", clock(here, 14, 58, 30), clock(here, 15))]
        assert Vacancy.objects.get().ended_because == Vacancy.Ended.HOURS


@pytest.mark.django_db
@pytest.mark.parametrize("zone", [Mall.Zone.WIB, Mall.Zone.WIT])
def test_a_night_is_cut_at_midnight_of_the_malls_own_clock(zone: str) -> None:
    here = hall(zone, agencies.ALWAYS)
    evening = clock(here, 23, 50)
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 20))
        sit(here, evening, SessionState.CLOSED, reason="shift_end")
        list(looks(here, evening, evening + 12 * MINUTE))

        before, after = Vacancy.objects.order_by("starts_at")
        assert (before.day, before.starts_at, before.ended_at) == (
            TODAY, evening, datetime.combine(TODAY, time.max, here.mall.zone),
        )  # fmt: skip
        assert (after.day, after.starts_at, after.ended_at) == (
            TODAY + ONE_DAY, datetime.combine(TODAY + ONE_DAY, time.min, here.mall.zone), None,
        )  # fmt: skip


@pytest.mark.django_db
def test_a_worker_that_stood_still_finds_what_was() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        vacancies.watch(here.mall, at=clock(here, 8, 1))
        # Opened at ten, closed at eleven, and nobody looked until the next morning but one.
        sit(here, clock(here, 10))
        sit(here, clock(here, 11), SessionState.CLOSED, reason="shift_end")
        vacancies.watch(here.mall, at=clock(here, 9, day=TODAY + 2 * ONE_DAY))

        assert rows()[0] == ("empty", clock(here, 8), clock(here, 10))
        assert rows()[1][1:] == (clock(here, 8, day=TODAY + 2 * ONE_DAY), None)


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["exception", "closing", "counter", "weekend", "roster", "nobody knows"])
def test_what_excuses(why: str) -> None:
    here = hall()
    day, noon = TODAY, clock(here, 9)
    at = clock(here, 7)
    by = agencies.staff(here.mall, Role.MANAGER)
    with wall.inside(here.mall.pk):
        match why:
            case "exception":
                opening_hours.except_day(here.place.outlet, TODAY, reason="Libur daerah", at=at)
            case "closing" | "counter":
                closings.announce_closing(
                    here.place.outlet, counter=here.counter if why == "counter" else None, starts_at=clock(here, 8),
                    ends_at=clock(here, 11), reason="Rapat", at=at,
                )  # fmt: skip
            case "weekend":
                day = date(2030, 11, 23)
                noon = clock(here, 9, day=day)
            case "roster":
                afternoon = When(time(13), time(15), weekdays=(1,), valid_from=TODAY)
                assert here.officer.account
                duty.assign(here.counter, here.officer.account, afternoon, by=by, at=at)
        vacancies.watch(here.mall, at=noon)

        assert len(rows()) == (why == "nobody knows")
        if why == "roster":
            vacancies.watch(here.mall, at=clock(here, 13, 1))
            assert rows() == [("empty", clock(here, 13), None)]
            assert Vacancy.objects.get().account == here.officer.account


@pytest.mark.django_db
def test_a_rest_with_a_reason_is_kept_apart_and_an_endless_one_becomes_empty() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 8))
        sit(here, clock(here, 9), SessionState.PAUSED, reason="meeting")
        list(looks(here, clock(here, 9), clock(here, 10, 2)))
        assert [kind for kind, *_moments in rows()] == ["rest", "empty"]
        assert rows()[0][2] == rows()[1][1] == clock(here, 10)
        assert missing.empty_now(here.mall)[0].counter == here.counter

        sit(here, clock(here, 10, 5))
        vacancies.watch(here.mall, at=clock(here, 10, 5, 7))
        assert rows()[1][2] == clock(here, 10, 5, 7)


@pytest.mark.django_db
def test_a_rest_that_ends_in_going_home_is_empty_from_then_on() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 8))
        sit(here, clock(here, 9), SessionState.PAUSED, reason="prayer", until=clock(here, 9, 20))
        list(looks(here, clock(here, 9), clock(here, 9, 10)))
        sit(here, clock(here, 9, 10, 5), SessionState.CLOSED, reason="shift_end")
        vacancies.watch(here.mall, at=clock(here, 9, 10, 20))

        assert rows() == [
            ("rest", clock(here, 9), clock(here, 9, 10, 5)), ("empty", clock(here, 9, 10, 5), None),
        ]  # fmt: skip


@pytest.mark.usefixtures("committed")
def test_two_workers_at_once_make_one_row() -> None:
    here = hall()
    at = clock(here, 8, 1)

    def look(_worker: int) -> int:
        try:
            with wall.inside(here.mall.pk):
                return vacancies.watch(here.mall, at=at)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(look, range(4)))
    with wall.inside(here.mall.pk):
        assert sum(made) == 1
        assert rows() == [("empty", clock(here, 8), None)]
        assert Entry.objects.filter(action="vacancy.begun").count() == 1
        sit(here, clock(here, 8, 5))
    at = clock(here, 8, 6)
    with ThreadPoolExecutor(4) as pool:
        ended = list(pool.map(look, range(4)))
    with wall.inside(here.mall.pk):
        assert sum(ended) == 1
        assert Entry.objects.filter(action="vacancy.ended").count() == 1


@pytest.mark.usefixtures("committed")
def test_what_is_killed_in_the_middle_doubles_nothing() -> None:
    here = hall()

    def look_and_die() -> None:
        with wall.inside(here.mall.pk):
            assert vacancies.watch(here.mall, at=clock(here, 8, 1)) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_and_die()
    with wall.inside(here.mall.pk):
        assert rows() == []
        assert vacancies.watch(here.mall, at=clock(here, 8, 2)) == 1
        assert rows() == [("empty", clock(here, 8), None)]


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_and_an_overlap() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        same = {"mall": here.mall, "counter": here.counter, "kind": Vacancy.Kind.EMPTY, "day": TODAY}
        Vacancy.objects.create(**same, starts_at=clock(here, 8))
        for moments in (
            {"starts_at": clock(here, 9)},
            {"starts_at": clock(here, 9), "ended_at": clock(here, 10), "ended_because": Vacancy.Ended.OPENED},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Vacancy.objects.create(**same, **moments)


@pytest.mark.django_db
def test_the_workers_job_looks_at_each_mall_every_twenty_seconds() -> None:
    here = hall()
    jobs.watch_counters.func(int(clock(here, 8, 0, 40).timestamp()))
    with wall.inside(here.mall.pk):
        assert rows() == [("empty", clock(here, 8), None)]
    every = app.periodic_registry.periodic_tasks.items()
    (task,) = [task for (name, _number), task in every if name.endswith("watch_counters")]
    start = clock(here, 8).timestamp()
    assert [task.croniter.get_next(ret_type=float, start_time=start + late) - start for late in (0, 20, 40)] == [
        20, 40, 60,
    ]  # fmt: skip


def empty_morning(here: Hall) -> Vacancy:
    vacancies.watch(here.mall, at=clock(here, 8, 1))
    return Vacancy.objects.select_related("counter__outlet").get()


@pytest.mark.django_db
def test_it_is_seen_and_answered_by_who_may() -> None:
    here = hall()
    own = agencies.staff(here.mall, Role.AGENCY_ADMIN, agency=here.place.agency)
    head = agencies.staff(here.mall, Role.HEAD)
    others: list[Actor] = [agencies.staff(here.mall, Role.INSPECTOR), here.officer]
    at = clock(here, 8, 2)
    with wall.inside(here.mall.pk):
        row = empty_morning(here)
        for other in others:
            with pytest.raises(NotAllowed):
                vacancies.reply(row, "Petugas sakit", by=other, at=at)
        assert VacancyReply.objects.count() == 0

        vacancies.reply(row, " ", by=head, at=at)
        vacancies.reply(row, "", by=head, at=at + MINUTE)
        vacancies.reply(row, "Petugas sakit, pengganti di jalan", by=own, at=at)

        assert sorted(VacancyReply.objects.values_list("account", "words")) == sorted(
            [(head.account_id, ""), (own.account_id, "Petugas sakit, pengganti di jalan")]
        )
        assert Entry.objects.filter(action="vacancy.seen").count() == 1


@pytest.mark.django_db
def test_minutes_are_those_of_the_hours_and_stay_when_hours_change() -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        # Due 8-12 and 13-15: 360 minutes. Empty until 8.10, a rest from 9.00 to 9.20, gone at 14.45.
        list(looks(here, clock(here, 8), clock(here, 8, 10)))
        sit(here, clock(here, 8, 10))
        list(looks(here, clock(here, 8, 10), clock(here, 8, 11)))
        sit(here, clock(here, 9), SessionState.PAUSED, reason="prayer", until=clock(here, 9, 20))
        list(looks(here, clock(here, 9), clock(here, 9, 19, 40)))
        sessions.end_pauses(here.mall, at=clock(here, 9, 20))
        vacancies.watch(here.mall, at=clock(here, 9, 20))
        sit(here, clock(here, 14, 45), SessionState.CLOSED, reason="shift_end")
        list(looks(here, clock(here, 14, 45), clock(here, 15, 1), MINUTE))

        (live,) = missing.full_time(here.mall, TODAY, TODAY, clock(here, 18))
        # counters, due, open, rested, empty, per cent
        assert live.figures == (1, 360, 315, 20, 25, 92.6)
        (early,) = missing.full_time(here.mall, TODAY, TODAY, clock(here, 8, 30))
        assert early.figures[1] == 30

        midnight = clock(here, 0, 5, day=TODAY + ONE_DAY)
        assert vacancies.tally_days(here.mall, at=clock(here, 23, 59)) == 0
        assert vacancies.tally_days(here.mall, at=midnight) == 1
        assert vacancies.tally_days(here.mall, at=midnight) == 0
        assert CounterDay.objects.values_list("due", "empty", "rest").get() == (360 * 60, 25 * 60, 20 * 60)

        opening_hours.set_hours(here.place.outlet, [], at=midnight)
        (kept,) = missing.full_time(here.mall, TODAY, TODAY + ONE_DAY, midnight)
        assert kept.figures == live.figures
        assert missing.full_time(here.mall, TODAY, TODAY, midnight, agencies=frozenset()) == []


@pytest.mark.django_db
def test_a_look_costs_little_and_no_more_for_many_counters(django_assert_num_queries: object) -> None:
    here = hall()
    with wall.inside(here.mall.pk):
        sit(here, clock(here, 7, 59))
        # Two of them are the savepoint of the act.
        with django_assert_num_queries(6):  # type: ignore[operator] # the fixture has no type of its own
            vacancies.watch(here.mall, at=clock(here, 9))
        for number in range(2, 6):
            add_counter(here.place.outlet, zone=here.place.zone, number=number, at=clock(here, 8))
        vacancies.watch(here.mall, at=clock(here, 9))
        assert len(rows()) == 4
        with django_assert_num_queries(12):  # type: ignore[operator]
            assert vacancies.watch(here.mall, at=clock(here, 9, 1)) == 0
