"""The day's report against ten tickets counted by hand (ten.py), and its files against its screen."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.queues.queries import facts, reports
from pendopo.queues.tests import make, ten
from pendopo.queues.tests.ten import BIRTH, CARD, DAY, TenTickets
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOTHING: tuple[None, None, None] = (None, None, None)


def signed_in(who: Actor) -> Client:
    assert who.account
    client = Client()
    client.force_login(who.account)
    return client


def figures(day: TenTickets) -> dict[str, dict[str, tuple[float | None, ...]]]:
    """Return each table's figures by the labels of its lines."""
    with wall.inside(day.mall.pk):
        tables = reports.day_report(day.mall, DAY)
    return {
        table.key: {line.label: tuple(figure.value for figure in line.figures) for line in table.lines}
        for table in tables
    }


def test_ten_tickets_are_counted_as_by_hand() -> None:
    found = figures(ten.play())

    assert found["summary"] == {
        "Pengunjung yang datang": (9, 0),
        "Nomor diambil": (10, 0),
        "Selesai dilayani": (7, 0),
        "Tidak hadir saat dipanggil": (1, 0),
        "Belum dapat dilayani": (3, 0),
    }
    assert found["state"] == {"Menunggu": (1,), "Selesai": (7,), "Tidak hadir": (1,), "Dibatalkan": (1,)}
    assert found["outcome"] == {
        "Selesai": (2,),
        "Berkas diterima": (1,),
        "Diberi informasi": (1,),
        "Belum dapat dilayani": (3,),
    }
    assert found["ended_because"] == {"Dibatalkan pemegang": (1,)}


def test_who_was_sent_away_is_counted_by_service_and_reason_missing_papers_first() -> None:
    day = ten.play()
    sent_away = figures(day)["sent_away"]

    assert list(sent_away.items()) == [(CARD, (1, 1, 0, 0, 0, 2)), (BIRTH, (1, 0, 0, 0, 0, 1))]
    with wall.inside(day.mall.pk):
        (table,) = [table for table in reports.day_report(day.mall, DAY) if table.key == "sent_away"]
    assert table.heads[:3] == ("Layanan", "Berkas kurang", "Bukan di sini")


def test_wait_way_and_service_stand_apart() -> None:
    found = figures(ten.play())

    # Waits 5 5 5 9 10 14 21 22, ways 1 1 1 1 2 3 4, services 1 3 4 8 8 10 30.
    assert found["times_all"] == {"Semua": (10, 1, 9, 22, 22, 1, 4, 4, 8, 30, 30)}
    assert found["times_origin"] == {
        "Meja informasi": (1, 0, 22, 22, 22, 1, 1, 1, 10, 10, 10),
        "Kios": (6, 1, 9, 14, 14, 2, 4, 4, 3, 30, 30),
        "Ponsel": (3, 0, 5, 21, 21, 1, 1, 1, 4, 8, 8),
    }
    assert found["times_service"] == {
        BIRTH: (3, 0, 21, 22, 22, 1, 3, 3, 10, 30, 30),
        CARD: (7, 1, 5, 14, 14, 1, 4, 4, 3, 8, 8),
    }
    assert found["times_counter"] == {"Loket 1, Lantai 1": (8, 1, 9, 22, 22, 1, 4, 4, 8, 30, 30)}


def test_hours_are_the_malls_own() -> None:
    assert figures(ten.play())["times_hour"] == {
        "00.00–00.59": (5, 0, 14, 22, 22, 1, 4, 4, 8, 10, 10),
        "08.00–08.59": (4, 1, 5, 10, 10, 1, 3, 3, 4, 30, 30),
        "23.00–23.59": (1, 0, *NOTHING, *NOTHING, *NOTHING),
    }


def test_visitors_stand_by_the_hour_they_came_in_and_the_charts_say_the_same() -> None:
    day = ten.play()
    with wall.inside(day.mall.pk):
        tables = {table.key: table for table in reports.day_report(day.mall, DAY)}
    comings, hours = tables["comings"], tables["times_hour"]

    came = {line.label: line.figures[0].value for line in comings.lines}
    assert {label: count for label, count in came.items() if count} == {
        "00.00–00.59": 4,
        "08.00–08.59": 4,
        "23.00–23.59": 1,
    }
    assert comings.chart is not None
    assert hours.chart is not None
    assert list(comings.chart.series[0].values) == list(came.values())
    assert [label for label, values in hours.chart.rows if values[0] != "–"] == ["00", "08"]
    assert [values[0] for _label, values in hours.chart.rows if values[0] != "–"] == ["14", "5"]
    page = signed_in(day.manager).get(day.path, {"day": DAY.isoformat()}).content.decode()
    assert page.count('role="img"') == 2


