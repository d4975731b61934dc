"""A van: open where and when it stops, by the mall's own clock, with numbers of its own."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pendopo.agencies.actions import founding, opening_hours
from pendopo.agencies.errors import HoursOfAVan
from pendopo.agencies.models import Counter, OpeningHours, Outlet
from pendopo.agencies.queries.opening import opening
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Hours, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import writing
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.actions import calling, closing, lines, sessions, taking, vans
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import Closed, NotAtTheStop
from pendopo.queues.models import Ticket, Visit
from pendopo.queues.queries.doors import door_code
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import EndedBecause, Origin, SessionState, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.errors import NotAVan, StopImpossible, StopOver
from pendopo.tenancy.models import Device, Mall, Site, Stop
from pendopo.worktime import actions as worktime

pytestmark = pytest.mark.django_db

# A Thursday. The van stands in the village from 9 to 12, and on the market from 13 to 15.
DAY = date(2030, 11, 21)
ZONES = [Mall.Zone.WIB, Mall.Zone.WITA, Mall.Zone.WIT]


class Road:
    """A hall and its van, with two stops on one day."""

    def __init__(self, timezone_name: str = Mall.Zone.WIB) -> None:
        self.hall: Hall = make.hall(agencies.mall(timezone_name=timezone_name))
        self.mall = self.hall.mall
        self.manager: Actor = agencies.staff(self.mall, Role.MANAGER)
        with wall.inside(self.mall.pk):
            counter = vans.put_on_the_road(
                self.mall, name="Mobil Keliling", code="KL", services=[self.hall.service], at=timezone.now()
            )
            self.counter = Counter.objects.select_related("outlet__site", "mall", "zone").get(pk=counter.pk)
            self.van: Site = self.counter.outlet.site
            self.village = self.plan(9, 12, "Balai Desa")
            self.market = self.plan(13, 15, "Pasar")

    def plan(self, opens: int, closes: int, place: str, *, day: date = DAY) -> Stop:
        """Plan a stop, long before."""
        return vans.plan_stop(
            self.van,
            day=day,
            opens=time(opens),
            closes=time(closes),
            place=place,
            by=self.manager,
            at=self.at(0, days=-9),
        )

    def stand_all_day(self) -> None:
        """Let the van stand somewhere whenever the test runs."""
        Stop.objects.create(
            mall=self.mall,
            site=self.van,
            day=self.mall.local(timezone.now()).date(),
            opens=time.min,
            closes=time.max,
            place="Balai Desa",
        )

    def at(self, hour: int, minute: int = 0, second: int = 0, *, days: int = 0) -> datetime:
        """A moment of the mall's own clock, as servers have it."""
        local = datetime.combine(DAY + timedelta(days=days), time(hour, minute, second), ZoneInfo(self.mall.timezone))
        return local.astimezone(UTC)

    def take(self, at: datetime, origin: Origin = Origin.VAN) -> taking.Taken:
        """Take a number at the van."""
        return taking.take(
            self.mall, self.hall.service.code, origin=origin, request_id=uuid4(), by=Caller(), at=at, site=self.van
        )

    def ticket(self, taken: taking.Taken) -> Ticket:
        """Fetch a ticket. Stand inside the mall."""
        return Ticket.objects.select_related("queue__site", "mall", "variant").get(pk=taken.id)


def post(road: Road, role: Role, name: str, *arguments: object, **data: object) -> tuple[int, str]:
    """Send a form as somebody of the mall."""
    client = Client()
    who = road.manager.account if role is Role.MANAGER else agencies.staff(road.mall, role).account
    assert who
    client.force_login(who)
    response = client.post(reverse(f"queues:{name}", args=[road.mall.slug, *arguments]), data)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("zone", ZONES)
def test_a_stop_begins_and_ends_by_the_malls_own_clock(zone: str) -> None:
    road = Road(zone)
    with wall.inside(road.mall.pk):
        told = {
            moment: (found.state, found.reason, found.until, found.day)
            for moment in ("08:59:59", "09:00:00", "11:59:59", "12:00:00", "12:59:59", "13:00:00", "15:00:00")
            for found in [opening(road.mall, road.counter.outlet_id, road.at(*map(int, moment.split(":"))))]
        }
        yesterday = opening(road.mall, road.counter.outlet_id, road.at(10, days=-1))

    assert told == {
        "08:59:59": ("closed", "before", time(9), DAY),
        "09:00:00": ("open", "", time(12), DAY),
        "11:59:59": ("open", "", time(12), DAY),
        "12:00:00": ("closed", "before", time(13), DAY),
        "12:59:59": ("closed", "before", time(13), DAY),
        "13:00:00": ("open", "", time(15), DAY),
        "15:00:00": ("closed", "after", None, DAY),
    }
    assert (yesterday.state, yesterday.reason) == ("closed", "weekday")


