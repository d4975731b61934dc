"""The common desk, by keyboard alone, and on a phone without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from pendopo.demo.types import PASSWORD
from tests.end_to_end import staff
from tests.end_to_end.browser import PHONE, Visitors
from tests.end_to_end.scene import Scene
from tests.end_to_end.visits.going import MANAGER

pytestmark = pytest.mark.xdist_group("browser")
NUMBER = re.compile(r"^[A-Z]{1,3}-\d{3}$")
DESK = "/m/contoh/reception/"


def look_for(page: Page, words: str) -> None:
    """Search with F2 and the keyboard, and choose the first with Enter: it has the focus."""
    page.keyboard.press("F2")
    expect(page.locator("#q")).to_be_focused()
    page.locator("#q").fill("")
    page.keyboard.type(words)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("button[name=add]").first).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_visitor_with_two_services_is_helped_without_the_mouse(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person()
    staff.sign_in(page, MANAGER, then=DESK)
    expect(page.locator("#q")).to_be_focused()

    look_for(page, "akta kelahiran")
    look_for(page, "paspor")
    expect(page.locator(".papers")).to_have_count(2)
    with page.expect_navigation():
        page.keyboard.press("F4")

    expect(page.locator("#ticket-title")).to_have_text(NUMBER)
    expect(page.locator(".ticks > li")).to_have_count(2)
    expect(page.locator(".desk-code svg")).to_be_visible()
    number = page.locator("#ticket-title").inner_text()
    with page.expect_navigation():
        page.keyboard.press("F8")
    expect(page.locator(".desk-slip-numbers b")).to_have_count(2)
    with page.expect_navigation():
        page.keyboard.press("F9")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator(".papers")).to_have_count(0)

    page.keyboard.press("F3")
    page.keyboard.type(number.lower().replace("-0", " "))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#ticket-title")).to_have_text(number)


def test_papers_are_complete_once_the_last_is_ticked(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person()
    staff.sign_in(page, MANAGER, then=DESK)
    look_for(page, "ktp")
    boxes = page.locator("input[name=paper]")

    expect(page.locator(".papers-some")).to_be_visible()
    expect(page.locator(".papers-all")).to_be_hidden()
    for place in range(boxes.count()):
        boxes.nth(place).check()

    expect(page.locator(".papers-some")).to_be_hidden()
    expect(page.locator(".papers-all")).to_be_visible()


def test_the_desk_works_on_a_phone_without_scripts(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person(PHONE, scripts=False)
    page.goto(f"/accounts/login/?next={DESK}")
    page.locator("#id_login").fill(MANAGER)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url(f"**{DESK}")

    page.locator("#q").fill("akta")
    page.locator("#q").press("Enter")
    page.get_by_role("button", name="Pilih").first.click()
    page.get_by_label("Lanjut usia").check()
    page.get_by_role("button", name="Syarat untuk dicetak").click()
    page.get_by_role("button", name="Kembali").click()
    expect(page.get_by_label("Lanjut usia")).to_be_checked()
    page.get_by_role("button", name="Ambil nomor antrean").click()

    expect(page.locator("#ticket-title")).to_have_text(NUMBER)
    expect(page.get_by_text("Lanjut usia")).to_be_visible()
