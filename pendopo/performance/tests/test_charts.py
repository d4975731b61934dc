"""What stands beside the figures: the fortnight, the week of the letter, and satisfaction by month."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.documents import typesetting
from pendopo.meetings.tests import make as meetings
from pendopo.performance.actions import adding_up
from pendopo.performance.queries import days, drawing, heads, owed, satisfaction
from pendopo.performance.tests import make
from pendopo.performance.tests.make import DAY, LATER
from pendopo.performance.views import letters
from pendopo.queues.tests.make import Hall
from pendopo.surveys import actions as surveys
from pendopo.surveys.models import Rating
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db
ONE_DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def past(here: Hall, weeks: int) -> None:
    """Let one come more each week back from DAY; and add up. Stand inside the mall."""
    for week in range(weeks):
        for number in range(week + 1):
            make.served(here, make.moment(here, 9, number * 2, day=DAY - week * WEEK), waits=1, minutes=1)
    while adding_up.add_up(here.mall, at=LATER):
        pass


def test_each_day_stands_beside_the_usual_of_its_weekday() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        past(here, 5)
        with CaptureQueriesContext(connection) as queries:
            found = days.course(here.mall, DAY - 8 * ONE_DAY, DAY + ONE_DAY)
        # Three Wednesdays came before the one of last week, four before this: 3, 4, 5 and 2, 3, 4, 5 people.
        assert {day: (came, usual) for day, came, usual in found if came or usual} == {
            DAY - WEEK: (2, 4),
            DAY: (1, 3.5),
        }
        # Not added up is not the same as nobody.
        assert [came for _day, came, _usual in found][-1] == 0
        assert days.course(here.mall, DAY + 30 * ONE_DAY, DAY + 30 * ONE_DAY) == [(DAY + 30 * ONE_DAY, None, None)]
        assert len(queries) == 1
        chart = drawing.fortnight(here.mall, DAY)
    assert len(chart.labels) == 14
    assert chart.rows[-1] == ("9 Okt", ["1", "3,5"])


def test_a_mall_without_a_day_has_an_empty_chart() -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        assert drawing.fortnight(here.mall, DAY).is_empty
    page = signed_in(here).get(f"/m/{here.mall.slug}/head/").content.decode()
    assert "Belum ada angka untuk digambar." in page


def test_the_letter_holds_the_picture_of_its_week(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.hall()
    with wall.inside(here.mall.pk):
        past(here, 2)
    seen: list[dict[str, object]] = []
    really = typesetting.pdf

    def watched(template: object, data: dict[str, object], *, mall: Mall) -> bytes:
        seen.append(data)
        return really(letters.TEMPLATE, data, mall=mall)

    monkeypatch.setattr(typesetting, "pdf", watched)
    letter = signed_in(here).get(f"/m/{here.mall.slug}/head/letters/letter.pdf?week={DAY - WEEK}")
    assert letter.content.startswith(b"%PDF")
    (data,) = seen
    assert isinstance(data["chart"], dict)
    assert "pengunjung: tertinggi 2 (2 Okt)" in data["chart"]["told"]


def test_satisfaction_is_told_by_month_of_the_malls_own_clock() -> None:
    here = make.hall()
    first = datetime(2024, 9, 30, 16, 59, tzinfo=UTC)
    with wall.inside(here.mall.pk):
        for place, (score, at) in enumerate(
            (
                (Rating.Score.VERY_GOOD, first),
                # 00.30 of the first of October in western Indonesia.
                (Rating.Score.POOR, first + timedelta(minutes=31)),
                (Rating.Score.VERY_GOOD, first + timedelta(days=3)),
                (Rating.Score.VERY_GOOD, first - timedelta(days=500)),
            )
        ):
            ticket = make.served(here, make.moment(here, 9 + place, day=date(2024, 9, 2)))
            surveys.rate(ticket, score, at=at)
        with CaptureQueriesContext(connection) as queries:
            found = satisfaction.months(here.mall, date(2024, 10, 9))
    assert len(queries) == 1
    assert [each.first for each in found][::11] == [date(2023, 11, 1), date(2024, 10, 1)]
    assert [(each.count, each.share, each.index) for each in found[-3:]] == [
        (0, None, None),
        (1, 100.0, 100.0),
        (2, 50.0, 75.0),
    ]
    assert satisfaction.chart(found).rows[-1] == ("Okt 24", ["50"])


def test_the_page_of_satisfaction_and_its_table_are_the_same(hall_of_today: Hall) -> None:
    client = signed_in(hall_of_today)
    here = f"/m/{hall_of_today.mall.slug}/head/satisfaction/"
    page = client.get(here).content.decode()
    lines = client.get(f"{here}table.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert lines[1].split(",")[1:] == ["1", "100.0", "100.0"]
    assert page.count("<tr>") == 13
    assert 'role="img"' in page
    assert client.get(f"{here}table.xlsx").status_code == 200


@pytest.fixture
def hall_of_today() -> Hall:
    here = make.hall()
    with wall.inside(here.mall.pk):
        surveys.rate(make.served(here, make.moment(here, 9)), Rating.Score.VERY_GOOD, at=timezone.now())
    return here


def signed_in(here: Hall) -> Client:
    account = agencies.staff(here.mall, Role.HEAD).account
    assert account
    client = Client()
    client.force_login(account)
    return client


def test_decisions_of_meetings_that_are_late_stand_on_the_page_and_in_what_is_owed() -> None:
    here = make.hall()
    manager = agencies.staff(here.mall, Role.MANAGER)
    page = f"/m/{here.mall.slug}/head/"
    at = timezone.now()
    with wall.inside(here.mall.pk):
        decision = meetings.decided(meetings.sent(here.place, manager), here.place, manager, words="Piket bergilir")
        debts = [(each.what, each.due_on) for each in owed.owed(here.mall, manager, at)]
        assert ("Keputusan rapat: Piket bergilir", decision.due_on) in debts
        assert heads.head(here.mall, manager, at).late_decisions == 0
        assert heads.head(here.mall, manager, at + 9 * ONE_DAY).late_decisions == 1
    assert "lewat tenggat" not in signed_in(here).get(page).content.decode()
