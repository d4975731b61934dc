"""The ticket's page in the hand: without connection, near, called, missed, reported at the door."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pendopo.queues.models import Ticket
from pendopo.queues.queries.doors import door_code, is_door_code
from tests.end_to_end import checks
from tests.end_to_end.browser import DESK, PHONE, TV, Visitors
from tests.end_to_end.desk import Desk
from tests.end_to_end.scene import Scene

pytestmark = pytest.mark.xdist_group("browser")
SOON = 2000  # ms
OFFLINE = re.compile(r"Keadaan pukul \d\d\.\d\d, tanpa sambungan")
# Counts what a phone is made to do: the test's browser has nothing that shakes or sounds.
LISTEN = """
  window.shaken = 0; window.tones = 0;
  Navigator.prototype.vibrate = () => { window.shaken += 1; return true; };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };
"""


def follow(page: Page, ticket: Ticket) -> None:
    """Open a ticket's page and wait until it hears, and until it is kept."""
    page.goto(f"/m/contoh/t/{ticket.key}/")
    expect(page.locator("[data-live-age]")).to_have_text("Diperbarui langsung")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("() => navigator.serviceWorker.controller")
    page.wait_for_function(
        "async () => (await (await caches.open(document.querySelector('[data-ticket]').dataset.store)).keys()).length"
    )


def offline(page: Page, *, away: bool) -> None:
    """Take a browser out of the net, or back into it."""
    page.context.set_offline(away)


def forgive(visitors: Visitors) -> None:
    """Without connection the browser complains of each request that did not come through, and of nothing else."""
    heard = [words for words in visitors.watched.complaints if "ERR_INTERNET_DISCONNECTED" not in words]
    visitors.watched.complaints[:] = heard


def test_without_connection_the_last_state_is_shown_with_its_time(visitors: Visitors, desk: Desk) -> None:
    ticket = desk.take()
    citizen = visitors.person(PHONE)
    follow(citizen, ticket)
    step = citizen.locator(".next-step b")

    offline(citizen, away=True)
    citizen.reload()

    expect(citizen.locator("#kept")).to_be_visible()
    expect(citizen.locator("#kept b")).to_have_text(OFFLINE)
    expect(citizen.locator(".ticket-number")).to_have_text(ticket.number_text)
    expect(step).to_have_text("Giliran Anda berikutnya.")
    expect(citizen.locator("[data-live-age], [data-sound], details, .languages")).to_have_count(0)
    assert re.fullmatch(r"\d\d\.\d\d · S-\d{3}", citizen.title())
    assert citizen.evaluate("getComputedStyle(document.querySelector('.ticket-number')).fontWeight") == "800"
    assert checks.violations(citizen) == []
    assert checks.too_wide(citizen) == []

    # What happened meanwhile is not known, and not guessed; back in the net the page is the server's again.
    desk.call()
    citizen.get_by_role("link", name="Perbarui").click()
    expect(citizen.locator("#kept b")).to_have_text(OFFLINE)
    expect(step).to_have_text("Giliran Anda berikutnya.")
    forgive(visitors)
    offline(citizen, away=False)
    expect(step).to_have_text(f"Silakan ke Loket {desk.counter.number} sekarang.")
    expect(citizen.locator("#kept")).to_be_hidden()


def test_what_was_heard_last_is_what_is_kept(visitors: Visitors, desk: Desk) -> None:
    others, ticket = [desk.take() for _ in range(4)], desk.take()
    citizen = visitors.person(PHONE)
    follow(citizen, ticket)
    expect(citizen.locator(".next-step b")).to_have_text("4 orang di depan Anda.")
    desk.call()
    expect(citizen.locator(".next-step b")).to_have_text("3 orang di depan Anda.", timeout=SOON)
    citizen.wait_for_timeout(200)

    offline(citizen, away=True)
    citizen.reload()

    expect(citizen.locator(".next-step b")).to_have_text("3 orang di depan Anda.")
    citizen.goto("/m/contoh/")
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Tanpa sambungan")
    assert checks.violations(citizen) == []
    citizen.get_by_role("link", name=ticket.number_text).click()
    expect(citizen.locator(".ticket-number")).to_have_text(ticket.number_text)
    assert others
    forgive(visitors)


def test_whoever_is_near_and_then_called_cannot_miss_it(visitors: Visitors, desk: Desk) -> None:
    desk.take(), desk.take(), desk.take()
    ticket = desk.take()
    citizen = visitors.person(PHONE)
    citizen.add_init_script(LISTEN)
    follow(citizen, ticket)
    near = citizen.locator("[data-near]")
    expect(near).to_be_hidden()
    citizen.get_by_role("button", name="Bunyikan saat dipanggil").click()
    expect(citizen.get_by_role("button", name="Bunyi menyala")).to_have_attribute("aria-pressed", "true")
    assert citizen.evaluate("[window.shaken, window.tones]") == [0, 1]
    citizen.evaluate("window.sameLoad = true")

    desk.call()
    expect(near).to_be_visible(timeout=SOON)
    expect(near).to_contain_text("Giliran Anda sudah dekat")
    assert citizen.evaluate("[window.shaken, window.tones]") == [1, 3]
    assert checks.violations(citizen) == []

    for _ in range(3):
        desk.empty_counter()
        desk.call()
    words = f"Silakan ke Loket {desk.counter.number} sekarang."
    expect(citizen.locator(".next-step b")).to_have_text(words, timeout=SOON)
    expect(citizen.locator("[data-announcement]")).to_have_text(f"{ticket.number_text}. {words}")
    assert words in citizen.title()
    shaken, tones = citizen.evaluate("[window.shaken, window.tones]")
    assert (shaken, tones) == (2, 6)
    assert citizen.evaluate("window.sameLoad")
    assert checks.violations(citizen) == []
    assert checks.too_wide(citizen) == []

    citizen.locator("h1").click()
    desk.recall(ticket)
    citizen.wait_for_function(f"() => window.shaken > {shaken}", timeout=SOON)
    assert citizen.evaluate("window.tones") == tones + 3


