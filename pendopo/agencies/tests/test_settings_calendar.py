"""The calendar page: holidays with their decrees, the mall's own days, and the hours of deadlines."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.forms.calendar import OFFICE, RAMADAN
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.tenancy import wall
from pendopo.worktime import actions as worktime
from pendopo.worktime.models import Calendar, CalendarHours, Holiday
from pendopo.worktime.types import Hours

pytestmark = pytest.mark.django_db

WEEK = {f"{edge}_{day}": clock for day in range(1, 6) for edge, clock in (("opens", "08:00"), ("closes", "15:00"))}


def client(place: Place, role: Role = Role.MANAGER) -> Client:
    return make.client(make.staff(place.mall, role))


def path(place: Place, page: str = "") -> str:
    return f"/m/{place.mall.slug}/settings/calendar/{page}"


def minutes(hours: Hours) -> int:
    def of(clock: time | None) -> int:
        return clock.hour * 60 + clock.minute if clock else 0

    return of(hours.closes) - of(hours.opens) - (of(hours.break_until) - of(hours.break_from))


def test_the_examples_are_the_weeks_of_the_law() -> None:
    assert sum(minutes(day) for day in OFFICE) == 37.5 * 60
    assert sum(minutes(day) for day in RAMADAN) == 32.5 * 60


def test_holidays_are_shown_with_their_decree_and_whether_somebody_saw_it() -> None:
    place = make.place()
    now = timezone.now()
    today = place.mall.local(now).date()
    worktime.set_holiday(
        today + timedelta(days=9), name="Hari uji", kind=Holiday.Kind.NATIONAL, basis="Keppres 7/2030", reason="x",
        is_confirmed=False, at=now,
    )  # fmt: skip
    with wall.inside(place.mall.pk):
        worktime.set_mall_day(
            place.mall,
            today + timedelta(days=10),
            is_day_off=True,
            name="Hari jadi",
            basis="Perda 1",
            reason="x",
            at=now,
        )

    page = client(place).get(path(place)).content.decode()

    assert "Hari uji" in page
    assert "Keppres 7/2030" in page
    assert page.count("Belum dikonfirmasi") == 1
    assert "Keputusan MPP" in page
    assert "Perda 1" in page


def test_a_calendar_is_made_and_deadlines_are_counted_by_it() -> None:
    place = make.place()
    manager = client(place)
    assert "Tenggat belum dapat dihitung" in manager.get(path(place)).content.decode()

    told = manager.post(path(place, "hours/new/"), WEEK | {"name": "Kantor", "is_default": "on", "reason": "SK 5"})

    assert told.status_code == 302
    with wall.inside(place.mall.pk):
        made = Calendar.objects.get()
        assert (made.name, made.is_default, CalendarHours.objects.count()) == ("Kantor", True, 5)
        assert Entry.objects.get(action="calendar.made").reason == "SK 5"
    page = manager.get(path(place)).content.decode()
    assert "Janji 5 hari kerja" in page


def test_the_hours_become_those_of_ramadan() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        calendar = worktime.make_calendar(place.mall, name="Kantor", hours=OFFICE, at=timezone.now())
    manager, address = client(place), path(place, f"hours/{calendar.pk}/")
    asked = manager.get(f"{address}?example=ramadan").content.decode()
    assert 'value="08:00"' in asked
    assert 'value="07:30"' not in asked

    form = {
        f"{edge}_{day.weekday}": f"{getattr(day, edge):%H:%M}"
        for day in RAMADAN
        for edge in ("opens", "break_from", "break_until", "closes")
    }
    assert manager.post(address, form | {"reason": "Ramadan 1451"}).status_code == 302

    with wall.inside(place.mall.pk):
        friday = CalendarHours.objects.get(weekday=5)
        assert (friday.opens, friday.closes) == (time(8), time(15, 30))
        assert Entry.objects.get(action="calendar.hours_set").reason == "Ramadan 1451"


def test_another_calendar_becomes_the_default() -> None:
    place = make.place()
    now = timezone.now()
    with wall.inside(place.mall.pk):
        worktime.make_calendar(place.mall, name="Kantor", hours=OFFICE, is_default=True, at=now)
        other = worktime.make_calendar(place.mall, name="Puasa", hours=RAMADAN, at=now)

    told = client(place).post(path(place, f"hours/{other.pk}/"), {"default": "yes", "reason": "Ramadan"})

    assert told.status_code == 302
    with wall.inside(place.mall.pk):
        assert Calendar.objects.get(is_default=True) == other
        assert Entry.objects.get(action="calendar.made_default").reason == "Ramadan"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"closes_1": ""}, "Isi jam mulai dan jam selesai"),
        ({"break_from_2": "12:00"}, "Isi awal dan akhir istirahat"),
        ({"closes_3": "07:00"}, "Jam kerja harus berurutan"),
        ({"reason": ""}, "Alasan"),
    ],
)
def test_hours_that_cannot_be_are_refused_in_words(changed: dict[str, str], words: str) -> None:
    place = make.place()

    told = client(place).post(path(place, "hours/new/"), WEEK | {"name": "Kantor", "reason": "x"} | changed)

    assert told.status_code == 422
    assert words in told.content.decode()
    with wall.inside(place.mall.pk):
        assert not Calendar.objects.exists()


def test_the_head_reads_the_hours_and_changes_nothing() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        calendar = worktime.make_calendar(place.mall, name="Kantor", hours=OFFICE, at=timezone.now())
    head, address = client(place, Role.HEAD), path(place, f"hours/{calendar.pk}/")

    assert "07.30–16.00" in head.get(address).content.decode()
    assert head.post(address, WEEK | {"reason": "x"}).status_code == 422
    assert head.post(address, {"default": "yes", "reason": "x"}).status_code == 422
    assert head.post(path(place, "hours/new/"), WEEK | {"name": "Lain", "reason": "x"}).status_code == 422
    with wall.inside(place.mall.pk):
        assert Calendar.objects.get().is_default is False
        assert CalendarHours.objects.get(weekday=1).opens == time(7, 30)
