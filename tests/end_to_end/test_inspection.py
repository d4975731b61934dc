"""An inspection on a phone: without a network, with a browser that dies, sent twice; and without any script."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from pendopo.demo.types import DOMAIN, PASSWORD
from pendopo.inspections.tests.make import png
from tests import servers
from tests.end_to_end import checks, staff
from tests.end_to_end.browser import PHONE, Visitors
from tests.end_to_end.cable import Cable, laid
from tests.end_to_end.phone import Phone, phone

pytestmark = pytest.mark.xdist_group("browser")
INSPECTOR = f"inspektur@{DOMAIN}"
PICTURE = {"name": "foto.png", "mimeType": "image/png", "buffer": png(1600)}
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const cache = await caches.open(`inspection ${location.pathname}`);
  return (await cache.keys()).length > 0;
}"""

ROWS = "[aria-labelledby=list-title] li"
COPIES = "async () => (await caches.keys()).filter((name) => name.startsWith('inspection /'))"


@pytest.fixture(scope="module")
def cable(browser: Browser) -> Iterator[Cable]:
    """`web` behind a cable."""
    port = servers.free_port()
    with laid(port) as wire, servers.web(port):
        yield wire


@pytest.fixture
def pocket(browser: Browser, cable: Cable, tmp_path: Path) -> Iterator[Phone]:
    """The inspector's phone; the cable is whole afterwards."""
    with phone(browser.browser_type, f"http://{servers.HOST}:{cable.port}", tmp_path) as lent:
        yield lent
    cable.mend()


def sign_in(page: Page, home: str, where: str) -> None:
    page.goto(f"{home}/accounts/login/?next=/m/contoh/inspections/{where}")
    page.locator("#id_login").fill(INSPECTOR)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def begin(page: Page, home: str, *others: str) -> str:
    """Sign in and begin an inspection; return the address of its page."""
    sign_in(page, home, "new/")
    # Ready, and its copy is kept for the day without a network.
    page.locator("main[data-kept]").wait_for()
    page.locator("input[name=sites]").first.check()
    page.locator("textarea[name=others]").fill("\n".join(others))
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/form/")
    return page.url


def unfold(page: Page) -> Locator:
    """Open everything, and return the first place."""
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    return page.locator("section.card:has(form[data-answers])").first


def ready(page: Page) -> Locator:
    """Wait for the sheet, not for the page before it, which is ready too until it is left."""
    page.locator("[data-ready]:not(:has([data-beginning]))").wait_for(state="attached")
    return unfold(page)


def fill_in(page: Page, place: Locator) -> None:
    """Answer, photograph, ask a visitor, note a finding with its photo; and begin another."""
    place.locator("[name=a-staffed][value=no]").check(force=True)
    place.locator("[name=n-staffed]").fill("Loket 7 kosong")
    place.locator("[name=a-empty]").fill("1")
    place.locator("[name=a-ramp][value=yes]").check(force=True)
    place.locator("[data-part=photo] [type=file]").set_input_files(PICTURE)  # type: ignore[arg-type]
    expect(place.locator("[data-kept^=photo] canvas")).to_have_count(1)
    visitor = place.locator("[data-part=opinion]")
    visitor.locator("[name=first][value=yes]").check()
    visitor.locator("[name=second][value=no]").check()
    visitor.locator("[name=words]").fill("Cepat")
    visitor.locator("button").click()
    expect(place.locator("[data-kept^=opinion] li")).to_have_count(1)
    wrong = place.locator("[data-part=finding]")
    wrong.locator("[name=words]").fill("Tempat sampah tidak ada")
    wrong.locator("[type=file]").set_input_files(PICTURE)  # type: ignore[arg-type]
    page.wait_for_timeout(500)
    wrong.locator("button").click()
    expect(place.locator("[data-kept^=finding] canvas")).to_have_count(1)
    wrong.locator("[name=words]").fill("Belum selesai ditulis")
    expect(page.locator("[data-outbox]")).to_contain_text("menunggu sambungan")


def all_is_there(place: Locator) -> None:
    expect(place.locator("[name=a-staffed][value=no]")).to_be_checked()
    expect(place.locator("[name=n-staffed]")).to_have_value("Loket 7 kosong")
    expect(place.locator("[name=a-empty]")).to_have_value("1")
    expect(place.locator("[name=a-ramp][value=yes]")).to_be_checked()
    expect(place.locator("[data-kept^=photo] canvas")).to_have_count(1)
    expect(place.locator("[data-kept^=opinion] li")).to_contain_text("Cepat")
    expect(place.locator("[data-kept^=finding] li")).to_contain_text("Tempat sampah tidak ada")
    expect(place.locator("[data-part=finding] [name=words]")).to_have_value("Belum selesai ditulis")