def test_the_files_say_what_the_screen_says() -> None:
    day = ten.play()
    client = signed_in(day.manager)
    screen = shown(client.get(day.path, {"day": DAY.isoformat()}).content.decode())

    xlsx = load_workbook(io.BytesIO(client.get(f"{day.path}workbook.xlsx", {"day": DAY.isoformat()}).content))
    *sheets, all_tickets = [[[written(cell) for cell in row] for row in sheet.iter_rows()] for sheet in xlsx.worksheets]
    text = client.get(f"{day.path}tables.csv", {"day": DAY.isoformat()}).content.decode("utf-8-sig")

    assert len(screen) == 11
    assert sheets == screen
    assert [cell.data_type for row in xlsx.worksheets[8].iter_rows() for cell in row if cell.value == BIRTH] == ["s"]
    blocks = [list(csv.reader(io.StringIO(block))) for block in text.strip().split("\r\n\r\n")]
    assert [[[unquoted(cell) for cell in row] for row in block[1:]] for block in blocks] == [
        [[plain(cell) for cell in row] for row in table] for table in screen
    ]
    assert [row[0] for row in all_tickets[1:]] == [f"A-{number:03d}" for number in range(1, 11)]


def shown(page: str) -> list[list[list[str]]]:
    """Read the tables of a page."""
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    rows = [re.findall(r"<tr.*?</tr>", table, re.DOTALL) for table in tables]
    return [
        [[_text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)] for row in row_] for row_ in rows
    ]


def _text(cell: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", cell)).strip()


def written(cell: Cell | MergedCell) -> str:
    """Write a cell of the workbook as the screen does."""
    if isinstance(cell.value, int | float):
        is_minutes = cell.number_format == "0.0"
        return reports.Figure(float(cell.value) if is_minutes else cell.value).text
    return "–" if cell.value is None else str(cell.value)


def plain(cell: str) -> str:
    """Write a figure of the screen as a program does."""
    if cell == "–":
        return ""
    return cell.replace(",", ".") if re.fullmatch(r"[\d,]+", cell) else cell


def unquoted(cell: str) -> str:
    """Take away the mark before what would be a formula."""
    return cell.removeprefix("'")


def test_every_figure_leads_to_as_many_rows() -> None:
    day = ten.play()
    client = signed_in(day.manager)
    with wall.inside(day.mall.pk):
        tables = reports.day_report(day.mall, DAY)
    counted = 0
    for table in tables:
        for line in table.lines:
            for figure in line.figures:
                if isinstance(figure.value, int) and figure.asked and "has_come" not in figure.asked:
                    page = client.get(f"{day.path}tickets/?{figure.asked}").content.decode()
                    assert len(re.findall(r"<tr>", page)) - 1 == figure.value, (table.key, line.label, figure)
                    counted += 1
    assert counted > 30

    longest = client.get(f"{day.path}tickets/", {"day": DAY.isoformat(), "measure": "wait"}).content.decode()
    assert re.findall(r"A-\d{3}", longest)[:2] == ["A-004", "A-003"]
    assert day.hall.officer.account
    assert day.hall.officer.account.name not in longest


def test_days_and_figures_that_do_not_exist_are_refused() -> None:
    day = ten.play()
    client = signed_in(day.manager)
    asked = {"day": DAY.isoformat()}

    for wrong in ({"day": "kemarin"}, {"day": "0001-01-01"}):
        assert client.get(day.path, wrong).status_code == 422
    for wrong in ({"hour": "99"}, {"state": "x"}, {"counter_id": "9" * 30}, {"service_code": "\0"}, {"1=1;--": "1"}):
        assert client.get(f"{day.path}tickets/", asked | wrong).status_code == 422
    empty = client.get(day.path, {"day": "2031-01-01"})
    assert "Tidak ada nomor antrean pada hari ini" in empty.content.decode()
    assert "<table" not in empty.content.decode()
    assert client.get(f"{day.path}workbook.xlsx", {"day": "2031-01-01"}).status_code == 200


def test_the_report_is_the_managers() -> None:
    day = ten.play()
    for page in ("", "tickets/", "workbook.xlsx", "tables.csv"):
        assert signed_in(day.hall.officer).get(f"{day.path}{page}").status_code == 403
    other = make.hall()
    with wall.inside(other.mall.pk):
        assert facts.totals(other.mall, DAY) == (0, 0, 0, 0, 0)
    stranger = agencies.staff(other.mall, Role.MANAGER)
    assert signed_in(stranger).get(day.path).status_code == 404


def test_a_report_is_few_queries() -> None:
    day = ten.play()
    with wall.inside(day.mall.pk), CaptureQueriesContext(connection) as queries:
        reports.day_report(day.mall, DAY)

    assert len(queries) == 6
