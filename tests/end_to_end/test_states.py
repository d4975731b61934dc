"""Every screen when there is nothing, when there is too much of everything, and when the server does not answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from django.db import connections
from django.shortcuts import render
from django.test import RequestFactory
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.plugin import DjangoDbBlocker

from pendopo.demo import removal
from tests import plugin
from tests.end_to_end import checks, halls, staff
from tests.end_to_end.browser import DESK, PHONE, Watched
from tests.end_to_end.halls import Halls
from tests.end_to_end.screens import SCREENS
from tests.end_to_end.screens.looks import BARE, MANAGER, OFFICER, PUBLIC, SEARCH, Asks, Goes, Listens, Look
from tests.end_to_end.visits import VISITS
from tests.servers import Running

pytestmark = pytest.mark.xdist_group("states")
EMPTY = sorted(name for name, screen in SCREENS.items() if isinstance(screen.empty, Look))
FULL = sorted(name for name, screen in SCREENS.items() if isinstance(screen.full, Look))
AWAY = "Layanan sedang tidak terjangkau"
UNREACHABLE = "Server tidak terjangkau."
REFUSED = "connectionrefused"


@dataclass
class Stage:
    """The malls, a window for each of those who look at them, and what the windows complain of."""

    halls: Halls
    watched: Watched
    windows: dict[str, Page] = field(default_factory=dict)
    # What `web` writes when its database is away.
    away: str = ""

    def open(self, path: str, who: str) -> Page:
        """Show somebody an address of the table."""
        page, path = self.windows[who], path.format(**self.halls.addresses)
        page.unroute_all()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        response = page.goto(path)
        assert response
        assert response.status == 200, path
        assert urlsplit(page.url).path == urlsplit(path).path
        return page


@pytest.fixture(scope="module")
def stage(browser: Browser, processes: tuple[Running, Running], django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    """Both malls and three windows, once for all tests of this file."""

    def build() -> tuple[Halls, str]:
        plugin.forget_tables()
        with django_db_blocker.unblock():
            built = halls.build()
            connections.close_all()
        plugin.know_tables()
        return built, render(RequestFactory().get("/"), "503.html").content.decode()

    def remove() -> None:
        with django_db_blocker.unblock():
            assert all(removal.remove(mall.slug) for mall in built.malls)
            connections.close_all()
        plugin.forget_tables()

    # Playwright's loop runs in this thread, where Django then refuses the database.
    with ThreadPoolExecutor(1) as pool:
        built, away = pool.submit(build).result()
        shown = Stage(built, Watched(frozenset(urlsplit(process.url).netloc for process in processes)), away=away)
        contexts = {who: _window(browser, processes[0].url) for who in (PUBLIC, MANAGER, OFFICER)}
        for who, context in contexts.items():
            shown.windows[who] = page = context.new_page()
            shown.watched.watch(page)
            if who:
                contact = {MANAGER: built.manager, OFFICER: built.officer}[who]
                staff.sign_in(page, contact, then=f"/m/{halls.FULL}/counters/")
        yield shown
        for context in contexts.values():
            context.close()
        pool.submit(remove).result()


def _window(browser: Browser, home: str) -> BrowserContext:
    # A worker of the phone would answer in the place of the server.
    context = browser.new_context(base_url=home, locale="id-ID", reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(9000)
    return context


@pytest.fixture
def calm(stage: Stage) -> Iterator[Stage]:
    """No page of this test may complain or ask a foreign host."""
    stage.watched.complaints.clear()
    yield stage
    assert [heard for heard in stage.watched.complaints if "Service Worker registration blocked" not in heard] == []
    assert stage.watched.foreign == []


@pytest.fixture
def cut_off(stage: Stage) -> Iterator[Stage]:
    """Only the answers that the test took away may be complained of."""
    taken = ("status of 503", "Status Error Code 503", "ERR_CONNECTION_REFUSED", "htmx:", "Service Worker registration")
    stage.watched.complaints.clear()
    yield stage
    assert [heard for heard in stage.watched.complaints if not any(words in heard for words in taken)] == []


def test_every_screen_has_its_states() -> None:
    assert set(SCREENS) == set(VISITS)


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_screen_says_so(calm: Stage, name: str) -> None:
    screen = SCREENS[name]
    assert isinstance(screen.empty, Look)
    page = calm.open(screen.empty.path, screen.who)

    expect(page.locator("body")).to_contain_text(screen.empty.words)
    assert checks.blank(page) == []
    assert faults(page) == []


@pytest.mark.parametrize("name", FULL)
def test_a_full_screen_keeps_its_shape(calm: Stage, name: str) -> None:
    screen = SCREENS[name]
    assert isinstance(screen.full, Look)
    page = calm.open(screen.full.path, screen.who)

    expect(page.locator("body")).to_contain_text(screen.full.words)
    assert checks.blank(page) == []
    assert faults(page) == []


def faults(page: Page) -> list[str]:
    """Return all that is wrong with a page, on a phone and on a desk."""
    found = checks.violations(page)
    # What Django calls a row that has no name is no word for people.
    found += ["a row without a name"] if " object (" in page.locator("body").inner_text() else []
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {problem}" for problem in checks.too_wide(page) + checks.spilling(page)]
    return found


def named(kind: type[Goes | Asks | Listens]) -> list[str]:
    """Return the screens that fail in one way."""
    return sorted(name for name, screen in SCREENS.items() if isinstance(screen.failing, kind))


def cut(page: Page, answer: str) -> None:
    """Let no page, no piece of one and no news come any more: `answer` instead, or a refused connection."""

    def instead(route: Route) -> None:
        if "/static/" in route.request.url:
            route.continue_()
        elif answer:
            route.fulfill(status=503, content_type="text/html; charset=utf-8", body=answer)
        else:
            route.abort(REFUSED)

    page.route("**/*", instead)


@pytest.mark.parametrize("name", named(Goes))
def test_a_screen_serves_again_after_a_page_that_did_not_come(cut_off: Stage, name: str) -> None:
    way = SCREENS[name].failing
    assert isinstance(way, Goes)
    page = cut_off.open(way.path, SCREENS[name].who)
    # What is sent matters less than that no answer comes: fields may stay empty.
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true })")
    cut(page, cut_off.away)
    with page.expect_navigation():
        page.locator(way.press).first.click()
    expect(page.locator("h1")).to_have_text(AWAY)
    page.unroute_all()
    page.go_back()

    expect(page.locator(way.press).first).to_be_enabled()


def test_the_page_for_answers_that_do_not_come_is_for_everybody(cut_off: Stage) -> None:
    """It is one file for all screens."""
    page = cut_off.open(BARE, PUBLIC)
    page.evaluate("document.querySelectorAll('form').forEach((form) => { form.noValidate = true })")
    cut(page, cut_off.away)
    with page.expect_navigation():
        page.locator(SEARCH).first.click()
    expect(page.locator("h1")).to_have_text(AWAY)
    assert faults(page) == []
    page.unroute_all()


@pytest.mark.parametrize("name", named(Asks))
@pytest.mark.parametrize("how", ["503", "refused"])
def test_a_screen_says_on_the_spot_that_no_answer_came(cut_off: Stage, name: str, how: str) -> None:
    way = SCREENS[name].failing
    assert isinstance(way, Asks)
    page = cut_off.open(way.path, SCREENS[name].who)
    if way.says == "#failure":
        page.wait_for_function("window.htmx")
    before = page.locator("h1").inner_text()

    cut(page, cut_off.away if how == "503" else "")
    if way.press:
        page.locator(way.press).first.click()
    # A page that asks by itself does so every five seconds.
    expect(page.locator(way.says)).to_be_visible(timeout=20_000)
    if way.says == "#failure":
        expect(page.locator(way.says)).to_contain_text(AWAY if how == "503" else UNREACHABLE)
    assert faults(page) == []

    assert page.locator("h1").inner_text() == before
    if way.press:
        expect(page.locator(way.press).first).to_be_enabled()


@pytest.mark.parametrize("name", named(Listens))
def test_a_screen_says_how_old_its_words_are(cut_off: Stage, name: str) -> None:
    way = SCREENS[name].failing
    assert isinstance(way, Listens)
    page = cut_off.windows[SCREENS[name].who].context.new_page()
    page.clock.install()
    page.route("**/live/**", lambda route: route.abort(REFUSED))
    page.goto(way.path.format(**cut_off.halls.addresses))

    page.clock.fast_forward(30_000)

    expect(page.locator("[data-live-age]")).to_contain_text(way.words)
    expect(page.locator("[data-live-age]")).to_be_visible(timeout=15_000)
    assert faults(page) == []
    page.close()
