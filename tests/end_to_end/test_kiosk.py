"""The kiosk as people meet it: 1080 × 1920, a printer with its faults, fingers that slip, a server that goes away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.plugin import DjangoDbBlocker

from pendopo.agencies.http import DEVICE_COOKIE
from pendopo.queues.types import State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Site
from simulators.printer.server import SimulatedPrinter
from tests.end_to_end import checks
from tests.end_to_end.browser import KIOSK, Visitors, let_pass
from tests.end_to_end.scene import Scene

pytestmark = pytest.mark.xdist_group("browser")
HOME = "/m/contoh/kiosk/"
AGENCY, SERVICE = "PT Taspen", "Layanan Taspen"


@dataclass
class Corner:
    """A kiosk with a printer of its own."""

    visitors: Visitors
    machine: SimulatedPrinter
    token: str

    def open(self, *, scripts: bool = True) -> Page:
        """Open the kiosk's first page as the registered device."""
        page = self.visitors.person(KIOSK, scripts=scripts)
        page.context.add_cookies([{"name": DEVICE_COOKIE, "value": self.token, "url": self.visitors.home}])
        page.goto(HOME)
        return page


@pytest.fixture
def corner(scene: Scene, visitors: Visitors, django_db_blocker: DjangoDbBlocker) -> Iterator[Corner]:
    with SimulatedPrinter().running() as machine:

        def register() -> str:
            with django_db_blocker.unblock(), wall.inside(scene.mall.pk):
                site = Site.objects.order_by("position").first()
                assert site
                name, at = f"Kios {uuid4()}", timezone.now()
                device, token = tenancy.register_device(site, kind=Device.Kind.KIOSK, name=name, at=at)
                tenancy.connect_printer(device, address=machine.address, paper_mm=80, at=at)
            connections.close_all()
            return token

        # Playwright's loop runs in this thread, where Django then refuses the database.
        with ThreadPoolExecutor(1) as pool:
            token = pool.submit(register).result()
        yield Corner(visitors, machine, token)


def take(page: Page) -> None:
    page.get_by_role("link", name=AGENCY).click()
    page.get_by_role("link", name=SERVICE).click()
    page.get_by_role("button", name="Tidak ada, ambil nomor").click()


def faults(page: Page) -> list[str]:
    return checks.violations(page) + checks.too_wide(page) + checks.too_small(page, 64)


def test_a_number_comes_on_paper_and_again_as_a_copy(corner: Corner) -> None:
    page = corner.open()
    take(page)

    expect(page.locator("#slip")).to_contain_text("Sudah tercetak")
    number = page.locator(".ticket-number").inner_text()
    assert [sheet.large for sheet in corner.machine.sheets] == [[number]]
    assert faults(page) == []
    page.reload()
    expect(page.locator("#slip")).to_contain_text("Sudah tercetak")
    page.get_by_role("button", name="Cetak ulang").click()

    expect(page.locator("#slip input[name=copy]")).to_have_value("2")
    assert [sheet.inverse for sheet in corner.machine.sheets] == [[], ["SALINAN 1"]]


def test_without_paper_the_code_stays_to_be_photographed(corner: Corner) -> None:
    corner.machine.paper = "out"
    page = corner.open()
    take(page)

    expect(page.locator("#slip")).to_contain_text("Kertas pencetak habis")
    expect(page.locator(".qr svg")).to_be_visible()
    assert faults(page) == []
    page.goto(HOME)
    expect(page.get_by_text("Pencetak sedang tidak siap")).to_be_visible()
    assert faults(page) == []
    page.go_back()
    corner.machine.paper = "ok"
    page.get_by_role("button", name="Coba cetak lagi").click()

    expect(page.locator("#slip")).to_contain_text("Sudah tercetak")
    assert [sheet.inverse for sheet in corner.machine.sheets] == [[]]


