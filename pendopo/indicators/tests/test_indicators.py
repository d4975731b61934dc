"""Indicators: figures that are corrected and never rewritten, the path, on or off it, and what the mall did."""

import csv
import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.actions import writing
from pendopo.indicators.actions import indicators as acts
from pendopo.indicators.errors import AlreadyCorrected, AlreadyThere, DatesCrossed
from pendopo.indicators.models import Indicator, IndicatorService, OfficialFigure, TargetPoint
from pendopo.indicators.queries import contributions
from pendopo.indicators.queries.paths import Course, Verdict, courses
from pendopo.kernel.errors import NotAllowed, NotUnderstood, ReasonMissing
from pendopo.performance.actions import adding_up
from pendopo.queues.actions import serving
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Outcome, SentAwayReason
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
SOURCE = "Surabaya Pagi, 6 Februari 2023"


@pytest.fixture
def hall() -> Hall:
    return make.hall()


@pytest.fixture
def manager(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.MANAGER)


def follow(hall: Hall, by: Actor, **other: str) -> Indicator:
    told = {"name": "Angka kemiskinan", "theme": "poverty", "unit": "persen", "better": "lower"} | other
    return acts.add_indicator(hall.mall, **told, by=by, at=NOW)


def note(indicator: Indicator, by: Actor, value: str, as_of: date, **other: object) -> OfficialFigure:
    return acts.note_figure(
        indicator, Decimal(value), as_of=as_of, source=SOURCE, by=by, at=NOW, **other  # type: ignore[arg-type]
    )  # fmt: skip


def aim(indicator: Indicator, by: Actor, year: int, value: str, reason: str = "") -> TargetPoint:
    return acts.set_target(indicator, year, Decimal(value), source=SOURCE, reason=reason, by=by, at=NOW)


def course(hall: Hall, indicator: Indicator) -> Course:
    (found,) = courses(hall.mall, [indicator], timezone.now())
    return found


def serve(hall: Hall, outcome: Outcome, reason: SentAwayReason | None = None) -> Ticket:
    ticket = make.called(hall)
    serving.serve(ticket, by=hall.officer, at=timezone.now())
    if reason:
        return serving.complete(ticket, outcome=outcome, reason=reason, by=hall.officer, at=timezone.now())
    return serving.complete(ticket, outcome=outcome, by=hall.officer, at=timezone.now())