def test_the_called_state_goes_from_edge_to_edge(visitors: Visitors, desk: Desk) -> None:
    ticket = desk.take()
    desk.call()
    for size in (PHONE, DESK):
        citizen = visitors.person(size)
        citizen.goto(f"/m/contoh/t/{ticket.key}/")
        box = citizen.locator(".next-step.go").bounding_box()
        assert box
        picture = citizen.screenshot(clip={"x": 0, "y": box["y"] + 8, "width": size[0], "height": 1})
        colours = citizen.evaluate(
            """async (data) => {
              const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)], {type: "image/png"}));
              const context = new OffscreenCanvas(bitmap.width, 1).getContext("2d", {willReadFrequently: true});
              context.drawImage(bitmap, 0, 0);
              return [2, bitmap.width - 3].map((x) => [...context.getImageData(x, 0, 1, 1).data].slice(0, 3));
            }""",
            list(picture),
        )
        assert colours == [[255, 204, 20], [255, 204, 20]]


def test_whoever_missed_the_call_comes_back_once(visitors: Visitors, desk: Desk) -> None:
    ticket = desk.take()
    desk.call()
    citizen = visitors.person(PHONE)
    follow(citizen, ticket)
    desk.miss(ticket)
    back = citizen.get_by_role("button", name="Saya sudah kembali")
    expect(back).to_be_visible(timeout=SOON)
    assert checks.violations(citizen) == []

    back.click()
    expect(citizen.locator(".next-step b")).to_have_text("Giliran Anda berikutnya.")
    expect(citizen.locator("[data-live-age]")).to_have_text("Diperbarui langsung")
    desk.call()
    expect(citizen.locator(".next-step b")).to_have_text(
        f"Silakan ke Loket {desk.counter.number} sekarang.", timeout=SOON
    )
    desk.miss(ticket)
    expect(citizen.locator(".next-step b")).to_have_text("Nomor Anda sudah dilewati.", timeout=SOON)
    expect(back).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "without"])
def test_a_code_at_the_door_checks_in(visitors: Visitors, desk: Desk, scripts: bool) -> None:
    ticket = desk.take()
    desk.let_report(ticket)
    citizen = visitors.person(PHONE, scripts=scripts)
    citizen.goto(f"/m/contoh/t/{ticket.key}/")
    expect(citizen.locator(".next-step b")).to_have_text("Lapor tiba dahulu.")

    citizen.get_by_label("Kode di layar pintu masuk").fill("12")
    citizen.get_by_role("button", name="Lapor tiba").click()
    expect(citizen.locator("#code-error")).to_have_text("Kode terdiri dari enam angka.")
    visitors.watched.complaints[:] = [words for words in visitors.watched.complaints if "status of 422" not in words]
    if scripts:
        expect(citizen.locator("#id_code")).to_be_focused()
        assert checks.violations(citizen) == []
        assert checks.too_small(citizen, 44) == []

    citizen.get_by_label("Kode di layar pintu masuk").fill(door_code(ticket.visit.site_id, timezone.now()))
    citizen.get_by_role("button", name="Lapor tiba").click()
    expect(citizen.locator(".next-step b")).to_have_text("Giliran Anda berikutnya.")


def test_the_board_of_a_registered_device_shows_the_code(scene: Scene, visitors: Visitors, desk: Desk) -> None:
    stranger, board = visitors.person(TV), visitors.person(TV)
    board.goto("/m/contoh/device/")
    board.locator("#token").fill(scene.kiosk_token)
    board.get_by_role("button", name="Pasang").click()
    expect(board.get_by_role("link", name="Buka kios")).to_be_visible()
    for page in (stranger, board):
        page.goto("/m/contoh/board/")

    shown = board.locator(".door-code b")
    expect(shown).to_have_text(re.compile(r"\d{3} \d{3}"))
    digits = "".join(shown.inner_text().split())
    assert is_door_code(desk.site_id, digits, timezone.now())
    assert checks.violations(board) == []
    assert checks.too_wide(board) == []
    expect(stranger.locator(".door-code")).to_have_count(0)


def test_all_is_said_in_english_too(visitors: Visitors, desk: Desk) -> None:
    ticket = desk.take()
    citizen = visitors.person(PHONE)
    follow(citizen, ticket)
    citizen.get_by_role("button", name="English").click()
    expect(citizen.locator("html")).to_have_attribute("lang", "en")
    expect(citizen.get_by_role("button", name="Sound when called")).to_be_visible()
    expect(citizen.locator("[data-live-age]")).to_have_text("Updated live")
    citizen.wait_for_timeout(200)

    offline(citizen, away=True)
    citizen.reload()
    expect(citizen.locator("#kept b")).to_have_text(re.compile(r"As of \d\d:\d\d, no connection"))
    forgive(visitors)