def test_needs_are_asked_in_one_page(corner: Corner) -> None:
    page = corner.open()
    page.get_by_role("link", name=AGENCY).click()
    page.get_by_role("link", name=SERVICE).click()
    first = page.locator("main button, main input:not([type=hidden])").first
    expect(first).to_have_text("Tidak ada, ambil nomor")

    page.get_by_text("Lanjut usia").click()
    page.get_by_text("Tempat untuk kursi roda").click()
    assert faults(page) == []
    page.get_by_role("button", name="Ambil nomor dengan pilihan ini").click()

    expect(page.locator("#slip")).to_contain_text("Sudah tercetak")
    assert "usia" not in page.locator("main").inner_text()


def test_without_scripts_it_still_gives_a_number_and_prints_it(corner: Corner) -> None:
    page = corner.open(scripts=False)
    take(page)
    expect(page.locator(".ticket-number")).to_be_visible()
    expect(page.locator(".qr svg")).to_be_visible()
    expect(page.get_by_text("Nomor sedang dicetak")).to_be_hidden()
    assert corner.machine.sheets == []

    page.get_by_role("button", name="Cetak nomor ini").click()

    expect(page.locator("#slip")).to_contain_text("Sudah tercetak")
    assert len(corner.machine.sheets) == 1


def test_a_scanner_shows_the_ticket_that_it_reads(scene: Scene, corner: Corner) -> None:
    page = corner.open()
    key = scene.tickets[State.WAITING]
    page.get_by_role("link", name=AGENCY).focus()
    page.keyboard.type(f"http://10.0.0.2:8000/m/contoh/t/{key}/")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/kiosk/t/{key}/")
    expect(page.get_by_role("button", name="Cetak nomor ini")).to_be_visible()
    assert corner.machine.sheets == []
    page.keyboard.type("8991102345678")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=alert]")).to_contain_text("Kode ini bukan nomor antrean")
    assert faults(page) == []
    corner.visitors.watched.complaints.clear()


def test_a_finger_that_slips_touches_what_it_first_met(corner: Corner) -> None:
    page = corner.open()
    box = page.get_by_role("link", name=AGENCY).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 5

    def slip(distance: float) -> None:
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y + distance, steps=4)
        page.mouse.up()

    slip(120)
    page.wait_for_timeout(300)
    assert page.url.endswith(HOME)
    slip(12)

    page.wait_for_url("**/kiosk/TASPEN/")


def test_nobody_touches_it_and_it_returns(corner: Corner) -> None:
    page = corner.open()
    page.get_by_role("link", name=AGENCY).click()
    page.wait_for_url("**/kiosk/TASPEN/")
    page.clock.install()
    page.reload()
    # The faked clock goes on by itself as well, on a slow machine for seconds.
    let_pass(page, 22)
    assert page.url.endswith("/kiosk/TASPEN/")
    let_pass(page, 9)

    page.wait_for_url(f"**{HOME}")
    page.clock.resume()


def test_while_the_server_is_away_it_stays_and_then_begins_anew(corner: Corner) -> None:
    page = corner.open()
    page.clock.install()
    page.reload()
    page.route("**/healthz", lambda route: route.abort())
    page.evaluate("document.body.id = 'before'")

    page.get_by_role("link", name=AGENCY).click()
    expect(page.locator("#kiosk-away")).to_be_visible()
    assert page.url.endswith(HOME)
    assert faults(page) == []
    page.unroute("**/healthz")
    let_pass(page, 10)

    expect(page.locator("#before")).to_have_count(0)
    expect(page.locator("#kiosk-away")).to_be_hidden()
    corner.visitors.watched.complaints.clear()


def test_a_page_that_stood_still_begins_anew(corner: Corner) -> None:
    page = corner.open()
    page.clock.install()
    page.reload()
    let_pass(page, 11)
    page.evaluate("document.body.id = 'before'")
    page.clock.fast_forward(45_000)

    # The jump may end the look that is under way: then it is the next look, ten seconds later, that begins anew.
    expect(page.locator("#before")).to_have_count(0, timeout=15_000)
    expect(page.get_by_role("link", name=AGENCY)).to_be_visible()
