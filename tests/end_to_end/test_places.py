"""What is left of a service, on pages that are open while others take it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.plugin import DjangoDbBlocker

from pendopo.catalogue.models import Service
from pendopo.queues.actions import serving, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import QueueService, QuotaDay, QuotaRule, Ticket
from pendopo.queues.types import LIVE, Origin
from pendopo.tenancy import wall
from tests.end_to_end import checks, staff
from tests.end_to_end.browser import DESK, KIOSK, PHONE, Visitors
from tests.end_to_end.scene import Scene
from tests.end_to_end.visits.going import MANAGER

pytestmark = pytest.mark.xdist_group("browser")
SOON = 8000  # ms
AGENCY = "TASPEN"


class Limited:
    """A service with two places today. The ORM is refused in the browser's thread."""

    def __init__(self, scene: Scene, blocker: DjangoDbBlocker) -> None:
        self.scene, self._blocker = scene, blocker
        self.code = scene.services[AGENCY]
        self._taken: list[int] = []

    def take(self) -> None:
        """Take a place at once, as somebody else's phone."""
        taken = taking.take(
            self.scene.mall, self.code, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=timezone.now()
        )
        self._taken.append(taken.id)

    def give_back(self) -> None:
        """Cancel what was taken last."""
        serving.cancel(Ticket.objects.get(pk=self._taken.pop()), by=None, at=timezone.now())

    def begin(self) -> None:
        """Declare the two places."""
        line = QueueService.objects.get(service__code=self.code)
        QuotaRule.objects.create(mall=self.scene.mall, site_id=line.site_id, service_id=line.service_id, total=2)

    def end(self) -> None:
        """Leave the scene as it was."""
        service = Service.objects.get(code=self.code)
        for ticket in Ticket.objects.filter(variant__service=service, state__in=LIVE):
            serving.cancel(ticket, by=None, at=timezone.now())
        QuotaRule.objects.filter(service=service).delete()
        QuotaDay.objects.filter(service=service).delete()

    def do(self, what: str) -> None:
        """Do one of these acts in a thread of its own."""

        def act() -> None:
            try:
                with self._blocker.unblock(), wall.inside(self.scene.mall.pk):
                    getattr(self, what)()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as one:
            one.submit(act).result()


@pytest.fixture
def limited(scene: Scene, visitors: Visitors, django_db_blocker: DjangoDbBlocker) -> Iterator[Limited]:
    made = Limited(scene, django_db_blocker)
    made.do("begin")
    yield made
    made.do("end")


def test_open_pages_learn_within_seconds_what_others_take(limited: Limited, visitors: Visitors) -> None:
    phone, kiosk = visitors.person(PHONE), visitors.person(KIOSK)
    phone.goto(f"/m/contoh/services/{limited.code}/")
    kiosk.goto(f"/m/contoh/kiosk/{AGENCY}/")
    for page in (phone, kiosk):
        expect(page.locator("[data-places]")).to_have_text("Sisa 2 dari 2 tempat")
    assert checks.violations(phone) == []

    limited.do("take")
    for page in (phone, kiosk):
        expect(page.locator("[data-places]")).to_have_text("Sisa 1 dari 2 tempat", timeout=SOON)
    limited.do("take")
    button = phone.locator("[data-places-take]:visible")
    expect(phone.locator("[data-places]")).to_contain_text("Jatah hari ini habis; lagi", timeout=SOON)
    expect(button).to_be_disabled()
    assert checks.violations(phone) == []
    with kiosk.expect_navigation():
        kiosk.locator(".kiosk-choice").click()
    expect(kiosk.locator("[data-places]")).to_contain_text("Jatah hari ini habis; lagi")
    assert checks.violations(kiosk) == []

    limited.do("give_back")
    expect(button).to_be_enabled(timeout=SOON)
    # The kiosk's page offers the number again by itself.
    expect(kiosk.get_by_role("button", name="Tidak ada, ambil nomor")).to_be_visible(timeout=SOON)


def test_the_same_words_stand_there_without_scripts(limited: Limited, visitors: Visitors) -> None:
    page = visitors.person(PHONE, scripts=False)
    page.goto(f"/m/contoh/services/{limited.code}/")

    expect(page.locator("[data-places]")).to_have_text("Sisa 2 dari 2 tempat")
    page.get_by_role("button", name="Ambil nomor antrean").locator("visible=true").click()
    page.wait_for_url("**/t/*/")
    first = page.url
    page.goto(f"/m/contoh/services/{limited.code}/")
    page.get_by_role("button", name="Ambil nomor antrean").locator("visible=true").click()
    page.wait_for_url("**/t/*/")

    assert page.url == first
    expect(page.locator(".messages")).to_contain_text("sudah memegang nomor")


def test_the_desk_and_the_manager_see_it_too(limited: Limited, visitors: Visitors) -> None:
    page = visitors.person(DESK)
    staff.sign_in(page, MANAGER, then="/m/contoh/reception/")
    page.goto("/m/contoh/reception/?q=taspen")
    expect(page.locator("[data-places]").first).to_have_text("Sisa 2 dari 2 tempat")
    other = page.context.new_page()
    other.goto("/m/contoh/quotas/")
    expect(other.locator("#today td").last).to_have_text("2")

    limited.do("take")
    expect(page.locator("[data-places]").first).to_have_text("Sisa 1 dari 2 tempat", timeout=SOON)
    expect(other.locator("#today td").last).to_have_text("1", timeout=SOON)
    other.goto("/m/contoh/hall/")
    expect(other.get_by_text("Sisa 1 dari 2")).to_be_visible()
