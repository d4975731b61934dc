"""What is in each picture, and in which window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.utils import timezone
from playwright.sync_api import Page, expect

from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.demo.staff import MANAGER
from pendopo.demo.types import SLUG
from pendopo.queues.types import State
from pendopo.tenancy.models import Mall
from tests import servers
from tests.end_to_end import scene as scenes
from tests.end_to_end import staff
from tests.end_to_end.browser import DESK, KIOSK, PHONE, TV, Visitors, Watched, chromium
from tests.end_to_end.scene import Scene

HEAVIEST = 300_000
LAPTOP = (1366, 768)
# Closed this morning although they should be open.
SHUT = frozenset({7, 22, 40})


@dataclass(frozen=True)
class Picture:
    """A page in a window; `reach` brings the browser there."""

    name: str
    size: tuple[int, int]
    reach: Callable[[Page, Scene], None]
    sharpness: float = 1


def take(folder: Path, wanted: tuple[str, ...]) -> None:
    """Make the hall, walk through it, and write the pictures."""
    scene = scenes.build(at=timezone.now(), visitors=300, shut=SHUT, slower=1.9)
    # The mall of the tests wears a colour of its own; pictures show what everybody begins with.
    Mall.objects.filter(slug=SLUG).update(accent="", logo="")
    with servers.web_and_live() as (web, live), chromium() as browser:
        own = frozenset(urlsplit(process.url).netloc for process in (web, live))
        for picture in PICTURES:
            if wanted and not picture.name.startswith(wanted):
                continue
            people = Visitors(browser, web.url, Watched(own))
            page = people.person(picture.size, sharpness=picture.sharpness)
            picture.reach(page, scene)
            page.wait_for_timeout(400)
            path = folder / f"{picture.name}.png"
            page.screenshot(path=path, animations="disabled")
            people.leave()
            assert path.stat().st_size <= HEAVIEST, f"{path.name}: {path.stat().st_size} bytes"


def _service(page: Page, scene: Scene) -> None:
    page.goto("/m/contoh/?q=akta+kelahiran")
    page.locator("a.line").first.click()
    expect(page.locator("h1")).to_be_visible()


def _search(page: Page, scene: Scene) -> None:
    page.goto("/m/contoh/")


def _ticket(page: Page, scene: Scene) -> None:
    _service(page, scene)
    page.get_by_role("button", name="Ambil nomor antrean").click()
    expect(page.locator("[data-live-age]")).to_have_text("Diperbarui langsung")


def _board(page: Page, scene: Scene) -> None:
    page.goto(f"/m/contoh/board/?zone={scene.zones['A']}")
    expect(page.locator("[data-live-age]")).to_have_text("Langsung")


def _kiosk(page: Page, scene: Scene) -> None:
    page.goto("/m/contoh/kiosk/")


def _console(page: Page, scene: Scene) -> None:
    counter = scene.counters["A"]
    staff.sign_in(page, scene.login("A"), then=f"/m/contoh/counters/{counter.pk}/")
    expect(page.locator("[data-take-focus]")).to_be_focused()


def _hall(page: Page, scene: Scene) -> None:
    _as_manager(page, "hall/")


def _rating(page: Page, scene: Scene) -> None:
    page.goto(f"/m/contoh/t/{scene.tickets[State.COMPLETED]}/rating/")


def _called(page: Page, scene: Scene) -> None:
    page.goto(f"/m/contoh/t/{scene.tickets[State.CALLED]}/")
    expect(page.locator("[data-live-age]")).to_have_text("Diperbarui langsung")


def _kiosk_needs(page: Page, scene: Scene) -> None:
    page.goto(f"/m/contoh/kiosk/DUKCAPIL/{scene.services['DUKCAPIL']}/")


def _board_with_code(page: Page, scene: Scene) -> None:
    page.goto("/m/contoh/board/")
    page.context.add_cookies([{"name": DEVICE_COOKIE, "value": scene.board_token, "url": urljoin(page.url, "/")}])
    _board(page, scene)
    expect(page.locator("[data-door-code]")).to_be_visible()


def _as_manager(page: Page, path: str) -> None:
    staff.sign_in(page, MANAGER, then=f"/m/contoh/{path}")


def _reception(page: Page, scene: Scene) -> None:
    _as_manager(page, "reception/")
    page.locator("#q").fill("akta kelahiran")
    page.locator("#q").press("Enter")
    page.locator("button[name=add]").first.click()
    page.locator("input[name=paper]").first.check()


def _report(page: Page, scene: Scene) -> None:
    _as_manager(page, "report/")


def _closing(page: Page, scene: Scene) -> None:
    _as_manager(page, "closing/")


PICTURES = (
    Picture("search-1280", DESK, _search),
    Picture("service-1280", DESK, _service),
    Picture("service-360", PHONE, _service, 2),
    Picture("ticket-360", PHONE, _ticket, 2),
    Picture("called-360", PHONE, _called, 2),
    Picture("kiosk-1080", KIOSK, _kiosk, 0.75),
    Picture("kiosk-needs-1080", KIOSK, _kiosk_needs, 0.75),
    Picture("board-1920", TV, _board),
    Picture("console-1366", LAPTOP, _console),
    Picture("console-360", PHONE, _console, 2),
    Picture("rating-360", PHONE, _rating, 2),
    Picture("hall-1280", DESK, _hall),
    Picture("reception-1280", DESK, _reception),
    Picture("report-1280", DESK, _report),
    Picture("closing-1280", DESK, _closing),
    # Last: it changes a rule.
    Picture("board-code-1920", TV, _board_with_code),
)