@pytest.mark.parametrize("zone", ZONES)
def test_a_number_outside_the_hours_is_refused_with_the_next_stop_and_nothing_is_written(zone: str) -> None:
    road = Road(zone)
    short = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}[zone]
    first = f"Mobil Keliling berikutnya singgah di Balai Desa, Kamis, 21 November 2030, pukul 09.00–12.00 {short}."
    second = f"Mobil Keliling berikutnya singgah di Pasar, Kamis, 21 November 2030, pukul 13.00–15.00 {short}."
    for moment, told in (
        (road.at(10, days=-1), first),
        (road.at(8, 59, 59), first),
        (road.at(12), second),
        (road.at(15), "Mobil Keliling belum punya jadwal singgah berikutnya."),
    ):
        with pytest.raises(Closed) as refusal:
            road.take(moment)
        assert str(refusal.value).endswith(told)

    with wall.inside(road.mall.pk):
        assert (Ticket.objects.count(), Visit.objects.count()) == (0, 0)
    assert road.take(road.at(9)).number == "KL-001"
    assert road.take(road.at(14, 59, 59)).number == "KL-002"


def test_the_van_has_numbers_of_its_own_and_the_hall_keeps_its_own() -> None:
    road = Road()
    at = road.at(10)

    numbers = [road.take(at).number, make.taken(road.hall, at=at).number, road.take(at).number]

    assert numbers == ["KL-001", "A-001", "KL-002"]
    with wall.inside(road.mall.pk):
        assert list(Visit.objects.order_by("pk").values_list("site", "origin")) == [
            (road.van.pk, "van"), (road.hall.place.site.pk, "phone"), (road.van.pk, "van"),
        ]  # fmt: skip


def test_a_service_that_only_the_van_brings_is_refused_with_its_next_stop_too() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        only = founding.add_agency(road.mall, code="SAMSAT", name="Samsat", at=timezone.now())
        service = writing.write_service(only, name="Pajak kendaraan", at=timezone.now())
        writing.offer(service, road.counter.outlet, at=timezone.now())
        queue = road.van.queues.get()
        lines.extend_queue(queue, [service], at=timezone.now())

    with pytest.raises(Closed, match="singgah di Balai Desa"):
        taking.take(road.mall, service.code, origin=Origin.PHONE, request_id=uuid4(), by=Caller(), at=road.at(7))
    # The hall's own refusals speak of no van.
    with wall.inside(road.mall.pk):
        opening_hours.except_day(road.hall.place.outlet, DAY, reason="Upacara", at=road.at(7))
    with pytest.raises(Closed) as refusal:
        make.taken(road.hall, at=road.at(10))
    assert str(refusal.value) == "Nomor antrean belum dapat diambil. Tutup: Upacara."


def test_an_exception_of_the_day_wins_over_the_stop() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        opening_hours.except_day(road.counter.outlet, DAY, reason="Mesin rusak", at=road.at(7))
        found = opening(road.mall, road.counter.outlet_id, road.at(10))

    assert (found.state, found.reason, found.label) == ("closed", "exception", "Mesin rusak")


def test_a_stop_wins_over_a_holiday() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        worktime.set_mall_day(road.mall, DAY, is_day_off=True, name="Hari jadi", reason="Perda", at=timezone.now())
        Outlet.objects.filter(pk=road.counter.outlet_id).update(observes_holidays=True)
        assert opening(road.mall, road.counter.outlet_id, road.at(10)).state == "open"
        assert opening(road.mall, road.counter.outlet_id, road.at(10, days=1)).reason == "weekday"


def test_a_van_has_no_weekly_hours() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        with pytest.raises(HoursOfAVan, match="jadwal singgah"):
            opening_hours.set_hours(road.counter.outlet, [Hours(1, time(8), time(15))], at=timezone.now())
        assert not OpeningHours.objects.filter(outlet=road.counter.outlet).exists()


