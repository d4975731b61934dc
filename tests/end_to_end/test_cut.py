"""The net fails for half an hour, and clocks jump: nothing is lost or doubled, and what is old says so."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from pendopo.agencies.http import DEVICE_COOKIE
from tests import servers
from tests.end_to_end import staff
from tests.end_to_end.browser import KIOSK, PHONE, Visitors, Watched
from tests.end_to_end.cable import Cables, laid
from tests.end_to_end.desk import QUEUE, Desk
from tests.end_to_end.scene import Scene
from tests.end_to_end.test_kiosk import take
from tests.end_to_end.test_phone import SOON, follow
from tests.end_to_end.test_voice import HEARD, clips_of, heard, made_clips, speaking_board

__all__ = ["made_clips"]
pytestmark = pytest.mark.xdist_group("browser")
HALF_AN_HOUR = 30 * 60_000
BEAT = 25_000  # ms: within it the server has told its time
WITHOUT_NET = re.compile(r"net::ERR_|: htmx:(afterRequest|sendError)")
UNREACHABLE = "Server tidak terjangkau. Yang terakhir belum tentu tersimpan: coba lagi."


@pytest.fixture(scope="module")
def wall(scene: Scene) -> Iterator[Cables]:
    """`web` and `live` behind a cable each; they know themselves only by the cables' ends."""
    port, live_port = servers.free_port(), servers.free_port()
    with (
        laid(port) as pages,
        laid(live_port) as news,
        servers.web(port, live_port=news.port),
        servers.live(live_port, web_port=pages.port),
    ):
        yield Cables(pages, news)


@pytest.fixture
def cables(wall: Cables) -> Iterator[Cables]:
    """Whole cables; whole again afterwards."""
    yield wall
    wall.mend()


@pytest.fixture(autouse=True)
def empty_line(desk: Desk) -> Iterator[None]:
    """Leave nobody in the line of the kiosk's service: other tests wait there, too."""
    yield
    desk.empty("T")


@pytest.fixture
def hall(visitors: Visitors, cables: Cables) -> Iterator[Visitors]:
    """People whose browsers hang on the cables; of requests that did not come through they may complain."""
    own = frozenset(f"{servers.HOST}:{cable.port}" for cable in (cables.pages, cables.news))
    people = Visitors(visitors.browser, cables.home, Watched(own))
    yield people
    people.leave()
    assert [words for words in people.watched.complaints if not WITHOUT_NET.search(words)] == []
    assert people.watched.foreign == []


def numbers(board: Page) -> list[str]:
    """Return the numbers on a board, the last call first."""
    return board.locator("[data-now-card] [data-number], [data-last] [data-number]").all_inner_texts()


def said(board: Page, scene: Scene, number: str) -> int:
    """Count how often the board has said a number: other calls of the hall may still be news."""
    return [each["clips"] for each in board.evaluate("window.heard")].count(clips_of(number, scene, QUEUE))


def hour(scene: Scene, moment: datetime) -> str:
    """Write a time as the mall's clocks show it."""
    return moment.astimezone(ZoneInfo(scene.mall.timezone)).strftime("%H.%M")


def jump(page: Page, hours: int) -> None:
    """Set a device's clock wrong, as somebody's finger or a time server does."""
    page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))


def ago(minutes: float) -> datetime:
    """Return the time so many minutes ago."""
    return datetime.now(UTC) - timedelta(minutes=minutes)


def counted(desk: Desk, *minutes_ago: float) -> list[str]:
    """Let people come and be called so long ago, one after the other; return their numbers."""
    called = []
    for minutes in minutes_ago:
        desk.clock = partial(ago, minutes)
        ticket = desk.take()
        desk.call()
        desk.empty_counter()
        called.append(ticket.number_text)
    desk.clock = partial(ago, 0)
    return called


def test_a_board_keeps_the_last_calls_and_learns_all_it_missed(
    scene: Scene, hall: Visitors, cables: Cables, desk: Desk
) -> None:
    board = speaking_board(hall, "Lantai 1")
    board.clock.install()
    board.reload()
    board.evaluate(HEARD)
    board.get_by_role("button", name="Tekan untuk menyalakan suara").click()
    [before] = counted(desk, 31)
    now = board.locator("[data-now-card] [data-number]")
    expect(now).to_have_text(before)
    shown = numbers(board)

    cables.cut()
    board.clock.fast_forward(HALF_AN_HOUR)
    board.clock.run_for(1_000)
    expect(board.locator("[data-live-age]")).to_have_text(re.compile(r"Data 30 menit lalu\."))
    assert numbers(board) == shown
    missed = counted(desk, 20, 10, 0)
    cables.mend()

    expect(now).to_have_text(missed[-1], timeout=BEAT)
    expect(board.locator("[data-live-age]")).to_have_text("Langsung")
    assert numbers(board)[:4] == [*reversed(missed), before]
    assert len(set(numbers(board))) == len(numbers(board))
    heard(board, clips_of(missed[-1], scene, QUEUE))
    board.clock.run_for(20_000)
    assert [said(board, scene, number) for number in [before, *missed]] == [0, 0, 0, 1]


