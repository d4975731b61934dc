"""From a search to a rating, as people do it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from pendopo.demo.types import PASSWORD
from pendopo.queues.queries.doors import door_code
from tests.end_to_end import staff
from tests.end_to_end.browser import DESK, KIOSK, PHONE, TV, Visitors, let_pass
from tests.end_to_end.scene import Scene

pytestmark = pytest.mark.xdist_group("browser")
NUMBER = re.compile(r"[A-Z]{1,3}-\d{3}")
SOON = 2000  # ms: a call is seen on every board within two seconds


def take_ticket(scene: Scene, page: Page, words: str, service: str) -> str:
    """Search, choose a service, take a number, report with the code that the boards show; return the number."""
    page.goto("/m/contoh/")
    page.locator("#q").fill(words)
    page.locator("form[role=search] button").click()
    page.locator("a.line", has_text=service).first.click()
    expect(page.locator("h1")).to_have_text(service)
    page.get_by_role("button", name="Ambil nomor antrean").click()
    expect(page.locator(".ticket-number")).to_have_text(NUMBER)
    expect(page.locator(".next-step b")).to_have_text("Lapor tiba dahulu.")
    page.get_by_label("Kode di layar pintu masuk").fill(door_code(scene.site, timezone.now()))
    page.get_by_role("button", name="Lapor tiba").click()
    expect(page.get_by_text("Lapor tiba dahulu.")).to_have_count(0)
    return page.locator(".ticket-number").inner_text()


@pytest.mark.parametrize(
    ("size", "queue", "service"),
    [(PHONE, "T", "Layanan Taspen"), (DESK, "AB", "Pembuatan akun LPSE")],
    ids=["360", "1280"],
)
def test_from_a_search_to_a_rating(
    scene: Scene, visitors: Visitors, size: tuple[int, int], queue: str, service: str
) -> None:
    counter = scene.counters[queue]
    board = visitors.person(TV)
    board.goto(f"/m/contoh/board/?zone={scene.zones['B']}")
    board.evaluate("window.sameLoad = true")
    officer = visitors.person()
    staff.sit_down(officer, scene.login(queue), counter.pk)

    citizen = visitors.person(size)
    number = take_ticket(scene, citizen, service, service)
    step = citizen.locator(".next-step b")
    expect(step).to_have_text("Giliran Anda berikutnya.")
    expect(citizen.locator("[data-live-age]")).to_have_text("Diperbarui langsung")

    officer.keyboard.press("F2")
    expect(board.locator("[data-now-card] [data-number]")).to_have_text(number, timeout=SOON)
    expect(board.locator("[data-now-card] [data-counter]")).to_have_text(f"Loket {counter.number}")
    expect(step).to_have_text(f"Silakan ke Loket {counter.number} sekarang.", timeout=SOON)
    expect(officer.locator(".desk-number")).to_have_text(number)
    assert board.evaluate("window.sameLoad")

    officer.keyboard.press("F8")
    expect(step).to_have_text(f"Anda sedang dilayani di Loket {counter.number}.", timeout=SOON)
    expect(officer.locator('[data-key="F4"]')).to_be_focused()
    officer.keyboard.press("F4")
    officer.keyboard.press("1")
    expect(officer.locator('[data-key="F2"]')).to_be_focused()

    expect(step.first).to_have_text("Selesai. Terima kasih sudah datang.", timeout=SOON)
    citizen.get_by_role("button", name="Sangat puas").click()
    expect(citizen.locator("#card")).to_contain_text("Terima kasih, penilaian Anda sudah kami terima.")
    staff.leave(officer)


def test_a_citizen_needs_no_scripts(scene: Scene, visitors: Visitors) -> None:
    """The meta refresh renews the page of whoever waits; here the link does."""
    counter = scene.counters["S"]
    officer = visitors.person()
    staff.sit_down(officer, scene.login("S"), counter.pk)
    citizen = visitors.person(PHONE, scripts=False)

    given_back = take_ticket(scene, citizen, "listrik", "Layanan PLN")
    citizen.get_by_text("Tidak jadi?").click()
    citizen.get_by_role("button", name="Batalkan nomor ini").click()
    expect(citizen.locator(".next-step b")).to_have_text("Nomor ini sudah dibatalkan.")
    expect(citizen.locator(".ticket-number")).to_have_text(given_back)

    number = take_ticket(scene, citizen, "listrik", "Layanan PLN")
    assert number != given_back
    for key, words in (
        ("F2", f"Silakan ke Loket {counter.number} sekarang."),
        ("F8", f"Anda sedang dilayani di Loket {counter.number}."),
    ):
        officer.keyboard.press(key)
        expect(officer.locator(f'[data-key="{key}"]')).to_have_count(0)
        citizen.get_by_role("link", name="Perbarui").click()
        expect(citizen.locator(".next-step b")).to_have_text(words)
    officer.keyboard.press("F4")
    officer.keyboard.press("1")
    expect(officer.locator('[data-key="F2"]')).to_be_focused()

    citizen.get_by_role("link", name="Perbarui").click()
    citizen.get_by_role("link", name="Nilai layanan ini").click()
    citizen.get_by_role("button", name="Sangat puas").click()
    expect(citizen.locator("#card")).to_contain_text("Terima kasih, penilaian Anda sudah kami terima.")


def test_a_refusal_of_the_desk_is_said_and_takes_a_reason_by_digits(scene: Scene, visitors: Visitors) -> None:
    officer = visitors.person(PHONE)
    officer.clock.install()
    staff.sit_down(officer, scene.login("Y"), scene.counters["Y"].pk)
    officer.keyboard.press("F2")
    expect(officer.locator("#desk [role=status]")).to_have_text("Tidak ada yang menunggu.")
    number = take_ticket(scene, visitors.person(), "konsultasi kesehatan", "Konsultasi kesehatan")
    officer.clock.run_for(11_000)
    expect(officer.locator("#waiting")).to_contain_text(number)

    officer.keyboard.press("F2")
    expect(officer.locator('[data-key="F8"]')).to_be_focused()
    officer.keyboard.press("F8")
    expect(officer.locator('[data-key="F4"]')).to_be_focused()
    for key in ("F4", "5", "1"):
        officer.keyboard.press(key)

    expect(officer.locator('[data-key="F2"]')).to_be_focused()


def test_every_key_of_the_desk_without_a_mouse(scene: Scene, visitors: Visitors) -> None:
    officer = visitors.person()
    staff.sit_down(officer, scene.login("AB"), scene.counters["AB"].pk)
    number = take_ticket(scene, visitors.person(), "LPSE", "Pembuatan akun LPSE")
    officer.keyboard.press("F2")
    expect(officer.locator(".desk-number")).to_have_text(number)

    expect(officer.locator('[data-key="F8"]')).to_be_focused()
    officer.keyboard.press("F2")
    expect(officer.locator("[data-finish-first]")).to_contain_text(f"Selesaikan dahulu nomor {number}")
    expect(officer.locator("[data-finish-first]")).to_be_focused()
    officer.keyboard.press("F10")
    expect(officer.locator("#note")).to_be_focused()
    officer.keyboard.type("Kursi depan")
    officer.keyboard.press("Enter")
    expect(officer.locator("#aside")).to_contain_text("Kursi depan")
    officer.keyboard.press("F10")
    expect(officer.locator("#waiting")).to_contain_text(number)

    officer.keyboard.press("F9")
    officer.keyboard.press("2")
    expect(officer.locator("#desk")).to_contain_text("Salat sampai")
    expect(officer.locator('[data-key="F9"]')).to_be_focused()
    officer.keyboard.press("F9")
    expect(officer.locator('[data-key="F2"]')).to_be_focused()

    officer.keyboard.press("F2")
    expect(officer.locator("#desk")).to_contain_text("Catatan: Kursi depan")
    expect(officer.locator('[data-key="F8"]')).to_be_focused()
    officer.keyboard.press("F7")
    officer.wait_for_url("**/transfer/")
    officer.locator(f'a[href="?queue={scene.queues["AB"]}"]').focus()
    officer.keyboard.press("Enter")
    expect(officer.locator("#service")).to_be_focused()
    officer.keyboard.press("Tab")
    officer.keyboard.type("Perlu cetak ulang")
    officer.keyboard.press("Enter")
    expect(officer.locator("#waiting")).to_contain_text(number)

    officer.keyboard.press("F2")
    expect(officer.locator("#desk")).to_contain_text("Catatan: Perlu cetak ulang")
    expect(officer.locator('[data-key="F8"]')).to_be_focused()
    officer.keyboard.press("F6")
    expect(officer.locator("#aside")).to_contain_text(number)
    officer.keyboard.press("?")
    expect(officer.locator("#shortcuts")).to_have_attribute("open", "")
    staff.leave(officer)


def test_the_strip_is_narrow_and_needs_no_scripts(scene: Scene, visitors: Visitors) -> None:
    officer = visitors.person(PHONE, scripts=False)
    officer.goto("/accounts/login/?next=/m/contoh/counters/")
    officer.locator("#id_login").fill(scene.login("AB"))
    officer.locator("#id_password").fill(PASSWORD)
    officer.get_by_role("button", name="Masuk", exact=True).click()
    officer.goto(f"/m/contoh/counters/{scene.counters['AB'].pk}/?strip=1")
    officer.get_by_role("button", name="Buka loket").click()
    number = take_ticket(scene, visitors.person(), "LPSE", "Pembuatan akun LPSE")
    officer.get_by_role("button", name="Panggil berikutnya").click()
    expect(officer.locator(".desk-number")).to_have_text(number)
    assert officer.evaluate("document.documentElement.scrollWidth") <= 360

    officer.locator("summary", has_text="Menunggu di samping").click()
    officer.get_by_role("button", name="Persilakan menunggu di samping").click()
    officer.get_by_role("button", name="Kembali ke antrean").click()
    officer.get_by_role("button", name="Panggil berikutnya").click()
    officer.get_by_role("button", name="Mulai melayani").click()
    officer.locator("summary", has_text="Selesai").click()
    officer.get_by_role("button", name="Diberi informasi").click()

    assert "strip=1" in officer.url
    staff.leave(officer)


def test_a_kiosk_gives_a_number_and_returns_when_nobody_touches_it(scene: Scene, visitors: Visitors) -> None:
    kiosk = visitors.person(KIOSK)
    kiosk.goto("/m/contoh/device/")
    kiosk.locator("#token").fill(scene.kiosk_token)
    kiosk.get_by_role("button", name="Pasang").click()
    kiosk.clock.install()
    kiosk.get_by_role("link", name="Buka kios").click()

    kiosk.get_by_role("link", name="PT Taspen").click()
    kiosk.get_by_role("link", name="Layanan Taspen").click()
    kiosk.get_by_role("button", name="Tidak ada, ambil nomor").click()
    expect(kiosk.locator(".ticket-number")).to_have_text(NUMBER)
    expect(kiosk.locator(".qr svg")).to_be_visible()
    kiosk.wait_for_load_state()
    # The faked clock goes on by itself as well, on a slow machine for seconds.
    let_pass(kiosk, 50)
    assert "/kiosk/t/" in kiosk.url
    let_pass(kiosk, 11)

    kiosk.wait_for_url("**/m/contoh/kiosk/")
    kiosk.clock.resume()


def test_everything_is_there_in_english(scene: Scene, visitors: Visitors) -> None:
    citizen = visitors.person(PHONE, language="en-GB")
    citizen.goto("/m/contoh/")
    expect(citizen.locator("html")).to_have_attribute("lang", "id")
    citizen.get_by_role("button", name="English").click()

    expect(citizen.locator("html")).to_have_attribute("lang", "en")
    citizen.locator("#q").fill("taspen")
    citizen.get_by_role("button", name="Search").click()
    citizen.locator("a.line").first.click()
    citizen.get_by_role("button", name="Take a queue number").click()
    expect(citizen.locator(".next-step")).to_be_visible()
    assert "Nomor antrean" not in citizen.locator("main").inner_text()


def test_the_manager_sees_who_waits_and_what_should_be_open(scene: Scene, visitors: Visitors) -> None:
    take_ticket(scene, visitors.person(PHONE), "dokumen lingkungan", "Rekomendasi dokumen lingkungan")
    manager = visitors.person()
    staff.sign_in(manager, "manajer@contoh.test", then="/m/contoh/hall/")

    line = manager.get_by_role("row", name="X Lingkungan hidup")
    expect(line.locator("td").first).to_have_text("1")
    number = str(scene.counters["X"].number)
    counter = manager.locator(".counter-card", has=manager.get_by_role("heading", name=f"Loket {number}", exact=True))
    expect(counter).to_contain_text("Seharusnya buka")


def test_a_wrong_password_is_told_where_it_was_typed(visitors: Visitors) -> None:
    stranger = visitors.person(PHONE)
    stranger.goto("/accounts/login/")
    stranger.locator("#id_login").fill("loket01@contoh.test")
    stranger.locator("#id_password").fill("bukan kata sandinya")
    stranger.get_by_role("button", name="Masuk", exact=True).click()

    expect(stranger.locator(".summary, .note.bad, .field-error").first).to_be_visible()
    assert stranger.url.endswith("/accounts/login/")
