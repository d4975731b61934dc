"""The register of apps: from many to few, what is done twice, and what should be gone by now."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import apps, founding
from pendopo.agencies.actions.apps import AppFacts
from pendopo.agencies.errors import AlreadyThere, Circular, DatesCrossed, NotYet
from pendopo.agencies.models import Agency, App, AppOverlap
from pendopo.agencies.queries import apps as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, NotFound, NotUnderstood, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
QUEUEING = "Mengambil nomor antrean rawat jalan di rumah sakit"


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


@pytest.fixture
def admin(place: Place) -> Actor:
    return make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)


@pytest.fixture
def other(place: Place) -> Agency:
    with wall.inside(place.mall.pk):
        return founding.add_agency(place.mall, code="BPJS", name="BPJS Kesehatan", short_name="BPJS", at=NOW)


def app(agency: Agency, by: Actor, name: str = "Antrean Rumah Sakit", **facts: object) -> App:
    told = {"name": name, "owner": "Bidang layanan", "purpose": QUEUEING} | facts
    return apps.register_app(agency, AppFacts(**told), by=by, at=NOW)  # type: ignore[arg-type] # of the test's own choice


def test_the_register_counts_from_many_to_few(place: Place, manager: Actor, other: Agency) -> None:
    today = place.mall.local(NOW).date()
    with wall.inside(place.mall.pk):
        stays = app(other, manager, "Antrean Bersama")
        app(place.agency, manager, retire_by=today - DAY, replaced_by=stays)
        leaves = app(place.agency, manager, "Daftar Daring", retire_by=today + DAY, replaced_by=stays)
        assert shown.counts(place.mall, manager, today) == shown.Counts(now=3, after=1, retired=0, overdue=1)
        apps.retire_app(leaves, on=today, reason="Pengguna dipindahkan", by=manager, at=NOW)
        assert shown.counts(place.mall, manager, today) == shown.Counts(now=2, after=1, retired=1, overdue=1)
    page = client(manager).get(f"/m/{place.mall.slug}/apps/").content.decode()
    assert "Lewat batas pensiun" in page
    for state, names in {
        "used": ["Antrean Bersama"], "overdue": ["Antrean Rumah Sakit"], "retired": ["Daftar Daring"], "retiring": [],
    }.items():  # fmt: skip
        sheet = client(manager).get(f"/m/{place.mall.slug}/apps/list.csv?state={state}").content.decode("utf-8-sig")
        assert [line[0] for line in csv.reader(io.StringIO(sheet))][1:] == names


def test_likeness_is_proposed_and_people_decide(place: Place, manager: Actor, other: Agency, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        one = app(place.agency, manager)
        two = app(other, manager, "Mobile", purpose="Mengambil nomor antrean rawat jalan dan melihat kepesertaan")
        three = app(other, manager, "Iuran", purpose="Membayar iuran bulanan")
        (pair,) = shown.proposed(place.mall, manager)
        assert {pair.first, pair.second} == {one, two}
        assert pair.likeness >= 30
        with pytest.raises(ReasonMissing):
            apps.judge_overlap(one, two, is_overlap=True, note="", by=manager, at=NOW)
        with pytest.raises(NotUnderstood):
            apps.judge_overlap(one, one, is_overlap=True, note="x", by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            apps.judge_overlap(two, three, is_overlap=True, note="x", by=admin, at=NOW)
        assert AppOverlap.objects.count() == 0
        # The agency of one of both may say so, from either side, and the last word counts.
        apps.judge_overlap(two, one, is_overlap=False, note="Berbeda", by=manager, at=NOW)
        assert shown.judged(place.mall, manager) == []
        apps.judge_overlap(one, two, is_overlap=True, note="Keduanya nomor antrean", by=admin, at=NOW)
        assert shown.proposed(place.mall, manager) == []
        assert AppOverlap.objects.get().is_overlap
        names = [each.name for each in shown.apps(
            place.mall, manager, NOW.date(), shown.Filter(state=shown.TWOFOLD)
        ).items]  # fmt: skip
        assert names == ["Antrean Rumah Sakit", "Mobile"]


def test_an_admin_keeps_the_own_register_alone(place: Place, manager: Actor, admin: Actor, other: Agency) -> None:
    with wall.inside(place.mall.pk):
        theirs = app(other, manager, "Mobile")
        with pytest.raises(NotAllowed):
            app(other, admin, "Selundupan")
        with pytest.raises(NotFound):
            shown.app(place.mall, admin, theirs.pk)
    browser, here = client(admin), f"/m/{place.mall.slug}/apps/"
    told = {"name": "Antrean", "owner": "Umum", "purpose": "Antrean", "sign_in": "own", "agency": other.pk}
    assert browser.post(f"{here}new/", told).status_code == 302
    assert browser.get(f"{here}{theirs.pk}/").status_code == 404
    assert "Mobile" not in browser.get(f"{here}list.csv").content.decode()
    with wall.inside(place.mall.pk):
        mine = App.objects.get(name="Antrean")
        assert mine.agency == place.agency
    changed = told | {"purpose": "Antrean loket", "users": 12, "users_told_by": "Kami", "users_told_on": "2026-01-05"}
    assert browser.post(f"{here}{mine.pk}/", changed).status_code == 302
    assert browser.post(f"{here}{mine.pk}/", changed | {"users_told_by": ""}).status_code == 422
    assert browser.post(f"{here}{mine.pk}/", changed | {"link": "javascript:alert(1)"}).status_code == 422
    assert browser.post(f"{here}{mine.pk}/", changed | {"sign_in": "single"}).status_code == 422
    gone = {"on": place.mall.local(NOW).date().isoformat(), "reason": "Digabung"}
    assert browser.post(f"{here}{mine.pk}/retirement/", gone).status_code == 302
    assert browser.post(f"{here}{mine.pk}/", changed).status_code == 422
    assert browser.post(f"{here}{mine.pk}/retirement/", gone).status_code == 422
    with wall.inside(place.mall.pk):
        mine.refresh_from_db()
        assert (mine.purpose, mine.users, mine.link, mine.retired_because) == ("Antrean loket", 12, "", "Digabung")


def test_what_cannot_be_is_refused(place: Place, manager: Actor, other: Agency) -> None:
    today = place.mall.local(NOW).date()
    with wall.inside(place.mall.pk):
        one = app(place.agency, manager)
        two = app(other, manager, "Mobile", replaced_by=one)
        with pytest.raises(AlreadyThere):
            app(place.agency, manager, "antrean rumah sakit")
        with pytest.raises(Circular):
            apps.change_app(one, AppFacts(one.name, one.owner, one.purpose, replaced_by=two), by=manager, at=NOW)
        with pytest.raises(DatesCrossed):
            apps.retire_app(one, on=today + DAY, reason="x", by=manager, at=NOW)
        with pytest.raises(ReasonMissing):
            apps.retire_app(one, on=today, reason="", by=manager, at=NOW)
        one = apps.retire_app(one, on=today, reason="Digabung", by=manager, at=NOW)
        with pytest.raises(NotYet):
            apps.retire_app(two, on=today, reason="x", by=manager, at=NOW)
        with pytest.raises(NotYet):
            app(other, manager, "Baru", replaced_by=one)
        assert App.objects.filter(retired_on=None).count() == 1
        for wrong in (
            {"users": 5},
            {"sign_in": "single"},
            {"retired_on": today},
            {"replaced_by": two},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                App.objects.filter(pk=two.pk).update(**wrong)


def test_pages_hold_together_and_cost_the_same(place: Place, manager: Actor) -> None:
    today = place.mall.local(NOW).date()
    with wall.inside(place.mall.pk):
        for number in range(3):
            app(place.agency, manager, f"Aplikasi {number}", purpose=f"{number}")
        first = shown.apps(place.mall, manager, today, shown.Filter(), size=2)
        second = shown.apps(place.mall, manager, today, shown.Filter(), size=2, cursor=first.next or "")
        assert [each.name for page in (first, second) for each in page.items] == [f"Aplikasi {n}" for n in range(3)]
    browser, here = client(manager), f"/m/{place.mall.slug}/apps/"
    browser.get(here)
    with CaptureQueriesContext(connection) as few:
        browser.get(here)
    with wall.inside(place.mall.pk):
        for number in range(3, 15):
            app(place.agency, manager, f"Aplikasi {number}", purpose=f"{number}")
    with CaptureQueriesContext(connection) as many:
        browser.get(here)
    assert len(many) == len(few)
    assert browser.get(f"{here}list.xlsx").content.startswith(b"PK")