def sit_at(scene: Scene, hall: Visitors, desk: Desk) -> tuple[Page, Locator]:
    """Let the officer of the open counter look at it; return the page, and who stands there."""
    officer = hall.person()
    officer.clock.install()
    staff.sign_in(officer, scene.login(QUEUE), then=f"/m/contoh/counters/{desk.counter.pk}/")
    expect(officer.locator('[data-key="F2"]')).to_be_visible()
    return officer, officer.locator(".desk-number")


def test_an_officer_is_told_and_calls_one_person_once(scene: Scene, hall: Visitors, cables: Cables, desk: Desk) -> None:
    first, second = desk.take(), desk.take()
    officer, number = sit_at(scene, hall, desk)
    cables.cut()
    since = datetime.now(UTC)
    officer.keyboard.press("F2")
    expect(officer.locator("#failure")).to_have_text(UNREACHABLE)
    expect(officer.locator('[data-key="F2"]')).to_be_enabled()
    officer.clock.fast_forward(HALF_AN_HOUR)
    officer.clock.run_for(1_000)
    expect(officer.locator("[data-live-age]")).to_have_text(
        re.compile(rf"Terputus sejak ({hour(scene, since)}|{hour(scene, since - timedelta(minutes=1))})")
    )
    assert desk.calls(first) == 0

    cables.mend()
    officer.keyboard.press("F2")

    expect(number).to_have_text(first.number_text)
    assert (desk.calls(first), desk.calls(second)) == (1, 0)


def test_a_call_whose_answer_was_lost_is_not_repeated(scene: Scene, hall: Visitors, cables: Cables, desk: Desk) -> None:
    first, second = desk.take(), desk.take()
    officer, number = sit_at(scene, hall, desk)
    cables.pages.cut_after(b"/calls/")
    officer.keyboard.press("F2")
    assert cables.pages.lost.wait(5)
    cables.cut()
    expect(officer.locator("#failure")).to_have_text(UNREACHABLE)
    assert desk.calls(first) == 1
    officer.clock.fast_forward(HALF_AN_HOUR)

    cables.mend()
    officer.keyboard.press("F2")

    expect(number).to_have_text(first.number_text)
    assert (desk.calls(first), desk.calls(second)) == (1, 0)


def kiosk(scene: Scene, hall: Visitors) -> Page:
    """Open the registered kiosk where it asks for needs."""
    page = hall.person(KIOSK)
    page.context.add_cookies([{"name": DEVICE_COOKIE, "value": scene.kiosk_token, "url": hall.home}])
    page.clock.install()
    page.goto("/m/contoh/kiosk/")
    page.get_by_role("link", name="PT Taspen").click()
    page.get_by_role("link", name="Layanan Taspen").click()
    expect(page.get_by_role("button", name="Tidak ada, ambil nomor")).to_be_visible()
    return page


def test_a_kiosk_stays_says_so_and_works_again(scene: Scene, hall: Visitors, cables: Cables, desk: Desk) -> None:
    page = kiosk(scene, hall)
    before, here = desk.taken("T"), page.url
    cables.cut()
    page.get_by_role("button", name="Tidak ada, ambil nomor").click()
    expect(page.locator("#kiosk-away")).to_be_visible()
    page.clock.fast_forward(HALF_AN_HOUR)
    page.clock.run_for(60_000)
    expect(page.locator("#kiosk-away")).to_be_visible()
    assert page.url == here
    assert desk.taken("T") == before

    cables.mend()
    page.clock.run_for(10_000)
    expect(page.locator("#kiosk-away")).to_be_hidden()
    page.goto("/m/contoh/kiosk/")
    take(page)

    expect(page.locator(".ticket-number")).to_be_visible()
    assert desk.taken("T") == [*before, page.locator(".ticket-number").inner_text()]


def test_a_take_whose_answer_was_lost_gives_the_same_ticket(
    scene: Scene, hall: Visitors, cables: Cables, desk: Desk
) -> None:
    page = kiosk(scene, hall)
    before, here = desk.taken("T"), page.url
    cables.pages.cut_after(b"/kiosk/tickets/")
    page.get_by_role("button", name="Tidak ada, ambil nomor").click()
    assert cables.pages.lost.wait(5)
    cables.cut()
    expect(page.locator("#kiosk-away")).to_be_visible()
    assert page.url == here
    page.clock.run_for(20_000)
    given = desk.taken("T")
    assert len(given) == len(before) + 1

    cables.mend()
    page.clock.run_for(10_000)

    expect(page.locator(".ticket-number")).to_have_text(given[-1])
    assert desk.taken("T") == given