def test_a_browser_that_dies_without_a_network_loses_nothing(pocket: Phone, cable: Cable) -> None:
    page = pocket.start()
    address = begin(page, pocket.home)
    ready(page)
    page.wait_for_function(KEPT)

    cable.cut()
    page.reload()
    fill_in(page, ready(page))
    assert checks.violations(page) == []
    assert checks.too_wide(page) == []
    pocket.die()

    page = pocket.start()
    page.goto(address)
    all_is_there(ready(page))
    # Whoever must sign in again loses nothing either.
    page.context.clear_cookies()
    cable.mend()
    page.reload()
    assert "/accounts/login/" in page.url
    page.locator("#id_login").fill(INSPECTOR)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/form/")
    place = ready(page)
    expect(page.locator("[data-outbox]")).to_have_text("Semua sudah terkirim.")

    # The server takes the next, and its answer is lost on the way: it is sent again, and counts once.
    cable.cut_after(b"Kedua kali")
    visitor = place.locator("[data-part=opinion]")
    visitor.locator("[name=first][value=no]").check()
    visitor.locator("[name=second][value=no]").check()
    visitor.locator("[name=words]").fill("Kedua kali")
    visitor.locator("button").click()
    assert cable.lost.wait(10)
    expect(page.locator("[data-outbox]")).to_contain_text("menunggu sambungan")
    cable.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox]")).to_have_text("Semua sudah terkirim.")
    page.reload()
    place = ready(page)
    expect(place.locator("[name=n-staffed]")).to_have_value("Loket 7 kosong")
    expect(place.locator("img")).to_have_count(2)
    expect(place.locator("ul.kept > [data-known]")).to_have_count(3)
    expect(place.locator("[data-kept] li")).to_have_count(0)

    sign(page)
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    expect(page.locator("main")).to_contain_text("Isi sama seperti saat ditandatangani")
    assert page.evaluate(COPIES) == ["inspection /m/contoh/inspections/new/"]
    assert page.request.get(f"{page.url}report.pdf").body().startswith(b"%PDF-")


def test_an_inspection_begins_without_a_network(pocket: Phone, cable: Cable) -> None:
    page = pocket.start()
    sign_in(page, pocket.home, "")
    page.locator("main[data-kept]").wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    before = page.locator(ROWS).count()

    cable.cut()
    page.goto(f"{pocket.home}/m/contoh/inspections/")
    page.wait_for_url("**/inspections/new/")
    page.locator("main[data-ready]").wait_for()
    page.get_by_role("button", name="Mulai").click()
    expect(page.get_by_role("alert")).to_contain_text("paling sedikit satu")
    page.locator("input[name=sites]").first.check()
    page.locator("textarea[name=others]").fill("RSUD Contoh")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url(re.compile("#.{36}$"))
    address = page.url
    place = ready(page)
    expect(page.locator("[data-place-name]")).to_have_count(2)
    fill_in(page, place)
    assert checks.violations(page) == []
    assert checks.too_wide(page) == []
    pocket.die()

    page = pocket.start()
    page.goto(f"{pocket.home}/m/contoh/inspections/new/")
    page.locator("[data-left] a.line").click()
    page.wait_for_url(address)
    all_is_there(ready(page))
    sign(page)
    expect(page.locator("[data-kept='signature-'] li")).to_have_count(1)
    cable.mend()
    page.context.clear_cookies()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[data-outbox]")).to_contain_text("Masuk lagi untuk mengirim")
    # The server takes the beginning, and its answer is lost on the way: it is told again, and begins nothing else.
    cable.cut_after(b"RSUD Contoh")
    sign_in(page, pocket.home, "new/")
    assert cable.lost.wait(10)
    expect(page.locator("[data-left]")).to_contain_text("menunggu sambungan")
    cable.mend()
    # A network that comes and goes says so more than once; what has gone up does not come back.
    page.evaluate("for (let time = 0; time < 5; time++) dispatchEvent(new Event('online'))")
    expect(page.locator("[data-left]")).to_be_hidden()
    page.goto(f"{pocket.home}/m/contoh/inspections/")
    expect(page.locator(ROWS)).to_have_count(before + 1)
    page.get_by_role("link", name="RSUD Contoh").first.click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    main = page.locator("main")
    expect(main).to_contain_text("Isi sama seperti saat ditandatangani")
    expect(main).to_contain_text("Dimulai tanpa sambungan")
    for words in ("Loket 7 kosong", "Cepat", "Tempat sampah tidak ada", "RSUD Contoh"):
        expect(main).to_contain_text(words)
    expect(main.locator(".photos img")).to_have_count(2)


def sign(page: Page) -> None:
    """Draw a hand, and press."""
    page.locator("#signature-office").fill("Inspektur Pembantu")
    canvas = page.locator("canvas.hand")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(8):
        page.mouse.move(box["x"] + 20 + step * 25, box["y"] + 40 + 30 * (step % 2))
    page.mouse.up()
    page.get_by_role("button", name="Tanda tangani").click()


def test_without_scripts_the_plain_forms_do(visitors: Visitors) -> None:
    page = visitors.person(PHONE, scripts=False)
    staff_page = visitors.person(PHONE)
    staff.sign_in(staff_page, INSPECTOR, then="/m/contoh/inspections/")
    page.context.add_cookies(staff_page.context.cookies())  # type: ignore[arg-type]
    page.goto("/m/contoh/inspections/new/")
    page.locator("input[name=sites]").first.check()
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/form/")

    place = page.locator("section.card:has(form[data-answers])").first
    place.locator("[name=a-staffed][value=yes]").check(force=True)
    place.get_by_role("button", name="Simpan jawaban").click()
    expect(page.locator("main")).to_contain_text("Jawaban tersimpan.")
    expect(place.locator("[name=a-staffed][value=yes]")).to_be_checked()
    place.locator("summary", has_text="Foto").click()
    place.locator("[data-part=photo] [type=file]").set_input_files(PICTURE)  # type: ignore[arg-type]
    place.get_by_role("button", name="Simpan foto").click()
    expect(page.locator("main")).to_contain_text("Foto tersimpan.")
    page.locator("#signature-office").fill("Inspektur")
    page.locator("#drawn").set_input_files(PICTURE)  # type: ignore[arg-type]
    page.get_by_role("button", name="Tanda tangani").click()
    page.wait_for_url(re.compile(r"/inspections/\d+/$"))
    expect(page.get_by_role("link", name="Unduh laporan PDF")).to_be_visible()
