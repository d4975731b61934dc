"""Sites and zones as the manager decides them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import ReasonMissing
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.actions import devices, places
from pendopo.tenancy.errors import SiteEnded, StillInUse, ZoneCodeTaken, ZoneEnded
from pendopo.tenancy.models import Device, Site, Zone

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)
NEW = {"name": "MPP Gajah Mada", "kind": "hall", "address": "Jalan Gajah Mada 1", "reason": "Gedung baru"}


def client(place: Place, role: Role = Role.MANAGER) -> Client:
    return make.client(make.staff(place.mall, role))


def path(place: Place, page: str) -> str:
    return f"/m/{place.mall.slug}/settings/{page}"


@pytest.mark.django_db
def test_a_place_is_added_with_its_reason_and_stands_in_the_list() -> None:
    place = make.place()
    manager = client(place)

    assert manager.post(path(place, "sites/"), NEW).status_code == 302

    page = manager.get(path(place, "sites/")).content.decode()
    with wall.inside(place.mall.pk):
        made = Site.objects.get(name="MPP Gajah Mada")
        entry = Entry.objects.get(action="site.added", subject=f"site:{made.pk}")
    assert (made.kind, made.address, entry.reason) == ("hall", "Jalan Gajah Mada 1", "Gedung baru")
    assert "MPP Gajah Mada" in page
    assert "Gedung baru" in page
    listed = manager.get(path(place, "sites/list.csv")).content.decode("utf-8-sig").splitlines()
    assert listed[1:] == ["Gedung,Gedung,,Lantai 1,0,Dipakai", "MPP Gajah Mada,Gedung,Jalan Gajah Mada 1,,0,Dipakai"]
    assert manager.get(path(place, "sites/list.xlsx")).content.startswith(b"PK")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "words"),
    [({"reason": " "}, "Alasan"), ({"name": "Gedung"}, "Tempat lain di MPP ini bernama"), ({"kind": "van"}, "Jenis")],
)
def test_a_place_that_is_refused_is_refused_in_words(changed: dict[str, str], words: str) -> None:
    place = make.place()

    told = client(place).post(path(place, "sites/"), NEW | changed)

    assert told.status_code == 422
    assert words in told.content.decode()
    with wall.inside(place.mall.pk):
        assert Site.objects.count() == 1


@pytest.mark.django_db
def test_the_head_reads_and_changes_nothing() -> None:
    place = make.place()
    head = client(place, Role.HEAD)

    page = head.get(path(place, f"sites/{place.site.pk}/")).content.decode()
    told = [
        head.post(path(place, "sites/"), NEW).status_code,
        head.post(path(place, f"sites/{place.site.pk}/"), NEW).status_code,
        head.post(path(place, f"sites/{place.site.pk}/zones/"), {"code": "B", "name": "B", "reason": "x"}).status_code,
        head.post(path(place, f"zones/{place.zone.pk}/"), {"code": "B", "name": "B", "reason": "x"}).status_code,
    ]

    assert told == [422] * 4
    assert "Hanya pengelola MPP" in page
    assert "<form" not in page.partition("<main")[2]
    with wall.inside(place.mall.pk):
        assert list(Site.objects.values_list("name", flat=True)) == ["Gedung"]
        assert list(Zone.objects.values_list("code", flat=True)) == ["A"]


@pytest.mark.django_db
def test_a_place_and_its_zone_get_other_names() -> None:
    place = make.place()
    manager = client(place)

    manager.post(path(place, f"sites/{place.site.pk}/"), NEW | {"kind": "outpost", "reason": "Pindah"})
    manager.post(path(place, f"zones/{place.zone.pk}/"), {"code": "LT1", "name": "Lobi", "reason": "Papan baru"})

    with wall.inside(place.mall.pk):
        place.site.refresh_from_db()
        place.zone.refresh_from_db()
        reasons = list(
            Entry.objects.filter(action__endswith=".described").order_by("pk").values_list("reason", flat=True)
        )
    assert (place.site.name, place.site.kind, place.zone.code, place.zone.name) == (
        "MPP Gajah Mada",
        "outpost",
        "LT1",
        "Lobi",
    )
    assert reasons == ["Pindah", "Papan baru"]


@pytest.mark.django_db
def test_the_same_again_changes_nothing() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        places.describe_site(place.site, name="Gedung", address="", kind="hall", reason="Sama", at=AT)
        places.describe_zone(place.zone, code="A", name="Lantai 1", reason="Sama", at=AT)

        assert not Entry.objects.filter(action__endswith=".described").exists()


@pytest.mark.django_db
def test_a_zone_code_is_given_once_and_again_after_its_end() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        second = tenancy.add_zone(place.site, code="B", name="Lantai 2", at=AT)
        with pytest.raises(ZoneCodeTaken):
            tenancy.add_zone(place.site, code="B", name="Lantai 3", at=AT)
        with pytest.raises(ZoneCodeTaken):
            places.describe_zone(second, code="A", name="Lantai 2", reason="x", at=AT)

        places.end_zone(second, reason="Disatukan", at=AT)
        third = tenancy.add_zone(place.site, code="B", name="Lantai 3", at=AT)

        assert set(Zone.objects.in_use()) == {place.zone, third}
        with pytest.raises(IntegrityError), transaction.atomic():
            Zone.objects.filter(pk=second.pk).update(retired_at=None)


@pytest.mark.django_db
def test_nothing_ends_while_devices_stand_there() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        other = tenancy.add_site(place.mall, name="Pos", kind=Site.Kind.OUTPOST, at=AT)
        zone = tenancy.add_zone(other, code="A", name="Pos", at=AT)
        device, _token = tenancy.register_device(other, kind=Device.Kind.KIOSK, name="Kios", zone=zone, at=AT)

        with pytest.raises(StillInUse, match="Kios"):
            places.end_zone(zone, reason="x", at=AT)
        with pytest.raises(StillInUse, match="Kios"):
            places.end_site(other, reason="x", at=AT)
        with pytest.raises(ReasonMissing):
            places.end_site(other, reason=" ", at=AT)
        tenancy.revoke_device(device, at=AT)
        places.end_site(other, reason="Sewa habis", at=AT)

        assert set(Site.objects.in_use()) == {place.site}
        with pytest.raises(SiteEnded):
            tenancy.add_zone(other, code="B", name="B", at=AT)
        with pytest.raises(StillInUse):
            places.end_site(place.site, reason="x", at=AT)


@pytest.mark.usefixtures("committed")
def test_two_managers_at_once_make_one_zone() -> None:
    place = make.place()

    def add(number: int) -> str:
        try:
            with wall.inside(place.mall.pk):
                tenancy.add_zone(place.site, code="Z", name=f"Zona {number}", at=AT)
            return "added"
        except ZoneCodeTaken:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, range(4))) == ["added", "refused", "refused", "refused"]


@pytest.mark.django_db
def test_no_device_is_put_where_a_place_has_ended() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        over = tenancy.add_zone(place.site, code="B", name="Lantai 2", at=AT)
        other = tenancy.add_site(place.mall, name="Pos", kind=Site.Kind.OUTPOST, at=AT)
        board, _token = tenancy.register_device(
            place.site, kind=Device.Kind.BOARD, name="Papan", zone=place.zone, at=AT
        )  # fmt: skip
        places.end_zone(over, reason="Disatukan", at=AT)
        places.end_site(other, reason="Sewa habis", at=AT)

        with pytest.raises(ZoneEnded):
            devices.move_device(board, over, reason="x", at=AT)
        with pytest.raises(ZoneEnded):
            tenancy.register_device(place.site, kind=Device.Kind.BOARD, name="Papan 2", zone=over, at=AT)
        with pytest.raises(SiteEnded):
            tenancy.register_device(other, kind=Device.Kind.KIOSK, name="Kios", at=AT)

        assert list(Device.objects.values_list("name", "zone")) == [("Papan", place.zone.pk)]


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("is_new", [True, False], ids=["registered", "moved"])
def test_a_zone_ends_or_gets_a_device_never_both(is_new: bool) -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        zone = tenancy.add_zone(place.site, code="B", name="Lantai 2", at=AT)
        board, _token = tenancy.register_device(
            place.site, kind=Device.Kind.BOARD, name="Papan", zone=place.zone, at=AT
        )  # fmt: skip
    outcomes: list[str] = []

    def end() -> None:
        try:
            with wall.inside(place.mall.pk):
                places.end_zone(zone, reason="x", at=AT)
            outcomes.append("done")
        except StillInUse:
            outcomes.append("refused")

    def put() -> None:
        try:
            with wall.inside(place.mall.pk):
                if is_new:
                    tenancy.register_device(place.site, kind=Device.Kind.BOARD, name="Baru", zone=zone, at=AT)
                else:
                    devices.move_device(board, zone, reason="x", at=AT)
            outcomes.append("done")
        except ZoneEnded:
            outcomes.append("refused")

    together([end, put])

    assert sorted(outcomes) == ["done", "refused"]
