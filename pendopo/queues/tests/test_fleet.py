"""The manager's vans: a new one, one taken off the road, and stops on holidays."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import writing
from pendopo.catalogue.models import Offering, Published, Service
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.actions import fleet, sessions, vans
from pendopo.queues.models import CounterQueue, Queue, QueueService
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionState
from pendopo.tenancy import wall
from pendopo.tenancy.models import Site, Stop
from pendopo.worktime import actions as worktime

pytestmark = pytest.mark.django_db

LATER = date(2099, 5, 4)


def client(hall: Hall, role: Role = Role.MANAGER) -> Client:
    return agencies.client(agencies.staff(hall.mall, role))


def wish(hall: Hall, **other: object) -> dict[str, object]:
    form: dict[str, object] = {
        "name": "Mobil Dua", "plate": "S 8123 XP", "agency": "", "counter": "2", "code": "KM",
        "services": [str(hall.service.pk)],
    }  # fmt: skip
    return form | other


def address(hall: Hall, name: str, *arguments: object) -> str:
    return reverse(f"queues:{name}", args=[hall.mall.slug, *arguments])


def added(hall: Hall, **other: object) -> Site:
    assert client(hall).post(address(hall, "van_new"), wish(hall, **other)).status_code == 302
    with wall.inside(hall.mall.pk):
        return Site.objects.get(kind=Site.Kind.VAN)


def test_the_manager_puts_a_van_on_the_road_and_it_can_stop() -> None:
    hall = make.hall()
    boss = client(hall)

    answer = boss.post(address(hall, "van_new"), wish(hall), follow=True)

    assert "Mobil Dua siap berangkat" in answer.content.decode()
    with wall.inside(hall.mall.pk):
        van = Site.objects.get(kind=Site.Kind.VAN)
        counter = Counter.objects.select_related("outlet").get(zone__site=van)
        queue = Queue.objects.get(site=van)
        assert (van.name, van.plate, counter.number, counter.outlet.agency_id) == ("Mobil Dua", "S 8123 XP", 2, None)
        assert CounterQueue.objects.get(counter=counter).queue == queue
        assert (queue.code, QueueService.objects.get(queue=queue).service) == ("KM", hall.service)
        assert Offering.objects.get(site=van).outlet == counter.outlet
        entry = Entry.objects.get(action="van.added")
        assert entry.account_id is not None
    stop = {"van": van.pk, "day": "2099-05-04", "opens": "09:00", "closes": "11:00", "place": "Balai Desa", "note": ""}
    assert boss.post(address(hall, "stops"), stop).status_code == 302
    page = Client().get(address(hall, "van", van.pk)).content.decode()
    for words in ("Balai Desa", "S 8123 XP", "Kartu Keluarga"):
        assert words in page


def test_an_agencys_van_gives_its_own_services_at_its_own_counter() -> None:
    hall = make.hall()
    own = added(hall, agency=str(hall.place.agency.pk))

    with wall.inside(hall.mall.pk):
        assert Counter.objects.select_related("outlet").get(zone__site=own).outlet.agency == hall.place.agency


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"code": "A"}, "Huruf A sudah dipakai antrean lain."),
        ({"code": "k1"}, "Huruf nomor: Masukkan nilai yang valid"),
        ({"services": []}, "Pilih sedikitnya satu layanan yang dibawa."),
        ({"services": ["0"]}, "Masukkan pilihan yang valid"),
        ({"counter": "0"}, "Nomor loket di kendaraan"),
        ({"agency": "other"}, "hanya memberi layanannya sendiri"),
        ({"name": "hall"}, "Tempat lain di MPP ini bernama"),
        ({"name": "\x00"}, "null"),
    ],
)
def test_a_van_that_cannot_be_is_refused_in_words(wrong: dict[str, object], told: str) -> None:
    hall = make.hall()
    if "agency" in wrong:
        with wall.inside(hall.mall.pk):
            other = founding.add_agency(hall.mall, code="PLN", name="PLN", at=timezone.now())
        wrong = {"agency": str(other.pk)}
    if wrong.get("name") == "hall":
        wrong = {"name": hall.place.site.name}
    with wall.inside(hall.mall.pk):
        before = (Site.objects.count(), Queue.objects.count(), Offering.objects.count(), Entry.objects.count())

    answer = client(hall).post(address(hall, "van_new"), wish(hall) | wrong)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    with wall.inside(hall.mall.pk):
        after = (Site.objects.count(), Queue.objects.count(), Offering.objects.count())
        assert after == before[:3]
        assert not Entry.objects.filter(action="van.added").exists()


def test_only_the_manager_adds_and_retires() -> None:
    hall = make.hall()
    van = added(hall)

    assert client(hall, Role.OFFICER).get(address(hall, "van_new")).status_code == 403
    head = client(hall, Role.HEAD)
    assert "Hanya pengelola MPP" in head.get(address(hall, "van_new")).content.decode()
    assert head.post(address(hall, "van_new"), wish(hall, name="Mobil Tiga", code="KN")).status_code == 422
    assert head.post(address(hall, "van_retirement", van.pk), {"reason": "Rusak"}).status_code == 422
    with wall.inside(hall.mall.pk):
        with pytest.raises(NotAllowed):
            fleet.retire(van, reason="Rusak", by=agencies.staff(hall.mall, Role.HEAD), at=timezone.now())
        assert Site.objects.in_use().filter(kind=Site.Kind.VAN).get() == van


def test_a_van_without_stops_is_retired_with_a_reason_and_leaves_the_public_pages() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        only = writing.write_service(hall.place.agency, name="Rekam KTP-el", at=timezone.now())
    van = added(hall, services=[str(hall.service.pk), str(only.pk)])
    boss = client(hall)
    with wall.inside(hall.mall.pk):
        assert Published.objects.filter(service_code=only.code).exists()

    without = boss.post(address(hall, "van_retirement", van.pk), {"reason": " "})
    done = boss.post(address(hall, "van_retirement", van.pk), {"reason": "Mesin rusak"})
    again = boss.post(address(hall, "van_retirement", van.pk), {"reason": "Mesin rusak"})

    assert (without.status_code, done.status_code, again.status_code) == (422, 302, 404)
    assert Client().get(address(hall, "van", van.pk)).status_code == 404
    assert "Mobil Dua" not in Client().get(address(hall, "vans")).content.decode()
    with wall.inside(hall.mall.pk):
        assert not Published.objects.filter(service_code=only.code).exists()
        assert Published.objects.filter(service_code=hall.service.code).exists()
        assert Entry.objects.get(action="van.retired").reason == "Mesin rusak"
        assert Service.objects.filter(pk=only.pk).exists()
    boss.get(address(hall, "stops"))  # where it is said that it is gone
    for page in ("counters", "hall"):
        assert "Mobil Dua" not in boss.get(address(hall, page)).content.decode()
    # Its letters are free again.
    assert boss.post(address(hall, "van_new"), wish(hall, name="Mobil Tiga")).status_code == 302


def test_a_van_that_people_await_stays_on_the_road() -> None:
    hall = make.hall()
    van = added(hall)
    boss = agencies.staff(hall.mall, Role.MANAGER)
    path, now = address(hall, "van_retirement", van.pk), timezone.now()
    with wall.inside(hall.mall.pk):
        counter = Counter.objects.select_related("outlet", "mall").get(zone__site=van)
        stop = vans.plan_stop(van, day=LATER, opens=time(9), closes=time(11), place="Pasar", by=boss, at=now)
    assert "masih dijadwalkan di Pasar" in client(hall).post(path, {"reason": "x"}).content.decode()
    with wall.inside(hall.mall.pk):
        vans.call_off(stop, reason="Hujan", by=boss, at=now)
        sessions.set_session(counter, SessionState.OPEN, by=boss, at=now)
    assert "masih dipakai" in client(hall).post(path, {"reason": "x"}).content.decode()
    with wall.inside(hall.mall.pk):
        assert Site.objects.in_use().filter(pk=van.pk).exists()
        assert not Entry.objects.filter(action="van.retired").exists()
        sessions.set_session(counter, SessionState.CLOSED, by=boss, at=now, reason="shift_end")
    assert client(hall).post(path, {"reason": "x"}).status_code == 302


def test_a_stop_on_a_holiday_is_planned_only_after_it_was_said() -> None:
    hall = make.hall()
    van = added(hall)
    with wall.inside(hall.mall.pk):
        worktime.set_mall_day(
            hall.mall, LATER, is_day_off=True, name="Hari jadi kota", reason="Perda", at=timezone.now()
        )
    boss = client(hall)
    stop = {"van": van.pk, "day": LATER.isoformat(), "opens": "09:00", "closes": "11:00", "place": "Balai", "note": ""}
    page = boss.get(address(hall, "stops")).content.decode()
    assert "Tetap singgah pada hari libur itu" not in page

    asked = boss.post(address(hall, "stops"), stop)

    assert asked.status_code == 422
    assert "Senin, 4 Mei 2099 libur: Hari jadi kota." in asked.content.decode()
    assert "Tetap singgah pada hari libur itu" in asked.content.decode()
    with wall.inside(hall.mall.pk):
        assert not Stop.objects.exists()
    assert boss.post(address(hall, "stops"), stop | {"on_day_off": "on"}).status_code == 302
    ordinary = stop | {"day": (LATER + timedelta(days=1)).isoformat()}
    assert boss.post(address(hall, "stops"), ordinary).status_code == 302
    with wall.inside(hall.mall.pk):
        assert Stop.objects.count() == 2