def test_the_manager_plans_a_stop_and_everybody_reads_it() -> None:
    road = Road()
    tomorrow = road.mall.local(timezone.now()).date() + timedelta(days=1)
    status, _page = post(
        road, Role.MANAGER, "stops",
        van=road.van.pk, day=tomorrow.isoformat(), opens="08:30", closes="11:00", place="Balai RW 05", note="Bawa KK",
    )  # fmt: skip

    assert status == 302
    with wall.inside(road.mall.pk):
        entry = Entry.objects.filter(action="stop.written").latest("pk")
        assert entry.account_id == road.manager.account_id
        assert entry.reason == f"Balai RW 05, {tomorrow:%d-%m-%Y}, 08.30–11.00"
    for name, arguments in (("vans", []), ("van", [road.van.pk])):
        page = Client().get(reverse(f"queues:{name}", args=[road.mall.slug, *arguments])).content.decode()
        assert "Balai RW 05" in page
        assert "08.30–11.00 WIB" in page
        assert "Bawa KK" in page
        assert "Kartu Keluarga" in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"opens": "11:00", "closes": "09:00"}, "Jam selesai harus sesudah jam mulai."),
        ({"opens": "10:00", "closes": "14:00"}, "Pada jam itu kendaraan berada di Balai Desa (09.00–12.00)."),
        ({"day": "2020-01-01"}, "Waktu singgah itu sudah lewat."),
        ({"day": ""}, "Bidang ini tidak boleh kosong"),
        ({"place": "\x00"}, "null"),
        ({"van": "0"}, "Masukkan pilihan yang valid"),
    ],
)
def test_a_stop_that_cannot_be_is_refused_in_words(wrong: dict[str, str], told: str) -> None:
    road = Road()
    sent = {"van": str(road.van.pk), "day": DAY.isoformat(), "opens": "16:00", "closes": "17:00", "place": "Dermaga"}

    status, page = post(road, Role.MANAGER, "stops", **(sent | wrong))

    assert status == 422
    assert told in page
    with wall.inside(road.mall.pk):
        assert Stop.objects.count() == 2


def test_only_a_manager_plans_and_calls_off() -> None:
    road = Road()
    sent = {"van": road.van.pk, "day": DAY.isoformat(), "opens": "16:00", "closes": "17:00", "place": "Dermaga"}

    assert post(road, Role.OFFICER, "stops", **sent)[0] == 403
    assert post(road, Role.HEAD, "stops", **sent)[0] == 422
    assert post(road, Role.HEAD, "stop_cancellation", road.village.pk, reason="Hujan")[0] == 422
    head = agencies.staff(road.mall, Role.HEAD)
    with wall.inside(road.mall.pk):
        with pytest.raises(NotAllowed):
            vans.call_off(road.village, reason="Hujan", by=head, at=road.at(8))
        assert Stop.objects.filter(cancelled_at=None).count() == Stop.objects.count() == 2


def test_the_hall_is_no_van() -> None:
    road = Road()
    with wall.inside(road.mall.pk), pytest.raises(NotAVan):
        vans.plan_stop(
            road.hall.place.site, day=DAY, opens=time(9), closes=time(10), place="X", by=road.manager, at=road.at(8)
        )


def test_a_stop_called_off_says_why_and_gives_no_numbers() -> None:
    road = Road()
    assert post(road, Role.MANAGER, "stop_cancellation", road.village.pk, reason="  ")[0] == 422
    assert post(road, Role.MANAGER, "stop_cancellation", road.village.pk, reason="Jembatan putus")[0] == 302
    assert post(road, Role.MANAGER, "stop_cancellation", road.village.pk, reason="Lagi")[0] == 422
    assert post(road, Role.MANAGER, "stop_cancellation", 2**62, reason="x")[0] == 404

    page = Client().get(reverse("queues:van", args=[road.mall.slug, road.van.pk])).content.decode()
    assert "Dibatalkan: Jembatan putus" in page
    with pytest.raises(Closed, match="singgah di Pasar"):
        road.take(road.at(10))
    with wall.inside(road.mall.pk):
        vans.call_off(road.market, reason="Mesin rusak", by=road.manager, at=road.at(11))
        found = opening(road.mall, road.counter.outlet_id, road.at(13, 30))
        assert [entry.reason for entry in Entry.objects.filter(action="stop.called_off").order_by("pk")] == [
            "Jembatan putus", "Mesin rusak",
        ]  # fmt: skip
    assert (found.state, found.reason, found.label) == ("closed", "exception", "Mesin rusak")


def test_a_stop_that_is_over_is_not_called_off() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        with pytest.raises(StopOver):
            vans.call_off(road.village, reason="Hujan", by=road.manager, at=road.at(12))
        with pytest.raises(ReasonMissing):
            vans.call_off(road.market, reason=" ", by=road.manager, at=road.at(12))
        assert not Stop.objects.exclude(cancelled_at=None).exists()


