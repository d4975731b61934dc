"""The board of a zone speaks: in order, one call at a time, once, and nothing that is no news any more."""

from array import array
from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from pendopo.config.env import env
from pendopo.config.tests.make import eventually
from pendopo.queues.speech.sentence import announcement, vocabulary
from tests.end_to_end import staff
from tests.end_to_end.browser import PHONE, TV, Visitors
from tests.end_to_end.scene import Scene
from tests.end_to_end.test_journey import take_ticket
from voice import clips

pytestmark = pytest.mark.xdist_group("browser")
HEARD = """() => {
  window.heard = [];
  document.addEventListener("voice:spoken", (event) => window.heard.push(event.detail));
}"""


class Heard(TypedDict):
    """What the board tells of each call that it has said."""

    seq: int
    clips: list[str]
    began: float
    ended: float


class Humming:
    """Says everything as the same short hum."""

    rate = 8000

    def say(self, text: str, voice: str) -> array[int]:
        return array("h", [4000, -4000] * 200)


@pytest.fixture(scope="module", autouse=True)
def made_clips() -> None:
    """Put clips where `web` looks for them."""
    clips.make(env.data / "clips", "id", vocabulary("id"), Humming())


def speaking_board(visitors: Visitors, floor: str = "Lantai 2") -> Page:
    """Make a browser the voice of a zone, as its manager does it."""
    board = visitors.person(TV)
    staff.sign_in(board, "manajer@contoh.test", then="/m/contoh/recordings/")
    zone = board.locator("li", has=board.locator("b", has_text=floor))
    zone.get_by_role("button", name="Peramban ini yang bersuara").click()
    board.wait_for_url("**/board/?zone=*")
    # A screen that was just switched on: nobody has pressed anything on it yet.
    fresh = board.context.new_page()
    visitors.watched.watch(fresh)
    address = board.url
    board.close()
    fresh.goto(address)
    fresh.evaluate(HEARD)
    return fresh


def officer_of(scene: Scene, visitors: Visitors, queue: str) -> Page:
    """Let the officer of a queue sit down."""
    officer = visitors.person()
    staff.sit_down(officer, scene.login(queue), scene.counters[queue].pk)
    return officer


def call_next(officer: Page) -> str:
    """Call whoever is next, and return the number."""
    officer.keyboard.press("F2")
    expect(officer.locator('[data-key="F8"]')).to_be_focused()
    return officer.locator(".desk-number").inner_text()


def finish(officer: Page) -> None:
    """Serve and finish whoever was called."""
    officer.keyboard.press("F8")
    expect(officer.locator('[data-key="F4"]')).to_be_focused()
    officer.keyboard.press("F4")
    officer.keyboard.press("1")
    expect(officer.locator('[data-key="F2"]')).to_be_focused()


def clips_of(number: str, scene: Scene, queue: str) -> list[str]:
    """Return what must be heard for a call."""
    told = announcement(number, str(scene.counters[queue].number), languages=["id"])
    return [f"{language}/{token}" for language, token in told]


def heard(board: Page, *wanted: list[str]) -> list[Heard]:
    """Wait until these calls were said, and return what was heard of them."""
    for sentence in wanted:
        board.wait_for_function(
            "(wanted) => window.heard.some((each) => each.clips.join() === wanted.join())", arg=sentence, timeout=20_000
        )
    everything: list[Heard] = board.evaluate("window.heard")
    return [each for each in everything if each["clips"] in wanted]


def left_to_say(board: Page) -> list[dict[str, int]]:
    """Return the calls that the server still wants to be said."""
    calls: list[dict[str, int]] = board.request.get("/m/contoh/speech/").json()["calls"]
    return calls


def test_two_calls_are_said_one_after_the_other_and_once(scene: Scene, visitors: Visitors) -> None:
    board = speaking_board(visitors)
    expect(board.locator("[data-voice-on]")).to_be_visible()
    officer = officer_of(scene, visitors, "T")
    for _person in range(2):
        take_ticket(scene, visitors.person(PHONE), "Layanan Taspen", "Layanan Taspen")

    first = call_next(officer)
    finish(officer)
    second = call_next(officer)
    expect(board.locator("[data-now-card] [data-number]")).to_have_text(second)
    board.get_by_role("button", name="Tekan untuk menyalakan suara").click()
    expect(board.locator("[data-voice-on]")).to_be_hidden()

    one, other = heard(board, clips_of(first, scene, "T"), clips_of(second, scene, "T"))
    assert one["clips"] == clips_of(first, scene, "T")
    assert one["seq"] < other["seq"]
    assert one["ended"] <= other["began"]
    spoken = (board.locator("[data-board]").get_attribute("data-spoken") or "").split()
    assert spoken == sorted(set(spoken), key=int)

    # The board tells the server right after it spoke.
    eventually(lambda: not {one["seq"], other["seq"]} & {call["seq"] for call in left_to_say(board)}, patience=10)
    finish(officer)
    staff.leave(officer)


def test_what_was_not_heard_is_said_after_a_reload_but_never_when_it_is_old(scene: Scene, visitors: Visitors) -> None:
    board = speaking_board(visitors)
    officer = officer_of(scene, visitors, "AB")
    for _person in range(2):
        take_ticket(scene, visitors.person(PHONE), "Pembuatan akun LPSE", "Pembuatan akun LPSE")
    number = call_next(officer)
    expect(board.locator("[data-now-card] [data-number]")).to_have_text(number)
    board.reload()
    board.evaluate(HEARD)

    board.get_by_role("button", name="Tekan untuk menyalakan suara").click()
    [told] = heard(board, clips_of(number, scene, "AB"))

    finish(officer)
    board.clock.install()
    board.reload()
    board.evaluate(HEARD)
    with board.expect_response(lambda response: "/speech/" in response.url, timeout=15_000):
        late = call_next(officer)
    expect(board.locator("[data-now-card] [data-number]")).to_have_text(late)
    # Without the server, whose next word would tell the board that hardly any time has passed.
    board.context.set_offline(True)
    # What was under way has come.
    board.wait_for_timeout(1000)
    board.clock.fast_forward(61_000)
    board.locator("h1").click()
    board.clock.run_for(30_000)

    assert board.evaluate("window.heard.map((each) => each.seq)") == []
    assert board.locator("[data-now-card]").get_attribute("data-seq") != str(told["seq"])
    board.context.set_offline(False)
    visitors.watched.complaints.clear()
    finish(officer)
    staff.leave(officer)


def test_the_age_of_the_data_is_told_and_nothing_goes_blank(scene: Scene, visitors: Visitors) -> None:
    board = visitors.person(TV)
    board.clock.install()
    board.goto("/m/contoh/board/")
    age = board.locator("[data-live-age]")
    expect(age).to_have_text("Langsung")
    number = board.locator("[data-now-card] [data-number]").inner_text()

    board.context.set_offline(True)
    board.clock.fast_forward(40_000)
    board.clock.run_for(1_000)

    expect(age).to_contain_text("detik lalu")
    assert board.locator("[data-now-card] [data-number]").inner_text() == number
    board.context.set_offline(False)
    visitors.watched.complaints.clear()
