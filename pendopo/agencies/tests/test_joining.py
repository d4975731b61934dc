"""The way into the mall: who wants to join, what is lacking, what each site holds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pendopo.agencies.actions import capacity, founding, joining, preparing
from pendopo.agencies.actions.preparing import Needed
from pendopo.agencies.errors import AlreadyThere, DatesCrossed, NoRoom, NotYet
from pendopo.agencies.models import Agency, Preparation, PreparationItem, Prospect, Relocation, SiteCapacity
from pendopo.agencies.queries import capacity as rooms
from pendopo.agencies.queries import joining as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place, client
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import NotAllowed, NotFound, ReasonMissing
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def place() -> Place:
    return make.place()


@pytest.fixture
def manager(place: Place) -> Actor:
    return make.staff(place.mall, Role.MANAGER)


@pytest.fixture
def admin(place: Place) -> Actor:
    return make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)


def today(place: Place) -> date:
    return place.mall.local(NOW).date()


def interest(place: Place, by: Actor, name: str = "Kantor Imigrasi") -> Prospect:
    return joining.note_interest(
        place.mall, name=name, contact_office="Bagian umum, 0341 555", wanted_services="Paspor", since=date(2026, 1, 5),
        by=by, at=NOW,
    )  # fmt: skip


def prepare(place: Place, by: Actor, *, starts_in: int = 0) -> Preparation:
    items = [Needed("room", "Ruang"), Needed("equipment", "Pencetak", today(place) + 5 * DAY)]
    return preparing.begin_preparation(place.agency, items, filled_from=today(place) + starts_in * DAY, by=by, at=NOW)


def test_whoever_joins_becomes_an_agency_once(place: Place, manager: Actor) -> None:
    with wall.inside(place.mall.pk):
        wants = interest(place, manager)
        with pytest.raises(AlreadyThere):
            interest(place, manager, "kantor imigrasi")
        joining.move_prospect(wants, state="talks", by=manager, at=NOW)
        joined = joining.move_prospect(wants, state="joined", by=manager, at=NOW)

        assert joined.agency == Agency.objects.get(name="Kantor Imigrasi")
        with pytest.raises(AlreadyThere):
            joining.move_prospect(wants, state="talks", by=manager, at=NOW)
        # The agency that stands in the mall already does not join a second time under another entry.
        other = interest(place, manager, "Dinas  Dukcapil ")
        assert joining.move_prospect(other, state="joined", by=manager, at=NOW).agency == place.agency
        with pytest.raises(AlreadyThere):
            joining.move_prospect(interest(place, manager, "Dukcapil"), state="joined", by=manager, at=NOW)
        assert Agency.objects.count() == 2


def test_whoever_does_not_join_has_a_reason(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        wants = interest(place, manager)
        with pytest.raises(ReasonMissing):
            joining.move_prospect(wants, state="declined", by=manager, at=NOW)
        with pytest.raises(NotAllowed):
            joining.move_prospect(wants, state="talks", by=admin, at=NOW)
        wants.refresh_from_db()
        assert wants.state == "interested"
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.update(state="declined")
        with pytest.raises(IntegrityError), transaction.atomic():
            Prospect.objects.update(state="joined")


def test_prospects_by_their_pages(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/prospects/"
    told = {"name": "BPJS", "contact_office": "Kantor cabang", "wanted_services": "Kartu", "since": "2026-02-03"}
    assert browser.post(here, told).status_code == 302
    assert browser.post(here, told).status_code == 422
    assert browser.post(here, {"name": "x"}).status_code == 422
    with wall.inside(place.mall.pk):
        wants = Prospect.objects.get()
    moved = {"prospect": wants.pk, "state": "declined"}
    assert browser.post(f"{here}state/", moved).status_code == 422
    assert browser.post(f"{here}state/", moved | {"reason": "Kurang petugas"}).status_code == 302
    page = browser.get(here).content.decode()
    assert "Kurang petugas" in page
    listed = browser.get(f"{here}list.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[1] == "BPJS,Tidak jadi; Kurang petugas,3 Feb 2026,Kantor cabang,Kartu"
    assert browser.get(f"{here}list.xlsx").content.startswith(b"PK")
    assert client(make.staff(place.mall, Role.AGENCY_ADMIN, agency=place.agency)).get(here).status_code == 403
    assert client(make.staff(place.mall, Role.INSPECTOR)).get(here).status_code == 200


def test_an_agency_fills_its_own_list_from_a_day_on(place: Place, manager: Actor, admin: Actor) -> None:
    other = make.staff(place.mall, Role.AGENCY_ADMIN)
    with wall.inside(place.mall.pk):
        room = prepare(place, manager, starts_in=3).items.get(kind="room")
        with pytest.raises(NotYet):
            preparing.fill_item(room, is_ready=True, by=admin, at=NOW)
        with pytest.raises(NotAllowed):
            preparing.fill_item(room, is_ready=True, by=other, at=NOW + 4 * DAY)
        room.refresh_from_db()
        assert room.ready_on is None
        assert preparing.fill_item(room, is_ready=True, by=admin, at=NOW + 3 * DAY).ready_on == today(place) + 3 * DAY
        printer = PreparationItem.objects.get(kind="equipment")
        with pytest.raises(DatesCrossed):
            preparing.fill_item(printer, is_ready=False, due_on=today(place) - DAY, by=manager, at=NOW)
        # The manager may before that day.
        assert preparing.fill_item(printer, is_ready=True, by=manager, at=NOW).ready_on == today(place)
        [line] = shown.progress(place.mall, admin).items
        assert (line.ready, line.asked, line.is_ready) == (2, 2, True)
        with pytest.raises(AlreadyThere):
            prepare(place, manager)
        with pytest.raises(AlreadyThere):
            preparing.add_item(room.preparation, Needed("room", "ruang"), by=manager, at=NOW)
        preparing.add_item(room.preparation, Needed("counter", "Papan"), by=manager, at=NOW)
        assert [line.is_ready for line in shown.progress(place.mall, manager).items] == [False]


def test_the_list_by_its_pages(place: Place, manager: Actor, admin: Actor) -> None:
    here = f"/m/{place.mall.slug}/preparation/"
    told = {
        "agency": place.agency.pk, "filled_from": str(today(place)), "due_on": str(today(place) + DAY),
        "room": "Ruang\nRuang\n", "counter": "", "equipment": "Pencetak",
    }  # fmt: skip
    assert client(admin).post(f"{here}new/", told).status_code == 422
    assert client(manager).post(f"{here}new/", told | {"room": "x" * 121}).status_code == 422
    assert client(manager).post(f"{here}new/", told).status_code == 302
    with wall.inside(place.mall.pk):
        room = PreparationItem.objects.get(kind="room")
        foreign = founding.add_agency(place.mall, code="PAJAK", name="Kantor Pajak", at=NOW)
    mine = f"{here}of/{place.agency.code}/"
    assert client(admin).post(mine, {"item": room.pk, "is_ready": "on"}).status_code == 302
    assert client(admin).post(mine, {"item": 999999}).status_code == 422
    assert client(admin).post(f"{mine}items/", {"kind": "room", "name": "Lemari"}).status_code == 422
    assert client(manager).post(f"{mine}items/", {"kind": "room", "name": "Lemari"}).status_code == 302
    assert client(admin).get(f"{here}of/{foreign.code}/").status_code == 404
    assert "1 dari 3 siap" in client(admin).get(mine).content.decode()
    listed = client(admin).get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert listed[1].startswith("Dinas Dukcapil,1,3,")
    assert client(make.staff(place.mall, Role.HEAD)).get(mine).status_code == 200
    with wall.inside(place.mall.pk), pytest.raises(NotFound):
        shown.preparation(place.mall, admin, foreign.code)


def test_progress_asks_as_often_for_many_as_for_few(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/preparation/"

    def queries() -> int:
        browser.get(here)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(here).status_code == 200
        return len(asked)

    with wall.inside(place.mall.pk):
        prepare(place, manager)
    few = queries()
    with wall.inside(place.mall.pk):
        for n in range(30):
            agency = founding.add_agency(place.mall, code=f"D{n}", name=f"Dinas {n:02}", at=NOW)
            preparing.begin_preparation(agency, [Needed("room", "R")], filled_from=today(place), by=manager, at=NOW)
        first = shown.progress(place.mall, manager)
        assert first.next
        last = shown.progress(place.mall, manager, cursor=first.next)
        assert [len(first.items), len(last.items), last.next] == [25, 6, None]

    assert queries() == few


def hold(place: Place, by: Actor, counters: int) -> SiteCapacity:
    return capacity.set_capacity(
        place.site, counters=counters, seats=40, parking_cars=2, parking_motorcycles=30, by=by, at=NOW
    )


def move(place: Place, by: Actor, counters: int = 2, cars: int = 0) -> Relocation:
    return capacity.plan_relocation(
        place.agency, from_place="Jalan Melati", to_site=place.site, counters=counters, parking_cars=cars,
        reason="Parkir penuh", planned_on=today(place) + 9 * DAY, by=by, at=NOW,
    )  # fmt: skip


def test_a_site_holds_what_it_holds(place: Place, manager: Actor, admin: Actor) -> None:
    with wall.inside(place.mall.pk):
        assert rooms.room_at(place.site).free is None
        hold(place, manager, 3)
        with pytest.raises(NoRoom):
            move(place, manager, 3)
        assert not Relocation.objects.exists()
        plan = move(place, manager, 2, cars=3)
        room = rooms.room_at(place.site)
        assert (room.placed, room.coming, room.free, room.is_over) == (1, 2, 0, True)
        with pytest.raises(NoRoom):
            hold(place, manager, 2)
        assert SiteCapacity.objects.get().counters == 3
        with pytest.raises(AlreadyThere):
            move(place, manager, 0)
        with pytest.raises(NotAllowed):
            capacity.finish_relocation(plan, on=today(place), by=admin, at=NOW)
        with pytest.raises(DatesCrossed):
            capacity.finish_relocation(plan, on=today(place) + DAY, by=manager, at=NOW)
        capacity.finish_relocation(plan, on=today(place), by=manager, at=NOW)
        assert rooms.room_at(place.site).coming == 0
        with pytest.raises(AlreadyThere):
            capacity.finish_relocation(plan, on=today(place), by=manager, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            Relocation.objects.update(reason="")


def test_capacity_by_its_pages(place: Place, manager: Actor) -> None:
    browser, here = client(manager), f"/m/{place.mall.slug}/capacity/"
    told = {"counters": 4, "seats": 50, "parking_cars": 10, "parking_motorcycles": 80}
    assert browser.post(f"{here}{place.site.pk}/", told | {"counters": -1}).status_code == 422
    assert browser.post(f"{here}{place.site.pk}/", told).status_code == 302
    assert browser.post(f"{here}999999/", told).status_code == 404
    plan = {
        "agency": place.agency.pk, "from_place": "Jalan Melati", "to_site": place.site.pk, "counters": 9,
        "parking_cars": 0, "planned_on": "2030-01-01", "reason": "Parkir penuh",
    }  # fmt: skip
    refused = browser.post(here, plan)
    assert refused.status_code == 422
    assert "hanya punya 3 tempat loket kosong" in refused.content.decode()
    assert browser.post(here, plan | {"counters": 3}).status_code == 302
    with wall.inside(place.mall.pk):
        moving = Relocation.objects.get()
    listed = browser.get(f"{here}list.csv").content.decode("utf-8-sig").splitlines()
    assert listed[1:] == ["Gedung,1,4,3,0,50,10,80,Muat"]
    moves = f"/m/{place.mall.slug}/relocations/"
    coming = browser.get(f"{moves}list.csv").content.decode("utf-8-sig").splitlines()
    assert coming[1:] == ["Dinas Dukcapil,Jalan Melati,Gedung,3,Parkir penuh,1 Jan 2030,0"]
    for address in (here, moves):
        assert browser.get(f"{address}list.xlsx").content.startswith(b"PK")
    done = f"/m/{place.mall.slug}/relocations/{moving.pk}/completion/"
    assert browser.post(done, {"on": "2099-01-01"}).status_code == 422
    assert browser.post(done, {"on": str(today(place))}).status_code == 302
    assert client(make.staff(place.mall, Role.HEAD)).post(here, plan).status_code == 422
    with wall.inside(place.mall.pk):
        assert Relocation.objects.count() == 1
