"""A citizen signs up by a code, guards the account with an app and a passkey, and comes in by the passkey alone."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from pendopo.people.actions import codes
from pendopo.people.models import Account, Code, contact_hash
from tests import servers
from tests.end_to_end import checks
from tests.end_to_end.browser import DESK, PHONE, Visitors, Watched

pytestmark = pytest.mark.xdist_group("pages")
MAIL = "warga.baru@contoh.test"
SEND = "main form[method=post] button.button:visible"


@pytest.fixture
def people(browser: Browser) -> Iterator[Visitors]:
    """Browsers over a server that has a way to send mail, by the one name at which browsers make passkeys."""
    with servers.web(PENDOPO_MAIL="smtp://localhost:9") as web:
        home = f"http://localhost:{web.port}"
        visitors = Visitors(browser, home, Watched(frozenset({urlsplit(home).netloc})))
        yield visitors
        visitors.leave()
        assert visitors.watched.foreign == []
        assert [heard for heard in visitors.watched.complaints if "status of 422" not in heard] == []


@pytest.fixture
def digits(django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], str]]:
    """Read what waits to be sent: in a thread of its own, since Playwright's refuses the database."""

    def read() -> str:
        with django_db_blocker.unblock():
            letter = codes.letter_of(Code.objects.order_by("-pk")[0].pk, at=timezone.now())
            connections.close_all()
        assert letter
        return letter.digits

    def forget() -> None:
        with django_db_blocker.unblock():
            Account.objects.filter(handle=contact_hash(MAIL)).delete()
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        yield lambda: pool.submit(read).result()
        pool.submit(forget).result()


def look(page: Page) -> None:
    """Ask of a page what is asked of every one."""
    found = []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        found += checks.violations(page) + checks.too_wide(page) + checks.too_small(page, 44)
        found += checks.spilling(page) + checks.blank(page)
    assert found == [], page.url


def send(page: Page, name: str = "", value: str = "") -> None:
    """Fill in the one field of a page, and send it."""
    look(page)
    if name:
        page.locator(f"[name={name}]:visible").fill(value)
    page.locator(SEND).first.click()


def test_a_citizen_comes_in_by_code_app_and_passkey(people: Visitors, digits: Callable[[], str]) -> None:
    page = people.person(PHONE)
    sign_up(page, digits)
    add_app_and_contact(page, digits)
    add_passkey(page)
    come_back(page, digits)
    by_passkey(page)
    page.goto("/accounts/login/?next=/accounts/security/")
    by_passkey(page)


def sign_up(page: Page, digits: Callable[[], str]) -> None:
    """Prove an address by a code, and give a name."""
    page.goto("/accounts/code/?next=/accounts/security/")
    send(page, "contact", "warga")
    expect(page.locator(".summary")).to_contain_text("nama@contoh.id")
    send(page, "contact", MAIL)
    expect(page.locator("h1")).to_have_text("Tulis kode")
    page.get_by_role("button", name="Kirim lagi lewat Surel").click()
    expect(page.locator("[role=alert]")).to_contain_text("detik lagi")
    send(page, "digits", digits())
    expect(page.locator("h1")).to_have_text("Nama Anda")
    send(page, "name", "Warga Baru")
    expect(page.locator("h1")).to_have_text("Warga Baru")


def add_app_and_contact(page: Page, digits: Callable[[], str]) -> None:
    """Set up an app, look at what it brings, add a second contact."""
    page.goto("/accounts/security/")
    page.get_by_role("link", name="Pasang aplikasi").click()
    expect(page.locator("h1")).to_have_text("Pastikan ini Anda")
    send(page)
    send(page, "digits", digits())
    secret = page.locator("main b.figures").inner_text()
    send(page, "code", format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1])))
    expect(page.locator("main")).to_contain_text("Aplikasi kode terpasang.")
    look(page)
    for path, heading in (
        ("app/removal/", "Lepas aplikasi kode?"),
        ("recovery/new/", "Buat kode cadangan baru?"),
        ("recovery/", "Kode cadangan"),
    ):
        page.goto(f"/accounts/security/{path}")
        expect(page.locator("h1")).to_have_text(heading)
        look(page)
    page.goto("/accounts/contacts/new/")
    send(page, "contact", "warga.kedua@contoh.test")
    expect(page.locator("h1")).to_have_text("Buktikan kontak")
    send(page, "digits", digits())
    expect(page.locator("main .lines > li")).to_have_count(2)
    look(page)


def add_passkey(page: Page) -> None:
    """Let a device with a finger on it make a key."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    page.goto("/accounts/security/key/")
    send(page, "name", "HP saya")
    expect(page.locator("main")).to_contain_text("HP saya")
    look(page)
    kept = devtools.send("WebAuthn.getCredentials", {"authenticatorId": made["authenticatorId"]})["credentials"]
    assert [key["userDisplayName"] for key in kept] == ["Warga Baru"]


def by_passkey(page: Page) -> None:
    """Prove oneself by nothing but the key."""
    page.locator("form[data-passkey] button").click()
    expect(page.locator("h1")).to_have_text("Warga Baru")
    page.goto("/accounts/logout/")
    page.locator(SEND).first.click()
    expect(page.locator("h1")).not_to_have_text("Warga Baru")


def come_back(page: Page, digits: Callable[[], str]) -> None:
    """Sign out; a code alone does not do now."""
    page.goto("/accounts/logout/")
    page.locator(SEND).first.click()
    page.goto("/accounts/code/?next=/accounts/security/")
    send(page, "contact", MAIL)
    send(page, "digits", digits())
    expect(page.locator("h1")).to_have_text("Langkah kedua")
    look(page)
