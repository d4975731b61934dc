"""The end of sites and zones: nobody is left waiting, and what was given there is given no more."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import publishing, writing
from pendopo.catalogue.models import Offering, Published
from pendopo.kernel.errors import NotAllowed, ReasonMissing
from pendopo.queues.actions import endings, serving, sessions
from pendopo.queues.errors import PlaceInUse
from pendopo.queues.queries.halls import hall_counters
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionState
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device, Site, Zone

pytestmark = pytest.mark.django_db

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)


def client(hall: Hall, role: Role = Role.MANAGER) -> Client:
    return agencies.client(agencies.staff(hall.mall, role))


def path(hall: Hall, page: str) -> str:
    return f"/m/{hall.mall.slug}/settings/{page}"


def outpost(hall: Hall) -> Site:
    """A second place where the hall's service is given too."""
    with wall.inside(hall.mall.pk):
        site = tenancy.add_site(hall.mall, name="Pos Utara", kind=Site.Kind.OUTPOST, at=AT)
        tenancy.add_zone(site, code="U", name="Pos", at=AT)
        outlet = founding.add_outlet(hall.mall, site, agency=hall.place.agency, at=AT)
        writing.offer(hall.service, outlet, at=AT)
        publishing.publish(hall.mall, at=AT)
    return site


def test_a_place_ends_with_what_it_gave_after_its_page_has_said_so() -> None:
    hall, reason = make.hall(), "Sewa habis"
    pos = outpost(hall)
    manager = client(hall)

    page = manager.get(path(hall, f"sites/{pos.pk}/ending/")).content.decode()
    told = manager.post(path(hall, f"sites/{pos.pk}/ending/"), {"reason": reason})

    assert "1 layanan tidak diberikan lagi di sini" in page
    assert told.status_code == 302
    with wall.inside(hall.mall.pk):
        pos.refresh_from_db()
        assert pos.retired_at is not None
        assert Offering.objects.get(site=pos).reason == reason
        assert Offering.objects.get(site=hall.place.site).status != Offering.Status.NOT
        assert Published.objects.filter(code=hall.service.code).exists()
        assert set(Entry.objects.filter(reason=reason).values_list("action", flat=True)) == {
            "site.ended",
            "site.offers_ended",
        }
    assert "Sudah berakhir" in manager.get(path(hall, "sites/")).content.decode()


def test_nothing_ends_where_people_wait_or_counters_are_open() -> None:
    hall = make.hall()
    outpost(hall)
    boss = agencies.staff(hall.mall, Role.MANAGER)
    site, now = hall.place.site, timezone.now()
    with wall.inside(hall.mall.pk):
        ticket = make.ticket(hall)
        with pytest.raises(PlaceInUse, match="1 orang"):
            endings.end_site(site, reason="x", by=boss, at=now)
        serving.cancel(ticket, by=None, at=now)
        with pytest.raises(PlaceInUse, match="1 loket"):
            endings.end_site(site, reason="x", by=boss, at=now)
        with pytest.raises(ReasonMissing):
            endings.end_site(site, reason=" ", by=boss, at=now)
        with pytest.raises(NotAllowed):
            endings.end_site(site, reason="x", by=hall.officer, at=now)

        site.refresh_from_db()
        assert site.retired_at is None
        assert Offering.objects.get(site=site).status != Offering.Status.NOT

        sessions.set_session(hall.counter, SessionState.CLOSED, by=hall.officer, at=now, reason="shift_end")
        endings.end_site(site, reason="Gedung baru", by=boss, at=now)
        assert hall_counters(hall.mall, now) == []


def test_the_last_place_does_not_end() -> None:
    hall = make.hall()
    site = hall.place.site

    told = client(hall).post(path(hall, f"sites/{site.pk}/ending/"), {"reason": "x"})

    assert told.status_code == 422
    assert "satu-satunya tempat layanan" in told.content.decode()
    with wall.inside(hall.mall.pk):
        site.refresh_from_db()
        assert site.retired_at is None


def test_a_zone_ends_only_when_nothing_stands_there() -> None:
    hall = make.hall()
    manager = client(hall)
    with wall.inside(hall.mall.pk):
        empty = tenancy.add_zone(hall.place.site, code="B", name="Lantai 2", at=AT)
        tenancy.register_device(hall.place.site, kind=Device.Kind.BOARD, name="Papan 9", zone=hall.place.zone, at=AT)
    full = path(hall, f"zones/{hall.place.zone.pk}/ending/")

    page = manager.get(full).content.decode()
    refused = manager.post(full, {"reason": "x"})
    done = manager.post(path(hall, f"zones/{empty.pk}/ending/"), {"reason": "Disatukan"})

    assert all(words in page for words in ("1 loket", "1 antrean", "Papan 9"))
    assert (refused.status_code, done.status_code) == (422, 302)
    with wall.inside(hall.mall.pk):
        assert list(Zone.objects.in_use()) == [hall.place.zone]
        assert Entry.objects.get(action="zone.ended").reason == "Disatukan"
    assert client(hall).get(path(hall, f"zones/{empty.pk}/ending/")).status_code == 404
    assert Client().get(f"/m/{hall.mall.slug}/board/?zone=B").status_code == 404


def test_a_zone_with_counters_or_queues_is_refused_in_words() -> None:
    hall = make.hall()
    boss = agencies.staff(hall.mall, Role.MANAGER)
    with wall.inside(hall.mall.pk):
        with pytest.raises(PlaceInUse, match="Loket 1, antrean A"):
            endings.end_zone(hall.place.zone, reason="x", by=boss, at=AT)
        assert Zone.objects.in_use().exists()


def test_the_head_ends_nothing() -> None:
    hall = make.hall()
    pos = outpost(hall)
    head = client(hall, Role.HEAD)

    assert head.get(path(hall, f"sites/{pos.pk}/ending/")).status_code == 200
    assert head.post(path(hall, f"sites/{pos.pk}/ending/"), {"reason": "x"}).status_code == 422
    with wall.inside(hall.mall.pk):
        pos.refresh_from_db()
        assert pos.retired_at is None
