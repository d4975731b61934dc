"""The distribution's Chromium, and what every page is watched for while it is open."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, StorageState, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = (360, 740)
DESK = (1280, 800)
TV = (1920, 1080)
KIOSK = (1080, 1920)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; where there is none, say the one command that is missing."""
    if not os.path.exists(CHROMIUM):
        raise AssertionError("The tests need Chromium. Run this once, then again make test:  scripts/system-packages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """Everything that a page must not do: complain, break its own policy, ask anybody else."""

    own: frozenset[str]
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page from now on."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # What violates the policy is an error on the console too.
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc not in self.own:
            self.foreign.append(request.url)


def let_pass(page: Page, seconds: int) -> None:
    """Let the page's time pass second by second, and the answers come that it asked for.

    The faked clock ends requests that took too long: in one leap, or on a slow machine, those under way.
    """
    asked: set[Request] = set()

    def ask(request: Request) -> None:
        if request.resource_type == "fetch":
            asked.add(request)

    def answer(request: Request) -> None:
        asked.discard(request)

    page.on("request", ask)
    page.on("requestfinished", answer)
    page.on("requestfailed", answer)
    for _second in range(seconds):
        page.clock.run_for(1_000)
        for _look in range(100):
            if not asked:
                break
            page.wait_for_timeout(50)
    page.remove_listener("request", ask)
    page.remove_listener("requestfinished", answer)
    page.remove_listener("requestfailed", answer)


@dataclass
class Visitors:
    """Browsers of several people over one hall; all are watched, and leave together."""

    browser: Browser
    home: str
    watched: Watched
    contexts: list[BrowserContext] = field(default_factory=list)

    def person(
        self,
        size: tuple[int, int] = DESK,
        *,
        known: StorageState | None = None,
        scripts: bool = True,
        language: str = "id-ID",
        sharpness: float = 1,
    ) -> Page:
        """Open a page of somebody who has never been here, or is known by what their browser remembers."""
        context = self.browser.new_context(
            base_url=self.home,
            viewport={"width": size[0], "height": size[1]},
            device_scale_factor=sharpness,
            locale=language,
            storage_state=known,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.set_default_timeout(8000)
        self.contexts.append(context)
        page = context.new_page()
        self.watched.watch(page)
        return page

    def leave(self) -> None:
        """Close every browser window."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