def test_the_path_is_straight_between_its_points(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        aim(poverty, manager, 2020, "9.57")
        aim(poverty, manager, 2024, "7")
        found = course(hall, poverty)

    assert [found.target(year) for year in (2019, 2020, 2022, 2023, 2024, 2030)] == [
        None, Decimal("9.57"), Decimal("8.28"), Decimal("7.64"), Decimal("7.00"), Decimal("7.00"),
    ]  # fmt: skip
    assert [each.is_set for each in found.years] == [True, False, False, False, True]


@pytest.mark.parametrize(
    ("better", "value", "verdict"),
    [
        ("lower", "7.64", Verdict.ON),
        ("lower", "7.65", Verdict.OFF),
        ("higher", "7.65", Verdict.ON),
        ("higher", "7.63", Verdict.OFF),
    ],
)
def test_a_figure_is_on_or_off_the_path(hall: Hall, manager: Actor, better: str, value: str, verdict: Verdict) -> None:
    with wall.inside(hall.mall.pk):
        indicator = follow(hall, manager, better=better)
        assert course(hall, indicator).verdict is Verdict.NO_FIGURE
        note(indicator, manager, value, date(2023, 3, 1))
        assert course(hall, indicator).verdict is Verdict.NO_PATH
        aim(indicator, manager, 2020, "9.57")
        aim(indicator, manager, 2024, "7")

        assert course(hall, indicator).verdict is verdict


def test_what_is_not_known_stays_without_a_figure(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        follow(hall, manager, name="Realisasi investasi", theme="investment", unit="miliar rupiah", better="higher")
    here, browser = f"/m/{hall.mall.slug}/indicators/", client(manager)

    assert "Belum ada angka" in browser.get(here).content.decode()
    page = browser.get(f"{here}of/realisasi-investasi/").content.decode()
    assert "Belum ada angka dan belum ada target." in page
    assert "Belum ada layanan yang dipilih, jadi belum ada angka." in page


def test_a_wrong_figure_stays_and_is_corrected_by_another(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        poverty, other = follow(hall, manager), follow(hall, manager, name="Lain")
        wrong = note(poverty, manager, "95.7", date(2023, 2, 6))
        right = note(poverty, manager, "9.57", date(2023, 2, 6), corrects=wrong, reason="Koma")

        assert course(hall, poverty).last == right
        for given, refusal in (
            ({"corrects": wrong, "reason": "Lagi"}, AlreadyCorrected),
            ({"corrects": right}, ReasonMissing),
        ):
            with pytest.raises(refusal):
                note(poverty, manager, "9", date(2023, 2, 6), **given)
        with pytest.raises(NotUnderstood):
            note(other, manager, "9", date(2023, 2, 6), corrects=right, reason="x")
        with pytest.raises(IntegrityError), transaction.atomic():
            OfficialFigure.objects.create(
                mall=hall.mall, indicator=other, value=1, as_of=NOW, source="x", corrects=right, reason="x",
                noted_at=NOW,
            )  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            OfficialFigure.objects.filter(pk=wrong.pk).update(value=9)
        with pytest.raises(DatesCrossed):
            note(poverty, manager, "9", hall.mall.local(NOW).date() + 2 * DAY)
        assert OfficialFigure.objects.filter(mall=hall.mall).count() == 2


def test_another_target_takes_over_with_a_reason(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        first = aim(poverty, manager, 2024, "7")
        with pytest.raises(ReasonMissing):
            aim(poverty, manager, 2024, "7.5")
        aim(poverty, manager, 2024, "7.5", reason="RPJMD baru")
        aim(poverty, manager, 2024, "7.2", reason="RPJMD perubahan")

        assert course(hall, poverty).target(2024) == Decimal("7.2")
        assert TargetPoint.objects.filter(mall=hall.mall).count() == 3
        with pytest.raises(ProgrammingError), transaction.atomic():
            TargetPoint.objects.filter(pk=first.pk).update(value=1)
        with pytest.raises(IntegrityError), transaction.atomic():
            TargetPoint.objects.create(mall=hall.mall, indicator=poverty, year=2024, value=1, source="x", noted_at=NOW)


def test_the_mall_counts_what_its_services_finished(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        today = hall.mall.local(timezone.now()).date()
        poverty = follow(hall, manager)
        for outcome in (Outcome.DONE, Outcome.HANDED_OVER, Outcome.TAKEN_IN, Outcome.INFORMED, Outcome.LEFT):
            serve(hall, outcome)
        serve(hall, Outcome.SENT_AWAY, SentAwayReason(SentAwayReason.values[0]))
        assert {(each.finished, each.taken_in) for each in contributions.by_month(hall.mall, poverty, today)} == {
            (0, 0)
        }

        other = writing.write_service(hall.place.agency, name="Lain", at=NOW)
        acts.choose_services(poverty, [hall.service, other], reason="Bantuan", by=manager, at=NOW)

        months = contributions.by_month(hall.mall, poverty, today)
        assert [(each.finished, each.taken_in) for each in months] == [(2, 1)] + [(0, 0)] * 11
        assert contributions.this_year(hall.mall, [poverty], today) == {poverty.pk: 3}

    here, browser = f"/m/{hall.mall.slug}/indicators/", client(manager)
    assert "3 nomor di MPP dalam 12 bulan" in browser.get(here).content.decode()
    page = f"{here}of/angka-kemiskinan/"
    assert len(browser.get(f"{page}tickets/").context["tickets"]) == 3
    for name, lines in (("tickets", 4), ("months", 13)):
        rows = list(csv.reader(io.StringIO(browser.get(f"{page}{name}.csv").content.decode("utf-8-sig"))))
        assert len(rows) == lines
        book = load_workbook(io.BytesIO(browser.get(f"{page}{name}.xlsx").content)).worksheets[0]
        assert [[str(cell) for cell in row] for row in book.iter_rows(values_only=True)] == rows
    assert (
        "Tidak ada nomor yang dihitung pada bulan ini." in browser.get(f"{page}tickets/?month=2001-01").content.decode()
    )
    assert browser.get(f"{page}tickets/?month=x").status_code == 422


def test_months_of_before_are_counted_where_they_belong(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        acts.choose_services(poverty, [hall.service], reason="Bantuan", by=manager, at=NOW)
        days = {"2025-12-31": 1, "2026-01-01": 2, "2026-02-28": 3, "2024-12-31": 4, "2025-01-31": 5}
        for day, many in days.items():
            for _each in range(many):
                Ticket.objects.filter(pk=serve(hall, Outcome.DONE).pk).update(
                    day=day, number=1000 + Ticket.objects.count()
                )
        found = contributions.by_month(hall.mall, poverty, date(2026, 2, 28))

    assert {f"{each.first:%Y-%m}": each.finished for each in found if each.finished} == {
        "2026-02": 3, "2026-01": 2, "2025-12": 1,
    }  # fmt: skip
    assert len(found) == 12


def test_each_figure_leads_to_its_rows_and_is_as_many_on_any_day(hall: Hall, manager: Actor) -> None:
    days = [date(2025, 1, 20), date(2025, 2, 3), date(2025, 2, 17), date(2025, 3, 5)]
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        acts.choose_services(poverty, [hall.service], reason="Bantuan", by=manager, at=NOW)
        for number, day in enumerate(days * 2):
            outcome = Outcome.DONE if number % 2 else Outcome.TAKEN_IN
            ticket = serve(hall, outcome)
            Ticket.objects.filter(pk=ticket.pk).update(day=day, number=1000 + number)
        # Added up, and then one of them corrected: the figure is that of the rows before the worker comes by again.
        while adding_up.add_up(hall.mall, at=NOW):
            pass
        Ticket.objects.filter(day=days[2], outcome="taken_in").update(outcome="done")
    browser, page = client(manager), f"/m/{hall.mall.slug}/indicators/of/angka-kemiskinan/"

    for on, expected in (("2025-02-03", [2, 2]), ("2025-02-17", [4, 2]), ("2025-03-05", [2, 4, 2])):
        seen = browser.get(f"{page}?on={on}")
        months = [each for each in seen.context["months"] if each.finished or each.taken_in]
        assert [each.finished + each.taken_in for each in months] == expected
        for month in months:
            asked = f"tickets/?month={month.first:%Y-%m}&amp;on={on}"
            assert asked in seen.content.decode()
            rows = browser.get(page + asked.replace("&amp;", "&")).context["tickets"]
            counted = Counter("taken_in" if each.outcome == "taken_in" else "finished" for each in rows)
            assert (counted["finished"], counted["taken_in"]) == (month.finished, month.taken_in)
            sheet = browser.get(f"{page}tickets.csv?month={month.first:%Y-%m}&on={on}").content.decode("utf-8-sig")
            assert len(sheet.splitlines()) == 1 + len(rows)
        listed = browser.get(f"/m/{hall.mall.slug}/indicators/?on={on}").context["lines"]
        assert listed[0][0].tickets == sum(expected)


def test_everything_by_the_door(hall: Hall, manager: Actor) -> None:
    here, browser = f"/m/{hall.mall.slug}/indicators/", client(manager)
    assert "Belum ada indikator." in browser.get(here).content.decode()
    told = {"name": "Angka kemiskinan", "theme": "poverty", "unit": "persen", "better": "lower"}

    assert browser.get(f"{here}new/").status_code == 200
    assert browser.post(f"{here}new/", told).headers["location"].endswith("of/angka-kemiskinan/")
    assert browser.post(f"{here}new/", told).status_code == 422
    page = f"{here}of/angka-kemiskinan/"
    figure = {"value": "9,57", "as_of": "2023-02-06", "source": SOURCE, "is_claim": "claim"}
    assert browser.post(f"{page}figures/", figure).status_code == 302
    for year, value in ((2023, "9,57"), (2024, "7")):
        assert browser.post(f"{page}targets/", {"year": year, "value": value, "source": SOURCE}).status_code == 302
    assert browser.post(f"{page}services/", {"services": hall.service.pk, "reason": "Bantuan"}).status_code == 302
    with wall.inside(hall.mall.pk):
        first = OfficialFigure.objects.get(mall=hall.mall)
    corrected = figure | {"value": "9,56", "corrects": first.pk, "reason": "Salah ketik"}
    assert browser.post(f"{page}correction/", corrected).status_code == 302

    shown = browser.get(page).content.decode()
    assert "<s>9,57 persen</s>" in shown
    assert "7 persen pada 2024" in shown
    assert "target: tertinggi 9,57 (2023), terendah 7 (2024), terakhir 7 (2024)." in shown
    rows = list(csv.reader(io.StringIO(browser.get(f"{page}years.csv").content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [["2023", "9,57", "9,56"], ["2024", "7", ""]]
    for name in ("years.xlsx", "figures.csv", "figures.xlsx"):
        assert browser.get(f"{page}{name}").status_code == 200
    listed = list(csv.reader(io.StringIO(browser.get(f"{here}table.csv").content.decode("utf-8-sig"))))
    assert listed[1] == [
        "Angka kemiskinan", "Pengentasan kemiskinan", "9,56 persen", "7 persen pada 2024",
        "Pangkal jalur, belum dapat dinilai", "0",
    ]  # fmt: skip
    assert browser.get(f"{here}table.xlsx").status_code == 200
    for path, wrong in (
        ("figures/", figure | {"value": "1.000,5"}),
        ("figures/", figure | {"as_of": "2099-01-01"}),
        ("targets/", {"year": "1999", "value": "1", "source": "x"}),
        ("targets/", {"year": "2024", "value": "1", "source": "x"}),
        ("services/", {"services": "0", "reason": "x"}),
        ("services/", {"services": hall.service.pk}),
        ("correction/", corrected),
    ):
        assert browser.post(f"{page}{path}", wrong).status_code == 422
    assert browser.get(f"{here}of/tidak-ada/").status_code == 404


@pytest.mark.parametrize("role", [Role.HEAD, Role.INSPECTOR])
def test_head_and_inspector_read_and_write_nothing(hall: Hall, manager: Actor, role: Role) -> None:
    reader = agencies.staff(hall.mall, role)
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        for act in (
            lambda: follow(hall, reader, name="Lain"),
            lambda: note(poverty, reader, "9", date(2023, 1, 1)),
            lambda: aim(poverty, reader, 2024, "7"),
            lambda: acts.choose_services(poverty, [], reason="x", by=reader, at=NOW),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert Indicator.objects.filter(mall=hall.mall).count() == 1
        assert not OfficialFigure.objects.filter(mall=hall.mall).exists()
    browser, here = client(reader), f"/m/{hall.mall.slug}/indicators/"
    for path in ("", "new/", "of/angka-kemiskinan/", "of/angka-kemiskinan/services/"):
        assert browser.get(f"{here}{path}").status_code == 200
    sent = {"value": "9", "as_of": "2023-01-01", "source": "x"}
    assert browser.post(f"{here}of/angka-kemiskinan/figures/", sent).status_code == 422
    admin = client(agencies.staff(hall.mall, Role.AGENCY_ADMIN, agency=hall.place.agency))
    assert admin.get(here).status_code == 403


def test_services_are_of_the_same_mall(hall: Hall, manager: Actor) -> None:
    there = make.hall()
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        with pytest.raises(AlreadyThere):
            follow(hall, manager)
        with pytest.raises(NotUnderstood):
            acts.choose_services(poverty, [there.service], reason="x", by=manager, at=NOW)
        with pytest.raises(ReasonMissing):
            acts.choose_services(poverty, [hall.service], reason="", by=manager, at=NOW)
        assert not IndicatorService.objects.filter(mall=hall.mall).exists()


def test_pages_ask_the_same_number_of_questions_however_much_there_is(hall: Hall, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{hall.mall.slug}/indicators/"

    def asked() -> list[int]:
        counts = []
        for page in (here, f"{here}of/angka-kemiskinan/", f"{here}of/angka-kemiskinan/tickets/"):
            with CaptureQueriesContext(connection) as caught:
                assert browser.get(page).status_code == 200
            counts.append(len(caught))
        return counts

    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        note(poverty, manager, "9", date(2020, 1, 1))
        aim(poverty, manager, 2020, "9")
        acts.choose_services(poverty, [hall.service], reason="x", by=manager, at=NOW)
        serve(hall, Outcome.DONE)
    asked()
    before = asked()
    with wall.inside(hall.mall.pk):
        for number in range(8):
            other = follow(hall, manager, name=f"Indikator {number}")
            note(other, manager, "1", date(2021, 1, 1))
            note(poverty, manager, "9", date(2021 + number % 4, 1, 1))
            aim(poverty, manager, 2021 + number, "8")
            acts.choose_services(other, [hall.service], reason="x", by=manager, at=NOW)
            serve(hall, Outcome.DONE)

    assert asked() == before


def test_the_list_comes_page_by_page(hall: Hall, manager: Actor) -> None:
    with wall.inside(hall.mall.pk):
        for number in range(30):
            follow(hall, manager, name=f"Indikator {number:02}")
    browser, here = client(manager), f"/m/{hall.mall.slug}/indicators/"

    first = browser.get(here)
    second = browser.get(f"{here}?cursor={first.context['next']}")

    shown = [line.course.indicator.name for line, *_rest in [*first.context["lines"], *second.context["lines"]]]
    assert shown == [f"Indikator {number:02}" for number in range(30)]
    assert browser.get(f"{here}?cursor=x").status_code == 422


def test_a_day_shows_what_was_known_then(hall: Hall, manager: Actor) -> None:
    told, later = (datetime(2023, month, 6, 3, tzinfo=UTC) for month in (2, 9))
    with wall.inside(hall.mall.pk):
        poverty = follow(hall, manager)
        wrong = acts.note_figure(
            poverty, Decimal("9.75"), as_of=date(2023, 2, 6), source=SOURCE, by=manager, at=told
        )  # fmt: skip
        acts.note_figure(
            poverty, Decimal("9.57"), as_of=date(2023, 2, 6), source=SOURCE, corrects=wrong, reason="Salah ketik",
            by=manager, at=later,
        )  # fmt: skip
        acts.set_target(poverty, 2024, Decimal(7), source=SOURCE, by=manager, at=told)
        acts.set_target(poverty, 2024, Decimal("7.5"), source=SOURCE, reason="RPJMD baru", by=manager, at=later)
        note(poverty, manager, "8.1", date(2023, 8, 1))
    here, browser = f"/m/{hall.mall.slug}/indicators/", client(manager)

    def line(day: str) -> str:
        return browser.get(f"{here}table.csv?on={day}").content.decode("utf-8-sig").splitlines()[1]

    assert line("2023-02-05").startswith("Angka kemiskinan,Pengentasan kemiskinan,Belum ada angka,Belum ada target")
    assert '"9,75 persen",7 persen pada 2024' in line("2023-02-06")
    assert '"8,1 persen",7 persen pada 2024' in line("2023-09-05")
    assert '"8,1 persen","7,5 persen pada 2024"' in line("2023-09-06")
    page = browser.get(f"{here}of/angka-kemiskinan/?on=2023-08-20").content.decode()
    assert "seperti yang diketahui pada hari itu" in page
    assert "baru dicatat" in page
    assert "<s>" not in page
    assert "9,75 persen" in page
    assert "Catat angka resmi" not in page
    assert "table.csv?on=2023-08-20" in browser.get(f"{here}?on=2023-08-20").content.decode()
    assert browser.get(f"{here}?on=2999-01-01").status_code == 422
