"""The mall's own days, and who counts on them."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed, NotFound, NotUnderstood, ReasonMissing
from pendopo.queues.actions import mall_days
from pendopo.queues.actions.mall_days import OwnDay
from pendopo.queues.errors import PeopleAffected, PlaceInUse
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Site
from pendopo.worktime.models import MallDay

pytestmark = pytest.mark.django_db

# A Monday, 10.00 in Jakarta.
AT = datetime(2030, 5, 6, 3, tzinfo=UTC)
DAY = date(2030, 5, 20)
FORM = {"day": "2098-05-20", "what": "off", "name": "Hari jadi", "basis": "Perda 3/2030", "reason": "Rapat 6 Mei"}


def manager(hall: Hall) -> Actor:
    return agencies.staff(hall.mall, Role.MANAGER)


def path(hall: Hall, page: str = "") -> str:
    return f"/m/{hall.mall.slug}/settings/calendar/day/{page}"


def van_stops(hall: Hall, day: date) -> None:
    van = tenancy.add_site(hall.mall, name="Mobil", kind=Site.Kind.VAN, at=AT)
    tenancy.write_stop(van, day=day, opens=time(8), closes=time(11), place="Balai Desa", at=AT)


def test_a_day_on_which_nobody_counts_is_closed_with_its_reason() -> None:
    hall = make.hall()
    boss = client(manager(hall))
    page = boss.get(path(hall, "?day=2098-05-20")).content.decode()
    assert "Tidak ada janji, acara, singgah, atau petugas" in page
    assert "Saya sudah membaca akibatnya" not in page

    assert boss.post(path(hall), FORM).status_code == 302

    with wall.inside(hall.mall.pk):
        own = MallDay.objects.get()
        assert (own.day, own.is_day_off, own.name, own.basis) == (date(2098, 5, 20), True, "Hari jadi", "Perda 3/2030")
        assert Entry.objects.get(action="mall_day.set").reason == "Rapat 6 Mei"


def test_whoever_closes_a_day_of_a_van_must_have_read_it() -> None:
    hall = make.hall()
    boss = client(manager(hall))
    with wall.inside(hall.mall.pk):
        van_stops(hall, date(2098, 5, 20))

    first = boss.post(path(hall), FORM)
    page = first.content.decode()

    assert first.status_code == 422
    assert "Mobil dijadwalkan singgah di Balai Desa." in page
    assert "Saya sudah membaca akibatnya" in page
    with wall.inside(hall.mall.pk):
        assert not MallDay.objects.exists()
    assert boss.post(path(hall), FORM | {"is_sure": "on"}).status_code == 302
    with wall.inside(hall.mall.pk):
        assert MallDay.objects.exists()


def test_to_work_in_spite_of_a_holiday_needs_no_second_thought() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        van_stops(hall, DAY)

        own = OwnDay(DAY, is_day_off=False, name="Layanan tetap buka")
        made = mall_days.decide(hall.mall, own, is_sure=False, reason="SE", by=manager(hall), at=AT)

        assert made.is_day_off is False


def test_today_is_not_closed_over_the_heads_of_those_who_wait() -> None:
    hall = make.hall()
    boss, now = manager(hall), timezone.now()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)
        own = OwnDay(ticket.day, is_day_off=True, name="Listrik padam")

        with pytest.raises(PlaceInUse, match="1 orang"):
            mall_days.decide(hall.mall, own, is_sure=True, reason="x", by=boss, at=now)
        assert not MallDay.objects.exists()


def test_what_is_over_stays_as_it_was() -> None:
    hall = make.hall()
    boss = manager(hall)
    yesterday = date(2030, 5, 5)
    with wall.inside(hall.mall.pk):
        MallDay.objects.create(mall=hall.mall, day=yesterday, is_day_off=True, name="Hari jadi")
        own = OwnDay(yesterday, is_day_off=False, name="x")

        with pytest.raises(NotUnderstood):
            mall_days.decide(hall.mall, own, is_sure=True, reason="x", by=boss, at=AT)
        with pytest.raises(NotUnderstood):
            mall_days.take_back(hall.mall, yesterday, reason="x", by=boss, at=AT)
        assert MallDay.objects.get().name == "Hari jadi"
    page = client(boss).get(path(hall, "?day=2020-05-05")).content.decode()
    assert "sudah lewat" in page
    assert '<form method="post"' not in page.partition("<main")[2]


def test_a_decision_is_taken_back_with_a_reason() -> None:
    hall = make.hall()
    boss = client(manager(hall))
    boss.post(path(hall), FORM)

    assert boss.post(path(hall, "2098-05-20/removal/"), {"reason": ""}).status_code == 422
    assert boss.post(path(hall, "2098-05-20/removal/"), {"reason": "Ditunda"}).status_code == 302

    with wall.inside(hall.mall.pk):
        assert not MallDay.objects.exists()
        assert Entry.objects.get(action="mall_day.removed").reason == "Ditunda"
        with pytest.raises(NotFound):
            mall_days.take_back(hall.mall, DAY, reason="x", by=manager(hall), at=AT)


def test_only_the_manager_decides_and_with_a_reason() -> None:
    hall = make.hall()
    head = agencies.staff(hall.mall, Role.HEAD)
    own = OwnDay(DAY, is_day_off=True, name="x")
    with wall.inside(hall.mall.pk):
        with pytest.raises(NotAllowed):
            mall_days.decide(hall.mall, own, is_sure=True, reason="x", by=head, at=AT)
        with pytest.raises(NotAllowed):
            mall_days.take_back(hall.mall, DAY, reason="x", by=head, at=AT)
        with pytest.raises(ReasonMissing):
            mall_days.decide(hall.mall, own, is_sure=True, reason=" ", by=manager(hall), at=AT)
        van_stops(hall, DAY)
        with pytest.raises(PeopleAffected):
            mall_days.decide(hall.mall, own, is_sure=False, reason="x", by=manager(hall), at=AT)
        assert not MallDay.objects.exists()
    assert client(head).post(path(hall), FORM).status_code == 422
