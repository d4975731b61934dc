"""A van and its people, each with a phone: the stop, a number, the call, the end; and the manager's plan."""

import re

import pytest
from playwright.sync_api import expect

from tests.end_to_end import staff
from tests.end_to_end.browser import DESK, PHONE, Visitors
from tests.end_to_end.checks import too_wide
from tests.end_to_end.scene import ALL_DAY, ALL_DAYS_QUEUE, VANS_OFFICER, Scene
from tests.end_to_end.visits.going import HALL, MANAGER

pytestmark = pytest.mark.xdist_group("browser")
NUMBER = re.compile(r"^KS-\d{3}$")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_of_the_stop_is_called_and_done_by_phone(scene: Scene, visitors: Visitors, scripts: bool) -> None:
    citizen = visitors.person(PHONE, scripts=scripts)
    citizen.goto(HALL)
    citizen.get_by_role("link", name="Jadwal layanan keliling").click()
    citizen.get_by_role("link", name=f"Ambil nomor di sini {ALL_DAY}").click()
    expect(citizen.get_by_text("Sekarang di Balai Desa Sukasari")).to_be_visible()
    assert not too_wide(citizen)
    citizen.locator("input[name=service]").first.check()
    # From home nobody knows the code.
    citizen.get_by_label("Kode di kendaraan").fill("000000")
    citizen.get_by_role("button", name="Ambil nomor antrean").click()
    expect(citizen.locator("#code-error")).to_contain_text("Kode ini tidak cocok.")
    visitors.watched.complaints[:] = [words for words in visitors.watched.complaints if "status of 422" not in words]
    assert not too_wide(citizen)

    officer = visitors.person(PHONE)
    console = f"{HALL}counters/{scene.counters[ALL_DAYS_QUEUE].pk}/"
    staff.sign_in(officer, VANS_OFFICER, then=console)
    citizen.get_by_label("Kode di kendaraan").fill(officer.locator("[data-van-code]").inner_text())
    citizen.get_by_role("button", name="Ambil nomor antrean").click()
    expect(citizen.locator(".ticket-number")).to_have_text(NUMBER)
    number = citizen.locator(".ticket-number").inner_text()
    expect(citizen.get_by_text("Balai Desa Sukasari").first).to_be_visible()

    opens = officer.get_by_role("button", name="Buka loket")
    if opens.is_visible():
        opens.click()
    officer.get_by_role("button", name="Panggil berikutnya").click()
    expect(officer.locator(".desk-number")).to_have_text(number)
    assert not too_wide(officer)

    if not scripts:  # the page hears of it; without scripts it renews itself each twenty seconds
        citizen.reload()
    expect(citizen.locator("#ticket")).to_have_attribute("data-state", "called")
    officer.get_by_role("button", name="Mulai melayani").click()
    officer.locator("summary", has_text="Selesai").first.click()
    officer.locator("button[name=outcome]").first.click()
    expect(officer.locator(".desk-number")).to_have_count(0)
    if not scripts:
        citizen.reload()
    expect(citizen.locator("#ticket")).to_have_attribute("data-state", "completed")

    # Whoever has no phone gets a number by the officer's.
    officer.get_by_role("link", name="Beri nomor kepada yang datang").click()
    expect(officer.get_by_role("button", name="Ambil nomor antrean")).to_be_visible()


def test_the_manager_plans_a_stop_and_calls_it_off_and_everybody_reads_why(scene: Scene, visitors: Visitors) -> None:
    manager = visitors.person(DESK)
    staff.sign_in(manager, MANAGER, then=f"{HALL}stops/")
    manager.get_by_label("Kendaraan").select_option(ALL_DAY)
    manager.get_by_label("Tanggal").fill("2099-05-04")
    manager.get_by_label("Mulai pukul").fill("09:00")
    manager.get_by_label("Sampai pukul").fill("11:30")
    manager.get_by_label("Tempat").fill("Dermaga Sungai Rimba")
    manager.get_by_role("button", name="Simpan dan umumkan").click()
    expect(manager.get_by_text("tersimpan dan tampil untuk umum")).to_be_visible()

    row = manager.locator(".stop", has_text="Dermaga Sungai Rimba")
    row.locator("summary").click()
    row.get_by_label("Alasan, dibaca umum").fill("Air pasang")
    row.get_by_role("button", name="Batalkan singgah ini").click()
    expect(manager.get_by_text("Singgah dibatalkan")).to_be_visible()

    citizen = visitors.person(PHONE, scripts=False)
    citizen.goto(f"{HALL}vans/{scene.van_now}/")
    expect(citizen.get_by_text("Dibatalkan: Air pasang")).to_be_visible()