def test_a_phone_keeps_the_last_state_says_its_age_and_is_right_again(
    scene: Scene, hall: Visitors, cables: Cables, desk: Desk
) -> None:
    ticket = desk.take()
    citizen = hall.person(PHONE)
    citizen.clock.install()
    follow(citizen, ticket)
    step, age = citizen.locator(".next-step b"), citizen.locator("[data-live-age]")
    cables.cut()
    since = datetime.now(UTC)
    citizen.clock.fast_forward(HALF_AN_HOUR)
    citizen.clock.run_for(1_000)

    minutes = "|".join(hour(scene, since - timedelta(minutes=late)) for late in (0, 1))
    expect(age).to_have_text(re.compile(rf"Keadaan pukul ({minutes}), tanpa sambungan"))
    expect(step).to_have_text("Giliran Anda berikutnya.")
    desk.call()
    cables.mend()

    expect(step).to_have_text(f"Silakan ke Loket {desk.counter.number} sekarang.", timeout=BEAT)
    expect(age).to_have_text("Diperbarui langsung")


@pytest.mark.parametrize("hours", [2, -2], ids=["ahead", "behind"])
def test_a_board_whose_clock_jumps_follows_the_servers(
    scene: Scene, hall: Visitors, cables: Cables, desk: Desk, hours: int
) -> None:
    board = speaking_board(hall, "Lantai 1")
    board.clock.install()
    board.reload()
    board.evaluate(HEARD)
    board.get_by_role("button", name="Tekan untuk menyalakan suara").click()
    board.evaluate("window.sameLoad = true")
    now, age = board.locator("[data-now-card] [data-number]"), board.locator("[data-live-age]")
    [one] = counted(desk, 0)
    expect(now).to_have_text(one)
    heard(board, clips_of(one, scene, QUEUE))

    jump(board, hours)
    [other] = counted(desk, 0)
    expect(now).to_have_text(other, timeout=3 * SOON)
    expect(age).to_have_text("Langsung", timeout=BEAT)
    expect(board.locator("[data-clock]")).to_have_text(
        re.compile("|".join(hour(scene, datetime.now(UTC) + timedelta(minutes=late)) for late in (0, 1))), timeout=BEAT
    )
    [old] = counted(desk, 3)
    expect(now).to_have_text(old, timeout=3 * SOON)
    heard(board, clips_of(other, scene, QUEUE))
    expect(board.locator("[data-now-card]")).not_to_have_class(re.compile("flash"), timeout=15_000)

    # Without the server's word data grow old on a clock that was set back, too.
    cables.cut()
    jump(board, hours - 2)
    board.clock.run_for(40_000)
    expect(age).to_have_text(re.compile(r"Data \d+ (detik|menit|jam) lalu\."))
    assert board.evaluate("window.sameLoad")
    assert [said(board, scene, number) for number in (one, other, old)] == [1, 1, 0]


@pytest.mark.parametrize("hours", [2, -2], ids=["ahead", "behind"])
def test_a_ticket_on_a_phone_whose_clock_jumps_tells_the_servers_time(
    scene: Scene, hall: Visitors, cables: Cables, desk: Desk, hours: int
) -> None:
    ticket = desk.take()
    citizen = hall.person(PHONE)
    citizen.clock.install()
    follow(citizen, ticket)
    citizen.evaluate("window.sameLoad = true")
    age = citizen.locator("[data-live-age]")

    jump(citizen, hours)
    citizen.wait_for_timeout(BEAT / 2)
    expect(age).to_have_text("Diperbarui langsung", timeout=BEAT)
    cables.cut()
    since = datetime.now(UTC)
    citizen.clock.run_for(40_000)

    minutes = "|".join(hour(scene, since - timedelta(minutes=late)) for late in (0, 1))
    expect(age).to_have_text(re.compile(rf"Keadaan pukul ({minutes}), tanpa sambungan"))
    assert citizen.evaluate("window.sameLoad")
    citizen.reload()
    expect(citizen.locator("#kept b")).to_have_text(re.compile(rf"Keadaan pukul ({minutes}), tanpa sambungan"))


def test_a_servers_clock_that_is_set_back_moves_nobody(desk: Desk) -> None:
    first = desk.take()
    desk.clock = partial(ago, 10)
    second = desk.take()

    assert second.number == first.number + 1
    assert second.queued_at >= first.queued_at
    desk.call()
    assert (desk.calls(first), desk.calls(second)) == (1, 0)
    desk.empty_counter()
    desk.call()
    assert (desk.calls(first), desk.calls(second)) == (1, 1)
