"""A closing while people look: the phone, the kiosk and the board say it without being touched, and that it is over."""

import pytest
from playwright.sync_api import expect

from tests.end_to_end.browser import KIOSK, PHONE, TV, Visitors
from tests.end_to_end.desk import Desk

pytestmark = pytest.mark.xdist_group("browser")
REASON = "Jaringan pusat padam"


def test_phone_kiosk_and_board_hear_of_a_closing(visitors: Visitors, desk: Desk) -> None:
    ticket = desk.take()
    phone, kiosk, board = visitors.person(PHONE), visitors.person(KIOSK), visitors.person(TV)
    phone.goto(f"/m/contoh/t/{ticket.key}/")
    kiosk.goto("/m/contoh/kiosk/")
    board.goto("/m/contoh/board/")
    expect(phone.locator("[data-live-age]")).to_have_text("Diperbarui langsung")
    expect(board.locator("[data-live-age]")).to_have_text("Langsung")
    shown = (phone.locator("#ticket"), kiosk.locator("#kiosk-status"), board.locator("[data-ticker]"))
    for page in (phone, kiosk, board):
        page.evaluate("window.sameLoad = true")

    with desk.closing(REASON):
        for place in shown:
            expect(place).to_contain_text(REASON, timeout=8000)
    for place in shown:
        expect(place).not_to_contain_text(REASON, timeout=8000)
    for page in (phone, kiosk, board):
        assert page.evaluate("window.sameLoad")
