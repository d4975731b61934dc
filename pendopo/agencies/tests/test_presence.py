"""Coming to work: the code that a picture cannot keep, devices, witnesses; who is late; and the month."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connections

from pendopo.agencies.actions import duty, presence
from pendopo.agencies.actions.duty import When
from pendopo.agencies.actions.presence import Office
from pendopo.agencies.errors import TooManyTries
from pendopo.agencies.models import Absence, CodeTries, Duty, Employment, Presence
from pendopo.agencies.queries.presence import Standing, comings, month_record, presence_code
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

# A Monday in Jakarta: 8.00.
EIGHT = datetime(2030, 11, 18, 1, tzinfo=UTC)
TODAY = date(2030, 11, 18)
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
WEEK = [Hours(day, time(8), time(15)) for day in range(1, 6)]


def on_duty(place: Place) -> tuple[Actor, Actor]:
    """An officer who is due at eight each working day, and the manager."""
    sri, by = make.staff(place.mall, agency=place.agency), make.staff(place.mall, Role.MANAGER)
    assert sri.account
    with wall.inside(place.mall.pk):
        when = When(time(8), time(15), weekdays=(1, 2, 3, 4, 5), valid_from=TODAY)
        duty.assign(place.counter, sri.account, when, by=by, at=EIGHT - 60 * MINUTE)
    return sri, by


def code(place: Place, at: datetime) -> str:
    return presence_code(place.site.pk, at)


@pytest.mark.django_db
def test_the_code_of_now_is_taken_and_that_of_a_picture_is_not() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)
    shown = EIGHT - 10 * MINUTE
    with wall.inside(place.mall.pk):
        before = Entry.objects.count()
        for typed, at in (
            (code(place, shown), shown + 2 * MINUTE),
            (code(place, shown + 5 * MINUTE), shown),
            ("000000" if code(place, shown) != "000000" else "111111", shown),
            ("", shown),
            ("é23456", shown),
        ):
            assert presence.check_in(place.mall, by=sri, at=at, code=typed) is None
            CodeTries.objects.update(wrong=0)
        assert (Presence.objects.count(), Entry.objects.count()) == (0, before)

        typed = code(place, shown)
        first = presence.check_in(place.mall, by=sri, at=shown + MINUTE, code=f"{typed[:3]} {typed[3:]}")
        again = presence.check_in(place.mall, by=sri, at=shown + 3 * MINUTE, code="wrong")

        assert first
        assert again
        assert (first.pk, first.arrived_at, first.how) == (again.pk, shown + MINUTE, Presence.How.CODE)
        assert Entry.objects.filter(action="presence.noted").count() == 1


@pytest.mark.django_db
def test_the_code_of_another_building_tells_which() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)
    with wall.inside(place.mall.pk):
        second = tenancy.add_site(place.mall, name="Gedung Dua", at=EIGHT)
        came = presence.check_in(place.mall, by=sri, at=EIGHT, code=presence_code(second.pk, EIGHT))

        assert came
        assert came.site == second


@pytest.mark.django_db
def test_a_device_of_the_mall_is_proof_and_strangers_are_refused() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)
    with wall.inside(place.mall.pk):
        device, _token = tenancy.register_device(place.site, kind=Device.Kind.COUNTER, name="PC 1", at=EIGHT)
        with pytest.raises(NotAllowed):
            presence.check_in(place.mall, by=Actor(account=make.account(), mall=place.mall), at=EIGHT, device=device)
        assert Presence.objects.count() == 0

        came = presence.check_in(place.mall, by=sri, at=EIGHT, device=device)

        assert came
        assert (came.how, came.device, came.site) == (Presence.How.DEVICE, device, place.site)


@pytest.mark.usefixtures("committed")
def test_two_taps_at_once_are_one_presence() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)

    def tap(_number: int) -> int:
        try:
            with wall.inside(place.mall.pk):
                came = presence.check_in(place.mall, by=sri, at=EIGHT, code=code(place, EIGHT))
                assert came
                return came.pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(tap, range(4)))) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "way", "standing", "late"),
    [
        (-5, 0, Standing.PRESENT, 0),
        (0, 0, Standing.PRESENT, 0),
        (1, 0, Standing.LATE, 1),
        (30, 45, Standing.PRESENT, 0),
        (46, 45, Standing.LATE, 1),
    ],
)
def test_late_is_later_than_due_also_by_way_of_the_own_office(
    minutes: int, way: int, standing: Standing, late: int
) -> None:
    place = make.place(hours=WEEK)
    sri, by = on_duty(place)
    assert sri.account
    at = EIGHT + minutes * MINUTE
    with wall.inside(place.mall.pk):
        duty.set_employment(
            place.mall, sri.account, kind=Employment.Kind.CIVIL_SERVANT, superior="Kepala Bidang", office_minutes=way,
            by=by, at=EIGHT - 60 * MINUTE,
        )  # fmt: skip
        office = Office(time(7, 25), "FP-0021") if way else None
        presence.check_in(place.mall, by=sri, at=at, code=code(place, at), office=office)

        (coming,) = comings(place.mall, TODAY, TODAY, at)

        assert (coming.standing, coming.late) == (standing, late)
        if way and coming.presence:
            assert (coming.presence.office_at, coming.presence.office_note) == (time(7, 25), "FP-0021")


@pytest.mark.django_db
def test_an_hour_at_the_office_after_now_is_refused() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)
    with wall.inside(place.mall.pk):
        with pytest.raises(NotUnderstood):
            presence.check_in(place.mall, by=sri, at=EIGHT, code=code(place, EIGHT), office=Office(time(9)))
        assert Presence.objects.count() == 0


@pytest.mark.django_db
def test_it_stands_as_the_clock_says() -> None:
    place = make.place(hours=WEEK)
    _sri, by = on_duty(place)

    def standing(at: datetime) -> Standing:
        return comings(place.mall, TODAY, TODAY, at)[0].standing

    with wall.inside(place.mall.pk):
        assert standing(EIGHT - MINUTE) is Standing.EXPECTED
        assert standing(EIGHT) is Standing.MISSING
        assert standing(EIGHT + timedelta(hours=7)) is Standing.ABSENT
        duty.note_absence(Duty.objects.get(weekday=1), TODAY, reason=Absence.Reason.SICK, by=by, at=EIGHT)
        assert standing(EIGHT) is Standing.EXCUSED


@pytest.mark.django_db
def test_a_witness_leads_the_agency_and_says_why() -> None:
    place = make.place(hours=WEEK)
    sri, by = on_duty(place)
    assert sri.account
    head = make.staff(place.mall, Role.HEAD)
    with wall.inside(place.mall.pk):
        agency = place.agency.pk
        for actor, reason in ((head, "Ponsel tertinggal"), (by, " "), (sri, "Saya sendiri")):
            with pytest.raises((NotAllowed, NotUnderstood)):
                presence.witness(sri.account, place.site, agency_id=agency, reason=reason, by=actor, at=EIGHT)
        with pytest.raises(NotUnderstood):
            presence.witness(make.account(), place.site, agency_id=agency, reason="x", by=by, at=EIGHT)
        assert Presence.objects.count() == 0

        came = presence.witness(sri.account, place.site, agency_id=agency, reason="Ponsel mati", by=by, at=EIGHT)

        assert (came.how, came.witness, came.reason) == (Presence.How.WITNESS, by.account, "Ponsel mati")


@pytest.mark.django_db
def test_a_month_counts_days_and_holds_nothing_against_anybody_before_its_time() -> None:
    place = make.place(hours=WEEK)
    sri, by = on_duty(place)
    budi = make.staff(place.mall, agency=place.agency)
    assert sri.account
    assert budi.account
    early = EIGHT - 60 * MINUTE
    with wall.inside(place.mall.pk):
        patterns = {each.weekday: each for each in Duty.objects.all()}
        tuesday, wednesday = TODAY + ONE_DAY, TODAY + 2 * ONE_DAY
        # Monday in time, Tuesday Budi stands in ten minutes late, Wednesday ill, Thursday no word, Friday to come.
        presence.check_in(place.mall, by=sri, at=EIGHT, code=code(place, EIGHT))
        duty.note_absence(patterns[2], tuesday, reason=Absence.Reason.LEAVE, substitute=budi.account, by=by, at=early)
        late = EIGHT + ONE_DAY + 10 * MINUTE
        presence.check_in(place.mall, by=budi, at=late, code=code(place, late))
        duty.note_absence(patterns[3], wednesday, reason=Absence.Reason.SICK, by=by, at=early)

        found = month_record(place.mall, date(2030, 11, 1), date(2030, 11, 30), EIGHT + 4 * ONE_DAY + MINUTE)

        figures = {line.account_id: line.figures for line in found}
        # due, in time, late days, late minutes, replaced, excused, absent
        assert figures == {
            sri.account.pk: (4, 1, 0, 0, 1, 1, 1),
            budi.account.pk: (1, 0, 1, 10, 0, 0, 0),
        }
        assert month_record(place.mall, date(2030, 11, 1), date(2030, 11, 30), EIGHT, agencies=frozenset()) == []


@pytest.mark.django_db
def test_whoever_types_many_wrong_codes_waits_some_minutes() -> None:
    place = make.place(hours=WEEK)
    sri, _by = on_duty(place)
    budi = make.staff(place.mall, agency=place.agency)
    shown = code(place, EIGHT)
    wrong = "000000" if shown != "000000" else "111111"

    def tried(at: datetime, typed: str = wrong, who: Actor = sri) -> bool:
        return presence.check_in(place.mall, by=who, at=at, code=typed) is not None

    with wall.inside(place.mall.pk):
        # Four in one minute, and four in the next: whoever mistypes is not stopped.
        for minute in (0, 1):
            for second in range(4):
                assert not tried(EIGHT + minute * MINUTE + timedelta(seconds=second))
        assert not Entry.objects.filter(action="presence.tries_refused").exists()
        fifth = EIGHT + MINUTE + timedelta(seconds=30)
        assert not tried(fifth)
        assert Entry.objects.filter(action="presence.tries_refused").count() == 1

        for later in (timedelta(seconds=1), timedelta(minutes=4, seconds=59)):
            with pytest.raises(TooManyTries, match=r"08\.06 WIB"):
                tried(fifth + later, code(place, fifth + later))
        assert Presence.objects.count() == 0
        # The code is right, and nobody else is held up by it.
        assert tried(fifth + MINUTE, code(place, fifth + MINUTE), budi)
        assert tried(fifth + 5 * MINUTE, code(place, fifth + 5 * MINUTE))
