"""What the mall writes below its boards."""

import re
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.queues.queries.tickers import ticker, written_lines
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall
from pendopo.tenancy.actions import looks
from pendopo.tenancy.errors import TextsChanged
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import forget_malls

pytestmark = pytest.mark.django_db

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)


def client(hall: Hall, role: Role = Role.MANAGER) -> Client:
    return agencies.client(agencies.staff(hall.mall, role))


def path(hall: Hall) -> str:
    return f"/m/{hall.mall.slug}/settings/board/"


def form(page: str, **told: str) -> dict[str, str]:
    """What a manager sends who has seen a page."""
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    places = {f"place_{number}": str(number) for number in range(1, 6)}
    return {"seen": found[1], "reason": "Rapat", **places, **told}


def board(hall: Hall, language: str = "id") -> str:
    # What a process remembers of a mall it forgets with the commit, which a test never comes to.
    forget_malls()
    reader = Client(headers={"hx-request": "true"})
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return reader.get(f"/m/{hall.mall.slug}/board/").content.decode()


def test_lines_are_written_in_their_order_and_stand_on_the_board() -> None:
    hall = make.hall()
    manager = client(hall)
    sent = form(
        manager.get(path(hall)).content.decode(),
        text_1="Parkir di bawah", english_1="Parking below", place_1="2", text_2="Bawa KTP asli", place_2="1",
    )  # fmt: skip

    assert manager.post(path(hall), sent).status_code == 302

    shown = board(hall)
    assert shown.index("Bawa KTP asli") < shown.index("Parkir di bawah")
    assert "Parking below" in board(hall, "en")
    assert "Bawa KTP asli" in board(hall, "en")
    assert "Parkir di bawah" in manager.get(path(hall)).content.decode()
    with wall.inside(hall.mall.pk):
        assert Entry.objects.get(action="board.texts_written").reason == "Rapat"


@pytest.mark.parametrize(("day", "stands"), [(5, False), (6, True), (7, True), (8, True), (9, False)])
def test_a_line_stands_from_its_first_to_its_last_day(day: int, stands: bool) -> None:
    mall = make.hall().mall
    mall.texts = {"ticker": [{"id": "Tutup lebih awal", "en": "", "from": "2030-05-06", "until": "2030-05-08"}]}

    [line] = written_lines(mall)

    assert line.stands_on(date(2030, 5, day)) is stands
    with wall.inside(mall.pk):
        at = datetime(2030, 5, day, 3, tzinfo=UTC)
        assert ("Tutup lebih awal" in ticker(mall, at)) is stands


def test_bare_sentences_of_before_are_still_lines() -> None:
    mall = Mall(texts={"ticker": ["Parkir di bawah", "  "]})

    with translation.override("en"):
        assert [line.told for line in written_lines(mall)] == ["Parkir di bawah"]


def test_nobody_writes_over_what_they_have_not_seen() -> None:
    hall = make.hall()
    manager = client(hall)
    seen = form(manager.get(path(hall)).content.decode(), text_1="Baru")
    manager.post(path(hall), form(manager.get(path(hall)).content.decode(), text_1="Milik orang lain"))

    told = manager.post(path(hall), seen)

    assert told.status_code == 422
    assert "diubah orang lain" in told.content.decode()
    with wall.inside(hall.mall.pk):
        now = Mall.objects.get(pk=hall.mall.pk)
        assert [line.text for line in written_lines(now)] == ["Milik orang lain"]
        with pytest.raises(TextsChanged):
            looks.write_ticker(now, [], known=[], reason="x", at=AT)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"english_1": "Parking"}, "Tulis juga dalam bahasa Indonesia."),
        ({"text_1": "x", "starts_on_1": "2030-05-08", "ends_on_1": "2030-05-06"}, "sebelum tanggal mulai"),
        ({"text_1": "a" * 121}, "120"),
        ({"text_1": "x", "reason": ""}, "Alasan"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(told: dict[str, str], words: str) -> None:
    hall = make.hall()
    manager = client(hall)

    answer = manager.post(path(hall), form(manager.get(path(hall)).content.decode()) | told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Mall.objects.get(pk=hall.mall.pk).texts == {}


def test_the_head_reads_and_writes_nothing() -> None:
    hall = make.hall()
    sent = form(client(hall).get(path(hall)).content.decode(), text_1="Baru")
    head = client(hall, Role.HEAD)

    assert head.get(path(hall)).status_code == 200
    assert head.post(path(hall), sent).status_code == 422
    assert Mall.objects.get(pk=hall.mall.pk).texts == {}
