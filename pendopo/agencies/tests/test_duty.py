"""The roster: who is to be where, what the database refuses, who stands in, and what it says of a week."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from pendopo.agencies.actions import closings, duty, opening_hours
from pendopo.agencies.actions.duty import When
from pendopo.agencies.actions.founding import add_agency, add_counter, add_outlet
from pendopo.agencies.errors import DutyOver, DutyOverlaps
from pendopo.agencies.models import Absence, Counter, Duty, Employment
from pendopo.agencies.queries import opening_spans, roster, staffing
from pendopo.agencies.queries.opening import opening
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db

# A Monday in Jakarta: 7.00.
MONDAY = datetime(2030, 11, 18, 0, tzinfo=UTC)
TODAY = date(2030, 11, 18)
ONE_DAY = timedelta(days=1)
WEEK = [Hours(day, time(8), time(15), time(12), time(13)) for day in range(1, 6)]
EVERY_WEEK = When(time(8), time(15), weekdays=(1, 2, 3, 4, 5), valid_from=TODAY)


def officer(place: Place, name: str = "Sri Wahyuni") -> Account:
    found = make.staff(place.mall, agency=place.agency).account
    assert found
    found.name = name
    found.save(update_fields=["name"])
    return found


def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


def second_counter(place: Place) -> Counter:
    return add_counter(place.outlet, zone=place.zone, number=2, at=MONDAY)


def test_a_weekly_pattern_falls_on_its_days_and_a_day_of_its_own_wins() -> None:
    place = make.place(hours=WEEK)
    sri, budi, by = officer(place), officer(place, "Budi"), manager(place)
    with wall.inside(place.mall.pk):
        duty.assign(place.counter, sri, EVERY_WEEK, by=by, at=MONDAY)
        duty.assign(place.counter, budi, When(time(9), time(12), day=TODAY + 2 * ONE_DAY), by=by, at=MONDAY)

        found = roster.shifts(place.mall, TODAY, TODAY + 6 * ONE_DAY)

        assert [(shift.day.isoweekday(), shift.person.name) for shift in found] == [
            (1, "Sri Wahyuni"), (2, "Sri Wahyuni"), (3, "Budi"), (4, "Sri Wahyuni"), (5, "Sri Wahyuni"),
        ]  # fmt: skip
        assert Entry.objects.filter(action="duty.assigned").count() == 6


def test_nobody_has_two_places_at_one_hour() -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    with wall.inside(place.mall.pk):
        duty.assign(place.counter, sri, EVERY_WEEK, by=by, at=MONDAY)
        before = list(Duty.objects.values_list("pk", flat=True)), Entry.objects.count()

        with pytest.raises(DutyOverlaps, match="Sri Wahyuni"):
            duty.assign(second_counter(place), sri, EVERY_WEEK, by=by, at=MONDAY)

        assert list(Duty.objects.values_list("pk", flat=True)) == before[0]
        # The second counter was added meanwhile.
        assert Entry.objects.count() == before[1] + 1
        afternoon = When(time(15), time(17), weekdays=(1,), valid_from=TODAY)
        assert duty.assign(Counter.objects.get(number=2), sri, afternoon, by=by, at=MONDAY)


def test_the_database_itself_refuses_two_places() -> None:
    place = make.place(hours=WEEK)
    sri = officer(place)
    with wall.inside(place.mall.pk):
        row = {"mall": place.mall, "counter": place.counter, "account": sri, "day": TODAY}
        Duty.objects.create(**row, starts=time(8), ends=time(12))
        with pytest.raises(IntegrityError, match="duty_one_place_a_day"), transaction.atomic():
            Duty.objects.create(**row, starts=time(11), ends=time(13))
        with pytest.raises(IntegrityError, match="duty_of_a_day_or_weekly"), transaction.atomic():
            Duty.objects.create(**row, starts=time(13), ends=time(14), weekday=1, valid_from=TODAY)


@pytest.mark.parametrize(
    "when",
    [
        When(time(15), time(8), weekdays=(1,), valid_from=TODAY),
        When(time(8), time(15), weekdays=(1,)),
        When(time(8), time(15), weekdays=(1,), day=TODAY),
        When(time(8), time(15), valid_from=TODAY),
        When(time(8), time(15), weekdays=(1,), valid_from=TODAY, valid_until=TODAY - ONE_DAY),
        When(time(8), time(15), day=TODAY - ONE_DAY),
    ],
)
def test_what_is_no_duty_is_refused_and_nothing_written(when: When) -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    with wall.inside(place.mall.pk):
        before = Entry.objects.count()
        with pytest.raises((NotUnderstood, DutyOver)):
            duty.assign(place.counter, sri, when, by=by, at=MONDAY)
        assert (Duty.objects.count(), Entry.objects.count()) == (0, before)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD, Role.INSPECTOR])
def test_only_manager_and_own_agencys_admin_write_the_roster(role: Role) -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), make.staff(place.mall, role)
    with wall.inside(place.mall.pk):
        tax = add_agency(place.mall, code="PAJAK", name="Kantor Pajak", at=MONDAY)
    stranger = make.staff(place.mall, Role.AGENCY_ADMIN, agency=tax)
    own = make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)
    with wall.inside(place.mall.pk):
        for other in (by, stranger):
            with pytest.raises(NotAllowed):
                duty.assign(place.counter, sri, EVERY_WEEK, by=other, at=MONDAY)
        assert Duty.objects.count() == 0

        assert len(duty.assign(place.counter, sri, EVERY_WEEK, by=own, at=MONDAY)) == 5


def test_only_who_serves_the_agency_is_put_there() -> None:
    place = make.place(hours=WEEK)
    with wall.inside(place.mall.pk):
        tax = add_agency(place.mall, code="PAJAK", name="Kantor Pajak", at=MONDAY)
    stranger, by = make.staff(place.mall, agency=tax).account, manager(place)
    assert stranger
    with wall.inside(place.mall.pk), pytest.raises(NotUnderstood, match="bukan petugas"):
        duty.assign(place.counter, stranger, EVERY_WEEK, by=by, at=MONDAY)


def test_what_ends_keeps_the_days_before() -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    later = MONDAY + 2 * ONE_DAY
    with wall.inside(place.mall.pk):
        numbers = [each.pk for each in duty.assign(place.counter, sri, EVERY_WEEK, by=by, at=MONDAY)]
        with pytest.raises(NotUnderstood):
            duty.end_duties(place.mall, numbers, reason=" ", by=by, at=later)

        assert duty.end_duties(place.mall, numbers, reason="Pindah tugas", by=by, at=later) == 5
        assert duty.end_duties(place.mall, numbers, reason="Pindah tugas", by=by, at=later) == 0

        assert [shift.day for shift in roster.shifts(place.mall, TODAY, TODAY + 20 * ONE_DAY)] == [
            TODAY,
            TODAY + ONE_DAY,
        ]
        assert Entry.objects.filter(action="duty.ended").count() == 5


def test_a_substitute_is_named_and_free() -> None:
    place = make.place(hours=WEEK)
    sri, budi, by = officer(place), officer(place, "Budi"), manager(place)
    with wall.inside(place.mall.pk):
        first = duty.assign(place.counter, sri, EVERY_WEEK, by=by, at=MONDAY)[0]
        other = duty.assign(second_counter(place), budi, When(time(8), time(15), day=TODAY), by=by, at=MONDAY)
        sick = Absence.Reason.SICK
        with pytest.raises(DutyOverlaps):
            duty.note_absence(first, TODAY, reason=sick, substitute=budi, by=by, at=MONDAY)
        with pytest.raises(NotUnderstood):
            duty.note_absence(first, TODAY, reason=sick, substitute=sri, by=by, at=MONDAY)
        with pytest.raises(NotUnderstood):
            duty.note_absence(first, TODAY + ONE_DAY, reason=sick, by=by, at=MONDAY)
        with pytest.raises(DutyOver):
            duty.note_absence(first, TODAY, reason=sick, by=by, at=MONDAY + ONE_DAY)
        assert Absence.objects.count() == 0

        duty.end_duties(place.mall, [each.pk for each in other], reason="Pindah", by=by, at=MONDAY)
        duty.note_absence(first, TODAY, reason=sick, substitute=budi, by=by, at=MONDAY)
        duty.note_absence(first, TODAY, reason=Absence.Reason.LEAVE, substitute=budi, by=by, at=MONDAY)

        (shift,) = roster.shifts(place.mall, TODAY, TODAY)
        assert (shift.person, shift.duty.account, shift.has_nobody) == (budi, sri, False)
        assert Absence.objects.get().reason == Absence.Reason.LEAVE


def test_employment_is_noted_by_whoever_leads_and_for_staff_only() -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    other = make.staff(place.mall, Role.HEAD)
    police = Employment.Kind.POLICE
    with wall.inside(place.mall.pk):
        for actor, superior, minutes in ((other, "Kasat Lantas", 0), (by, " ", 0), (by, "Kasat Lantas", 241)):
            with pytest.raises((NotAllowed, NotUnderstood)):
                duty.set_employment(
                    place.mall, sri, kind=police, superior=superior, office_minutes=minutes, by=actor, at=MONDAY
                )
        with pytest.raises(NotUnderstood):
            duty.set_employment(
                place.mall, make.account(), kind=police, superior="X", office_minutes=0, by=by, at=MONDAY
            )
        assert Employment.objects.count() == 0

        duty.set_employment(place.mall, sri, kind=police, superior="Kasat Lantas", office_minutes=30, by=by, at=MONDAY)

        assert Employment.objects.get().superior == "Kasat Lantas"


def test_a_week_shows_who_is_missing_on_open_days_only() -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    with wall.inside(place.mall.pk):
        duty.assign(place.counter, sri, When(time(8), time(15), weekdays=(1, 2), valid_from=TODAY), by=by, at=MONDAY)
        duty.note_absence(Duty.objects.get(weekday=2), TODAY + ONE_DAY, reason=Absence.Reason.SICK, by=by, at=MONDAY)
        opening_hours.except_day(place.outlet, TODAY + 3 * ONE_DAY, reason="Pindah gedung", at=MONDAY)

        (line,) = staffing.week(place.mall, TODAY, None)

        assert [cell.is_bare for cell in line.cells] == [False, True, True, False, True, False, False]
        assert staffing.week(place.mall, TODAY, frozenset()) == []


def test_a_week_costs_the_same_however_many_counters(django_assert_num_queries: object) -> None:
    place = make.place(hours=WEEK)
    sri, by = officer(place), manager(place)
    with wall.inside(place.mall.pk):
        duty.assign(place.counter, sri, EVERY_WEEK, by=by, at=MONDAY)
        for number in range(2, 9):
            counter = add_counter(place.outlet, zone=place.zone, number=number, at=MONDAY)
            duty.assign(counter, officer(place), EVERY_WEEK, by=by, at=MONDAY)
        with django_assert_num_queries(6):  # type: ignore[operator] # the fixture has no type of its own
            assert len(staffing.week(place.mall, TODAY, None)) == 8


@pytest.mark.parametrize("zone", [Mall.Zone.WIB, Mall.Zone.WITA, Mall.Zone.WIT])
def test_spans_say_what_the_function_says_at_every_moment(zone: str) -> None:
    place = make.place(make.mall(timezone_name=zone), hours=WEEK)
    with wall.inside(place.mall.pk):
        common = add_outlet(place.mall, place.site, agency=None, at=MONDAY, observes_holidays=False)
        opening_hours.set_hours(common, make.ALWAYS, at=MONDAY)
        opening_hours.except_day(
            place.outlet, TODAY + ONE_DAY, opens=time(9, 30), closes=time(11), reason="Upacara", at=MONDAY
        )
        opening_hours.except_day(place.outlet, TODAY + 2 * ONE_DAY, reason="Pindah", at=MONDAY)
        noon = datetime(2030, 11, 21, 11, 30, tzinfo=place.mall.zone)
        closings.announce_closing(
            place.outlet, counter=None, starts_at=noon, ends_at=noon + timedelta(hours=22), reason="Rapat", at=MONDAY
        )
        spans = opening_spans.opening_spans(place.mall, TODAY, TODAY + 6 * ONE_DAY)

        start = datetime(2030, 11, 18, tzinfo=place.mall.zone)
        for outlet in (place.outlet, common):
            for minutes in range(0, 7 * 24 * 60, 15):
                at = start + timedelta(minutes=minutes)
                is_open = opening(place.mall, outlet.pk, at).state == "open"
                assert is_open == any(one <= at < other for one, other in spans[outlet.pk]), at
