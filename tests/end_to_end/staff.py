"""Staff at their desks, by keyboard."""

from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from pendopo.demo.types import PASSWORD


def sign_in(page: Page, contact: str, *, then: str) -> None:
    """Sign in by the page, which goes on to `then`."""
    page.goto(f"/accounts/login/?next={then}")
    page.locator("#id_login").focus()
    page.keyboard.type(contact)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    # The address of the form ends with that page's, too: only the path tells where the browser is.
    page.wait_for_url(lambda url: urlsplit(url).path == then)


def sit_down(page: Page, contact: str, counter: int) -> None:
    """Sign in, choose the counter with Tab and Enter, and open it with F9."""
    sign_in(page, contact, then="/m/contoh/counters/")
    chosen = page.locator(f'a[href$="/counters/{counter}/"]')
    for _step in range(40):
        page.keyboard.press("Tab")
        if chosen.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/counters/{counter}/")
    page.keyboard.press("F9")
    expect(page.locator('[data-key="F2"]')).to_be_focused()


def leave(page: Page) -> None:
    """Close the counter, with a reason where the agency still receives people."""
    page.get_by_text("Tutup loket").click()
    reason = page.get_by_role("button", name="Giliran tugas selesai")
    if reason.is_visible():
        reason.click()
    expect(page.locator('[data-key="F9"]')).to_contain_text("Buka loket")
