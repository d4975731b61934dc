"""A phone whose browser is a process of its own: it can die without a word, and start again with what it has kept."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserType, Page

from tests.end_to_end.browser import CHROMIUM, FLAGS, PHONE

PATIENCE = 20.0


@dataclass
class Phone:
    """A browser with a memory of its own, kept in a folder."""

    kind: BrowserType
    home: str
    folder: Path
    process: subprocess.Popen[bytes] | None = None
    browser: Browser | None = None

    def start(self) -> Page:
        """Start the browser, and return its page."""
        told = self.folder / "DevToolsActivePort"
        told.unlink(missing_ok=True)
        size = f"--window-size={PHONE[0]},{PHONE[1]}"
        self.process = subprocess.Popen(
            [CHROMIUM, "--headless=new", *FLAGS, size, "--remote-debugging-port=0", f"--user-data-dir={self.folder}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + PATIENCE
        while not told.exists() or not told.read_text().strip():
            assert time.monotonic() < end, "the browser does not start"
            time.sleep(0.05)
        port = told.read_text().split()[0]
        self.browser = self.kind.connect_over_cdp(f"http://127.0.0.1:{port}")
        page = self.browser.contexts[0].new_page()
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        page.set_default_timeout(10_000)
        return page

    def die(self) -> None:
        """End it as an empty battery does: nothing more is written. It is the process that `start` started."""
        if self.process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)
        self.process = None
        if self.browser:
            self.browser.close()
            self.browser = None


@contextlib.contextmanager
def phone(kind: BrowserType, home: str, folder: Path) -> Iterator[Phone]:
    """Lend a phone until the end of the block."""
    lent = Phone(kind, home, folder)
    try:
        yield lent
    finally:
        lent.die()
