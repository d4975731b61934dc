"""Files given by phone: without scripts, made small before they leave, and gone on with after a broken connection."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.end_to_end import staff
from tests.end_to_end.browser import PHONE, Visitors
from tests.end_to_end.scene import Scene
from tests.end_to_end.visits.going import HALL, MANAGER

pytestmark = pytest.mark.xdist_group("browser")
SOON = 20_000  # ms


def picture(kind: str, size: tuple[int, int]) -> bytes:
    """Return a picture of all greys."""
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return out.getvalue()


def choose(page: Page, name: str, content: bytes, media_type: str) -> None:
    """Fill the form as a person does."""
    page.locator("#id_purpose").select_option("kk")
    page.locator("#file").set_input_files({"name": name, "mimeType": media_type, "buffer": content})
    page.get_by_role("button", name="Unggah").click()


def test_a_file_is_given_without_scripts(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person(PHONE, scripts=False)
    staff.sign_in(page, MANAGER, then=f"{HALL}files/")

    choose(page, "kk.jpg", picture("JPEG", (300, 200)), "image/jpeg")

    expect(page.locator("h1")).to_have_text("Kartu Keluarga")
    expect(page.locator("main")).to_contain_text("Menunggu pemeriksaan")
    # Nobody scans in this hall, and the page says so.
    expect(page.locator("main")).to_contain_text("Pemeriksaan berkas sedang terhenti")
    page.get_by_text("Hapus berkas ini").click()
    page.get_by_role("button", name="Hapus", exact=True).click()
    expect(page.locator("main")).to_contain_text("Berkas dihapus.")


def test_a_photo_is_made_small_before_it_leaves(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person(PHONE)
    staff.sign_in(page, MANAGER, then=f"{HALL}files/")

    choose(page, "kk.png", picture("PNG", (4000, 3000)), "image/png")

    expect(page.locator("h1")).to_have_text("Kartu Keluarga", timeout=SOON)
    # It went out as a PNG of 4000 points and came as a JPEG: scripts made it another one.
    expect(page.locator(".facts")).to_contain_text("JPEG")
    expect(page.locator(".given-name").first).to_have_text("kk.jpg")


def test_a_large_file_goes_on_after_a_broken_connection(scene: Scene, visitors: Visitors) -> None:
    page = visitors.person(PHONE)
    staff.sign_in(page, MANAGER, then=f"{HALL}files/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if "/uploads/" in request.url else None)
    broken = iter([False, False, True])

    def breaking(route: Route) -> None:
        if route.request.method == "PATCH" and next(broken, False):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/uploads/**", breaking)
    before = page.locator("main a.line").count()
    choose(page, "kk.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 6_000, "application/pdf")

    # The page comes anew when all of it has arrived.
    expect(page.locator("main a.line")).to_have_count(before + 1, timeout=SOON)
    expect(page.locator("main a.line").first).to_contain_text("Menunggu pemeriksaan")
    assert asked == ["POST", "PATCH", "PATCH", "PATCH", "HEAD", *["PATCH"] * 4]
    visitors.watched.complaints.clear()
