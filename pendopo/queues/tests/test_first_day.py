"""The first working day after Lebaran as the press told it: 24 agencies, 178 services, one counter empty."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import duty, founding, memberships, opening_hours, presence
from pendopo.agencies.actions.duty import When
from pendopo.agencies.models import Counter
from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.queries.presence import presence_code
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Service
from pendopo.config import jobs
from pendopo.queues.actions import lines, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.queries import first_days, missing
from pendopo.queues.types import Origin, SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Site
from pendopo.worktime import actions as worktime
from pendopo.worktime.tests.make import FIVE_DAYS

pytestmark = pytest.mark.django_db

WIB = ZoneInfo("Asia/Jakarta")
FIRST_DAY = date(2023, 4, 26)
# After Idul Fitri 2022: the collective leave was from 29 April to 6 May.
YEAR_BEFORE = date(2022, 5, 9)
AGENCIES, SERVICES = 24, 178
WEEK = [Hours(day, time(8), time(15), time(12), time(13)) for day in range(1, 6)]

type Clock = Callable[[datetime], None]


def moment(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, second), WIB)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock of pages."""

    def put(at: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: at)

    put(moment(YEAR_BEFORE, 6))
    return put


class City:
    """Twenty-four agencies with a counter each and an officer at it, and 178 services."""

    def __init__(self) -> None:
        at = timezone.now()
        worktime.import_holidays(at=at)
        self.mall: Mall = agencies.mall()
        self.desks: list[tuple[Counter, Actor]] = []
        with wall.inside(self.mall.pk):
            worktime.make_calendar(self.mall, name="Kantor", hours=FIVE_DAYS, at=at, is_default=True)
            self.site: Site = tenancy.add_site(self.mall, name="Gajah Mada", at=at)
            zone = tenancy.add_zone(self.site, code="A", name="Lantai 1", at=at)
            self.manager = self.person("Ratna Kusuma", Role.MANAGER)
            left = SERVICES
            for number in range(1, AGENCIES + 1):
                agency = founding.add_agency(self.mall, code=f"A{number}", name=f"Dinas {number}", at=at)
                outlet = founding.add_outlet(self.mall, self.site, agency=agency, at=at)
                opening_hours.set_hours(outlet, WEEK, at=at)
                counter = founding.add_counter(outlet, zone=zone, number=number, at=at)
                share = left // (AGENCIES + 1 - number)
                left -= share
                written = [writing.write_service(agency, name=f"Layanan {number}.{n}", at=at) for n in range(share)]
                writing.offer(written[0], outlet, at=at)
                queue = lines.open_queue(zone, code=chr(64 + number), name="A", services=written[:1], at=at)
                lines.assign_counter(counter, [queue], at=at)
                who = self.person(f"Petugas {number}", Role.OFFICER, agency)
                assert who.account
                when = When(time(8), time(15), weekdays=(1, 2, 3, 4, 5), valid_from=at.date())
                duty.assign(counter, who.account, when, by=self.manager, at=at)
                self.desks.append((counter, who))
            publishing.publish(self.mall, at=at)
            self.service = Service.objects.order_by("pk")[0]

    def person(self, name: str, role: Role, agency: object = None) -> Actor:
        account = agencies.account(name)
        memberships.grant(account, self.mall, role, agency=agency, at=timezone.now())  # type: ignore[arg-type] # None or one
        return actor_of_account(self.mall, account)

    def visit(self, day: date, visitors: int) -> None:
        """Let people take numbers at the kiosk."""
        with wall.inside(self.mall.pk):
            for minute in range(visitors):
                at = moment(day, 9, minute)
                taking.take(self.mall, self.service.code, origin=Origin.KIOSK, request_id=uuid4(), by=Caller(), at=at)

    def browser(self, who: Actor) -> Client:
        client = Client()
        assert who.account
        client.force_login(who.account)
        return client

    def page(self, who: Actor, path: str) -> HttpResponse:
        response = self.browser(who).get(f"/m/{self.mall.slug}/{path}")
        assert isinstance(response, HttpResponse)
        assert response.status_code == 200, path
        return response


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def open_all_but(city: City, absent: int) -> None:
    """Let everybody come at ten to eight and sit down, but the officer of one agency."""
    morning = moment(FIRST_DAY, 7, 50)
    with wall.inside(city.mall.pk):
        for number, (counter, who) in enumerate(city.desks, start=1):
            if number != absent:
                presence.check_in(city.mall, by=who, at=morning, code=presence_code(city.site.pk, morning))
                sessions.set_session(counter, SessionState.OPEN, by=who, at=morning)


def come_late(city: City, late: int, arrived: datetime) -> None:
    """Let that officer come and sit down, too."""
    counter, who = city.desks[late - 1]
    with wall.inside(city.mall.pk):
        presence.check_in(city.mall, by=who, at=arrived, code=presence_code(city.site.pk, arrived))
        sessions.set_session(counter, SessionState.OPEN, by=who, at=arrived)


def close_all(city: City, at: datetime) -> None:
    """Let everybody go home."""
    with wall.inside(city.mall.pk):
        for counter, who in city.desks:
            sessions.set_session(counter, SessionState.CLOSED, by=who, at=at)


def look(at: datetime) -> None:
    """Let the worker look."""
    jobs.watch_counters.func(int(at.timestamp()))


