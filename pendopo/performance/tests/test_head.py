"""The head's page, the days and the letter: by the door."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.performance.actions import adding_up
from pendopo.performance.queries import days
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


def signed_in(who: Actor) -> Client:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client


def past(here: Hall, weeks: int) -> None:
    """Let one come more each week back from DAY, at nine; and add up."""
    with wall.inside(here.mall.pk):
        for week in range(weeks):
            for number in range(week + 1):
                make.served(here, make.moment(here, 9, number * 2, day=DAY - week * WEEK), waits=1, minutes=1)
        while adding_up.add_up(here.mall, at=LATER):
            pass


@pytest.mark.parametrize("role", [Role.MANAGER, Role.HEAD, Role.INSPECTOR])
@pytest.mark.parametrize("path", ["head/", "head/days/", "head/days/table.csv", "head/letters/", "head/satisfaction/"])
def test_those_who_oversee_the_mall_see_it(role: Role, path: str) -> None:
    here = make.hall()
    client = signed_in(agencies.staff(here.mall, role))

    assert client.get(f"/m/{here.mall.slug}/{path}").status_code == 200


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AGENCY_ADMIN, Role.BACK_OFFICE, Role.SIGNER])
@pytest.mark.parametrize(
    "path", ["head/", "head/days/", "head/days/table.xlsx", "head/letters/", "head/letters/letter.pdf"]
)
def test_nobody_else_does(role: Role, path: str) -> None:
    here = make.hall()
    client = signed_in(agencies.staff(here.mall, role, agency=here.place.agency))

    assert client.get(f"/m/{here.mall.slug}/{path}").status_code == 403


def test_the_same_weekdays_are_compared_up_to_the_same_minute() -> None:
    here = make.hall()
    past(here, 10)
    with wall.inside(here.mall.pk):
        # Eight of them, the last first; at 09.04 three had come at most.
        found = days.same_weekdays(here.mall, DAY + WEEK, 9 * 60 + 4)
        early = days.same_weekdays(here.mall, DAY + WEEK, 8 * 60)
        few = days.same_weekdays(here.mall, DAY - 7 * WEEK, 9 * 60)

    assert [(until, whole) for _day, until, whole in found.days] == [(min(n, 3), n) for n in range(1, 9)]
    assert (found.usual, found.usual_day) == (3, 4.5)
    assert (early.usual, early.usual_day) == (0, 4.5)
    assert few.usual is None


def test_a_stretch_of_days_has_its_exact_waits() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        for place, waits in enumerate((1, 2, 3, 4, 50)):
            make.served(here, make.moment(here, 8 + place, day=DAY - timedelta(days=place % 2)), waits=waits, minutes=1)
        adding_up.add_up(here.mall, at=LATER)
        found = days.figures(here.mall, DAY - timedelta(days=1), DAY)[""]

    assert (found.taken, found.called, found.completed) == (5, 5, 5)
    assert (found.median, found.ninety, found.longest) == (180, 3000, 3000)


def test_the_page_takes_the_same_queries_however_much_there_is() -> None:
    here = make.hall()
    client = signed_in(agencies.staff(here.mall, Role.HEAD))

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(f"/m/{here.mall.slug}/head/").status_code == 200
        return len(caught)

    client.get(f"/m/{here.mall.slug}/head/")
    few = queries()
    past(here, 9)
    with wall.inside(here.mall.pk):
        for number in range(2, 12):
            agency = founding.add_agency(
                here.mall, code=f"D{number}", name=f"Dinas {number}", short_name=f"D{number}", at=timezone.now()
            )
            founding.add_outlet(here.mall, here.place.site, agency=agency, at=timezone.now())
            make.taken(here, timezone.now())

    assert queries() == few


def test_table_and_page_are_the_same() -> None:
    here = make.hall()
    past(here, 3)
    client = signed_in(agencies.staff(here.mall, Role.HEAD))

    page = client.get(f"/m/{here.mall.slug}/head/days/?weekday=3").content.decode()
    lines = client.get(f"/m/{here.mall.slug}/head/days/table.csv?weekday=3").content.decode("utf-8-sig").splitlines()

    assert [line.split(",")[:6] for line in lines[1:]] == [
        [(DAY - week * WEEK).isoformat(), *[str(week + 1)] * 4, "0"] for week in range(3)
    ]
    assert page.count("<tr>") == 4


def test_every_page_of_days_is_reached() -> None:
    here = make.hall()
    past(here, 8)
    with wall.inside(here.mall.pk):
        seen, cursor = [], ""
        while True:
            page = days.lines(here.mall, cursor=cursor, size=10)
            seen += [line.day for line in page.items]
            if page.next is None:
                break
            cursor = page.next

        whole = [line.day for line in days.lines(here.mall, size=days.ALL).items]
    assert seen == whole
    assert len(seen) == 7 * 7 + 3


def test_the_letter_of_a_week_is_a_document() -> None:
    here = make.hall()
    past(here, 3)
    client = signed_in(agencies.staff(here.mall, Role.HEAD))
    path = f"/m/{here.mall.slug}/head/letters/letter.pdf"

    shown = client.get(f"/m/{here.mall.slug}/head/letters/").content.decode()
    letter = client.get(f"{path}?week={(DAY - WEEK).isoformat()}")

    assert shown.count("letter.pdf?week=") == 2
    assert (letter.status_code, letter["Content-Type"]) == (200, "application/pdf")
    assert letter.content.startswith(b"%PDF")
    # The week is not over; no week; none at all.
    for asked in (DAY.isoformat(), "2001-01-01", "", "x"):
        assert client.get(f"{path}?week={asked}").status_code == 422