def test_who_waits_when_a_stop_is_called_off_has_the_front_at_the_next_one() -> None:
    road = Road()
    first, second = road.take(road.at(10)), road.take(road.at(10, 5))
    with wall.inside(road.mall.pk):
        later = road.plan(9, 12, "Balai Desa", day=DAY + timedelta(days=7))
        assert vans.call_off(road.village, reason="Mesin rusak", by=road.manager, at=road.at(10, 10)) == 2
        tickets = [road.ticket(taken) for taken in (first, second)]
        assert [(ticket.state, ticket.ended_because) for ticket in tickets] == [
            (State.CANCELLED, EndedBecause.CLOSURE)
        ] * 2
        ordinary = road.take(road.at(9, 5, days=7))
        again = closing.redeem(tickets[1], at=road.at(9, 10, days=7))
        assert later.place == "Balai Desa"
        assert (ordinary.number, again.number) == ("KL-001", "KL-002")
        redeemed = road.ticket(again)
        assert redeemed.queued_at < road.ticket(ordinary).queued_at
        assert redeemed.queue.site_id == road.van.pk
    page = Client().get(reverse("queues:ticket", args=[road.mall.slug, first.key])).content.decode()
    assert "Dibatalkan: Mesin rusak" in page


def test_nobody_waits_where_the_van_has_left_for_its_next_stop() -> None:
    road = Road()
    left, gone = road.take(road.at(11)), road.take(road.at(11, 30))
    with wall.inside(road.mall.pk):
        sessions.set_session(road.counter, SessionState.OPEN, by=road.manager, at=road.at(9))
        by = Caller(account_id=road.manager.account_id)
        called = calling.call_next(road.mall, road.counter.pk, by=by, at=road.at(12, 10))
        assert called
        assert called.id == left.id
        # Longer than planned is well; only where the van stands somewhere else nobody is called any more.
        assert vans.move_on(road.mall, at=road.at(12, 30)) == 0
        here = road.take(road.at(13))
        assert vans.move_on(road.mall, at=road.at(13, 0, 30)) == 1
        assert vans.move_on(road.mall, at=road.at(13, 1)) == 0
        states = {taken.id: road.ticket(taken).state for taken in (left, gone, here)}
    assert states == {left.id: State.CALLED, gone.id: State.CANCELLED, here.id: State.WAITING}


def test_two_who_plan_the_same_hours_do_not_both_win() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        with pytest.raises(StopImpossible):
            road.plan(11, 13, "Dermaga")
        # What touches is no overlap: the van is there at once.
        assert road.plan(12, 13, "Dermaga").place == "Dermaga"
        with pytest.raises(StopOver):
            tenancy.call_off_stop(road.village, reason="Hujan", at=road.at(20))


def test_a_page_of_a_van_takes_for_the_van_and_shows_where() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        road.stand_all_day()
    client = Client()
    address = reverse("queues:van", args=[road.mall.slug, road.van.pk])
    assert "Sekarang di Balai Desa" in client.get(address).content.decode()

    sent = {"service": road.hall.service.code, "id": str(uuid4()), "van": road.van.pk}
    sent["code"] = " ".join(door_code(road.van.pk, timezone.now()))
    first = client.post(reverse("queues:take", args=[road.mall.slug]), sent)
    again = client.post(reverse("queues:take", args=[road.mall.slug]), sent)

    assert (first.status_code, first["Location"]) == (302, again["Location"])
    page = client.get(first["Location"]).content.decode()
    assert "KL-001" in page
    assert "Balai Desa" in page
    for van in (road.hall.place.site.pk, 2**62):
        other = client.post(reverse("queues:take", args=[road.mall.slug]), sent | {"id": str(uuid4()), "van": van})
        assert other.status_code == 404
    with wall.inside(road.mall.pk):
        assert Ticket.objects.count() == 1