def test_the_day_of_the_press_report(clock: Clock) -> None:
    city = City()
    # The year before is known: twelve came then, nine on the Wednesday before the holiday.
    city.visit(YEAR_BEFORE, 12)
    city.visit(date(2023, 4, 12), 9)
    clock(moment(date(2023, 4, 18), 10))
    plan = text(city.page(city.manager, "first-day/"))
    for words in (
        "Rabu, 26 April 2023",
        "24 instansi dengan 178 layanan harus buka penuh.",
        "Sekitar 12 pengunjung",
        "menurut hari pertama setelah hari raya yang sama",
        "rata-rata 9 pengunjung",
        "Setiap loket punya petugas.",
    ):
        assert words in plan

    # The morning: agency 7's officer is at her own office. The worker looks each 20 seconds; by 8.01 all who must know.
    open_all_but(city, 7)
    for second in range(0, 61, 20):
        look(moment(FIRST_DAY, 8) + timedelta(seconds=second))
    clock(moment(FIRST_DAY, 8, 1))
    with wall.inside(city.mall.pk):
        admin = city.person("Admin Tujuh", Role.AGENCY_ADMIN, city.desks[6][0].outlet.agency)
        foreign = city.person("Admin Delapan", Role.AGENCY_ADMIN, city.desks[7][0].outlet.agency)
        head = city.person("Kepala Daerah", Role.HEAD)
        number = missing.vacancies(city.mall, FIRST_DAY, FIRST_DAY).get().pk
    for who in (city.manager, head, admin):
        seen = text(city.page(who, "vacancies/"))
        assert "Loket 7, Dinas 7" in seen
        assert "Kosong sejak 08.00. Terjadwal: Petugas 7" in seen
    assert "Loket 7" not in text(city.page(foreign, "vacancies/"))
    # Whoever is missing stands first.
    assert text(city.page(city.manager, "attendance/")).split("<h3>")[1].startswith("Petugas 7<")

    # The agency answers; at 8.40 the officer sits down; the evening report names the counter and its forty minutes.
    address = f"/m/{city.mall.slug}/vacancies/reply/"
    answer = {"vacancy": number, "words": "Apel di kantor, segera datang"}
    assert city.browser(foreign).post(address, answer).status_code == 404
    assert city.browser(admin).post(address, answer).status_code == 302
    come_late(city, 7, moment(FIRST_DAY, 8, 40))
    look(moment(FIRST_DAY, 8, 40, 20))
    city.visit(FIRST_DAY, 15)
    close_all(city, moment(FIRST_DAY, 15))
    look(moment(FIRST_DAY, 15, 1))
    clock(moment(FIRST_DAY, 16))
    evening = text(city.page(head, "first-day/?day=2023-04-26"))
    for words in (
        "Petugas hadir: 24 dari 24",
        "Instansi yang buka penuh: 23 dari 24",
        "Loket kosong: 1 kali, 40 menit",
        "Pengunjung: 15; nomor: 15",
        "Terlambat 40 menit",
        "Apel di kantor, segera datang",
    ):
        assert words in evening
    paper = city.page(head, "first-day/report.pdf?day=2023-04-26").content
    assert paper.startswith(b"%PDF-")
    assert b"pdfaid" in paper
    promise = city.page(city.manager, "full-time/list.csv?month=2023-04").content.decode("utf-8-sig").splitlines()
    # Due six hours on this day, and the only one with a minute missing.
    assert promise[1] == "Dinas 7,1,360,320,0,40,88.9"
    assert all(line.endswith(",1,360,360,0,0,100.0") for line in promise[2:])
    assert len(promise) == AGENCIES + 1


def test_without_history_nothing_is_guessed(clock: Clock) -> None:
    place = agencies.place(hours=WEEK)
    worktime.import_holidays(at=timezone.now())
    manager = agencies.staff(place.mall, Role.MANAGER)
    clock(moment(date(2023, 4, 18), 10))
    client = Client()
    assert manager.account
    client.force_login(manager.account)

    shown = " ".join(client.get(f"/m/{place.mall.slug}/first-day/").content.decode().split())

    assert "Tidak dapat diperkirakan" in shown
    assert "belum punya kalender kerja" in shown
    assert "1 loket belum punya petugas untuk hari itu." in shown
    assert client.get(f"/m/{place.mall.slug}/first-day/report.pdf").status_code == 422
    assert client.get(f"/m/{place.mall.slug}/first-day/?day=2023-04-27").status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Lebaran 2023: Wednesday 19 to Tuesday 25 April.
        (date(2023, 4, 1), date(2023, 4, 30), [(date(2023, 4, 19), date(2023, 4, 26), 7)]),
        # Waisak 2024: Thursday and Friday before a weekend are four days; an Easter of three is none.
        (date(2024, 5, 20), date(2024, 5, 31), [(date(2024, 5, 23), date(2024, 5, 27), 4)]),
        (date(2024, 3, 25), date(2024, 4, 2), []),
    ],
)
def test_a_long_holiday_is_four_days_or_more(
    clock: Clock, first: date, last: date, expected: list[tuple[date, date, int]]
) -> None:
    mall = agencies.mall()
    at = timezone.now()
    worktime.import_holidays(at=at)
    with wall.inside(mall.pk):
        worktime.make_calendar(mall, name="Kantor", hours=FIVE_DAYS, at=at, is_default=True)
        found = first_days.rests(mall, first, last)

    assert [(rest.first, rest.back_on, rest.days) for rest in found] == expected


def test_every_first_day_of_a_year_is_found_from_any_day(clock: Clock) -> None:
    mall = agencies.mall()
    at = timezone.now()
    worktime.import_holidays(at=at)
    with wall.inside(mall.pk):
        worktime.make_calendar(mall, name="Kantor", hours=FIVE_DAYS, at=at, is_default=True)
        near = first_days.near(mall, FIRST_DAY)

        assert FIRST_DAY in [rest.back_on for rest in near]
        assert all(rest.back_on - rest.first >= timedelta(days=4) for rest in near)
