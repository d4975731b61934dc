"""One sentence says why nobody is received: the same on kiosk, console, board and phone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import founding, opening_hours
from pendopo.agencies.models import Outlet
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Hours, Role
from pendopo.queues.actions import lines, planned_closings, sessions, taking
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, SessionState
from pendopo.tenancy import wall
from pendopo.worktime import actions as worktime

pytestmark = pytest.mark.django_db

# A Friday in Jakarta: 12.00, in the middle of what stops it. The hall is open from 8 to 15 each day.
NOON = datetime(2030, 11, 22, 5, tzinfo=UTC)
ONE = NOON + timedelta(hours=1)
HOURS = [Hours(day, time(8), time(15)) for day in range(1, 8)]


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def pause(hall: Hall) -> None:
    sessions.set_session(
        hall.counter, SessionState.PAUSED, by=hall.officer, at=NOON, reason="Istirahat Jumat", until=ONE
    )


def rest_of_the_day(hall: Hall) -> None:
    opening_hours.except_day(hall.place.outlet, hall.mall.local(NOON).date(), reason="Sistem pusat terganggu", at=NOON)


def holiday(hall: Hall) -> None:
    Outlet.objects.update(observes_holidays=True)
    day = hall.mall.local(NOON).date()
    worktime.set_mall_day(hall.mall, day, is_day_off=True, name="Hari jadi kabupaten", reason="Perda", at=NOON)


def told_break(hall: Hall) -> None:
    hours = [Hours(day, time(8), time(15), time(11, 30), time(13), "Istirahat Jumat") for day in range(1, 8)]
    opening_hours.set_hours(hall.place.outlet, hours, at=NOON)


def planned(hall: Hall) -> None:
    plan(hall, NOON - timedelta(minutes=10))


def planned_for_the_counter(hall: Hall) -> None:
    plan(hall, NOON - timedelta(minutes=10), of_counter=True)


def to_come(hall: Hall) -> None:
    plan(hall, NOON + timedelta(minutes=30))


def plan(hall: Hall, starts_at: datetime, *, of_counter: bool = False) -> None:
    planned_closings.plan_closing(
        hall.place.outlet,
        counter=hall.counter if of_counter else None,
        starts_at=starts_at,
        ends_at=ONE,
        reason="Rapat koordinasi",
        by=make_agencies.staff(hall.mall, Role.MANAGER),
        at=starts_at,
    )


@dataclass
class Screens:
    """What four screens show."""

    kiosk: str
    console: str
    board: str
    phone: str


def screens(stop: Callable[[Hall], None]) -> Screens:
    hall = make.hall(hours=HOURS)
    ticket = taking.take(
        hall.mall,
        hall.service.code,
        origin=Origin.PHONE,
        request_id=uuid4(),
        by=make.NOBODY,
        at=NOON - timedelta(hours=2),
    )
    with wall.inside(hall.mall.pk):
        stop(hall)
    assert hall.officer.account
    officer, anybody = Client(), Client()
    officer.force_login(hall.officer.account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    here = f"/m/{hall.mall.slug}"
    return Screens(
        anybody.get(f"{here}/kiosk/{hall.place.agency.code}/").content.decode(),
        officer.get(f"{here}/counters/{hall.counter.pk}/").content.decode(),
        anybody.get(f"{here}/board/").content.decode(),
        anybody.get(f"{here}/t/{ticket.key}/").content.decode(),
    )


@pytest.mark.parametrize(
    ("stop", "sentence"),
    [
        (pause, "Istirahat Jumat sampai 13.00"),
        (told_break, "Istirahat Jumat sampai 13.00"),
        (planned, "Rapat koordinasi sampai 13.00"),
        (planned_for_the_counter, "Rapat koordinasi sampai 13.00"),
        (to_come, "Tutup pukul 12.30–13.00: Rapat koordinasi"),
        (rest_of_the_day, "Tutup: Sistem pusat terganggu"),
        (holiday, "Tutup: Hari jadi kabupaten"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_same_sentence_on_all_four(stop: Callable[[Hall], None], sentence: str) -> None:
    shown = screens(stop)

    assert sentence in shown.kiosk
    assert sentence in shown.console
    assert sentence in shown.board
    assert sentence in shown.phone


def test_where_a_colleague_receives_people_nobody_is_told_of_a_pause_but_the_board() -> None:
    def with_colleague(hall: Hall) -> None:
        other = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=2, at=NOON)
        lines.assign_counter(other, [hall.queue], at=NOON)
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        sessions.set_session(other, SessionState.OPEN, by=officer, at=NOON)
        pause(hall)

    shown = screens(with_colleague)

    sentence = "Istirahat Jumat sampai 13.00"
    assert f"{sentence}: Loket 1" in shown.board
    assert sentence in shown.console
    assert sentence not in shown.kiosk
    assert sentence not in shown.phone