@pytest.mark.parametrize("code", ["", "000000", "hall"])
def test_nobody_takes_a_number_of_a_stop_from_afar(code: str) -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        road.stand_all_day()
    # The code of the hall's own boards is not that of the van.
    typed = door_code(road.hall.place.site.pk, timezone.now()) if code == "hall" else code
    sent = {"service": road.hall.service.code, "id": str(uuid4()), "van": road.van.pk, "code": typed}

    answer = Client().post(reverse("queues:take", args=[road.mall.slug]), sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kode ini tidak cocok." in page
    assert 'aria-invalid="true"' in page
    with wall.inside(road.mall.pk):
        assert f'value="{road.hall.service.variants.get().code}" required' in page
        assert (Ticket.objects.count(), Visit.objects.count()) == (0, 0)


def test_a_service_of_the_van_alone_is_not_given_by_phone_while_it_stands_somewhere() -> None:
    road = Road()
    at = road.at(10)
    with wall.inside(road.mall.pk):
        service = writing.write_service(road.hall.place.agency, name="Rekam KTP-el", at=at)
        writing.offer(service, road.counter.outlet, at=at)
        lines.extend_queue(road.van.queues.get(), [service], at=at)
        kiosk, _token = tenancy.register_device(road.hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=at)

    def take(origin: Origin, by: Caller) -> taking.Taken:
        return taking.take(road.mall, service.code, origin=origin, request_id=uuid4(), by=by, at=at)

    for origin, by in ((Origin.PHONE, Caller()), (Origin.KIOSK, Caller(device_id=kiosk.pk))):
        with pytest.raises(
            NotAtTheStop, match=r"di tempat singgahnya\. Mobil Keliling berikutnya singgah di Balai Desa"
        ):
            take(origin, by)
    with wall.inside(road.mall.pk):
        assert (Ticket.objects.count(), Visit.objects.count()) == (0, 0)
        on_board, _token = tenancy.register_device(road.van, kind=Device.Kind.KIOSK, name="Tablet", at=at)
    assert take(Origin.KIOSK, Caller(device_id=on_board.pk)).number == "KL-001"


def test_the_people_of_the_van_give_numbers_and_see_its_code() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        road.stand_all_day()
    page = reverse("queues:van", args=[road.mall.slug, road.van.pk])
    others = agencies.staff(road.mall, Role.OFFICER, agency=road.hall.place.agency).account
    here = agencies.staff(road.mall, Role.OFFICER).account
    assert others
    assert here
    client = Client()
    assert "Kode di kendaraan" in client.get(page).content.decode()
    client.force_login(others)
    assert "Kode di kendaraan" in client.get(page).content.decode()
    client.force_login(here)
    assert "Kode di kendaraan" not in client.get(page).content.decode()
    desk = client.get(reverse("queues:console", args=[road.mall.slug, road.counter.pk])).content.decode()
    code = door_code(road.van.pk, timezone.now())
    assert f"{code[:3]} {code[3:]}" in desk
    sent = {"service": road.hall.service.code, "id": str(uuid4()), "van": road.van.pk}
    assert client.post(reverse("queues:take", args=[road.mall.slug]), sent).status_code == 302


def test_a_program_takes_for_the_van_of_its_device_or_names_the_place() -> None:
    road = Road()
    with wall.inside(road.mall.pk):
        road.stand_all_day()
        _device, token = tenancy.register_device(road.van, kind=Device.Kind.COUNTER, name="Tablet", at=timezone.now())
    address = f"/api/v1/malls/{road.mall.slug}/tickets"

    def take(**body: object) -> tuple[int, str]:
        body = {"service": road.hall.service.code, "id": str(uuid4()), "origin": "van"} | body
        headers = {"authorization": f"Bearer {token}"}
        response = Client().post(address, body, content_type="application/json", headers=headers)
        return response.status_code, response.json().get("number", response.json().get("code"))

    assert take() == (201, "KL-001")
    assert take(site=road.van.pk) == (201, "KL-002")
    assert take(origin="phone") == (201, "A-001")
    assert take(origin="phone", site=road.van.pk) == (409, "not_at_the_stop")
    assert take(site=2**62)[0] == 422


def test_pages_ask_as_often_for_many_stops_as_for_few() -> None:
    road = Road()
    address = reverse("queues:vans", args=[road.mall.slug])
    client = Client()
    client.get(address)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    before = asked()
    with wall.inside(road.mall.pk):
        vans.put_on_the_road(road.mall, name="Mobil Dua", code="KM", services=[road.hall.service], at=timezone.now())
        for hour in range(16, 22):
            road.plan(hour, hour + 1, f"Tempat {hour}")

    assert asked() == before


def test_a_van_reaches_no_other_mall() -> None:
    road, other = Road(), Road()
    client = Client()

    assert client.get(reverse("queues:van", args=[other.mall.slug, road.van.pk])).status_code == 404
    sent = {"service": other.hall.service.code, "id": str(uuid4()), "van": road.van.pk}
    assert client.post(reverse("queues:take", args=[other.mall.slug]), sent).status_code == 404
    assert post(other, Role.MANAGER, "stop_cancellation", road.village.pk, reason="x")[0] == 404
    with wall.inside(road.mall.pk):
        assert not Stop.objects.exclude(cancelled_at=None).exists()
