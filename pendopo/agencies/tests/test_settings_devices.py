"""Devices as the manager decides them: registered, moved, speaking, printing, revoked."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from pendopo.agencies.queries import sites as shown
from pendopo.agencies.tests import make
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.actions import devices as acts
from pendopo.tenancy.errors import DeviceRevoked
from pendopo.tenancy.models import Device, Zone

pytestmark = pytest.mark.django_db

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)


def client(place: Place, role: Role = Role.MANAGER) -> Client:
    return make.client(make.staff(place.mall, role))


def path(place: Place, page: str) -> str:
    return f"/m/{place.mall.slug}/settings/devices/{page}"


def device(place: Place, kind: str = Device.Kind.BOARD, name: str = "Papan") -> Device:
    with wall.inside(place.mall.pk):
        return tenancy.register_device(place.site, kind=kind, name=name, zone=place.zone, at=AT)[0]


def now(place: Place, device: Device) -> Device:
    with wall.inside(place.mall.pk):
        return Device.objects.select_related("zone").get(pk=device.pk)


def test_a_registered_device_shows_its_token_once_and_the_token_works() -> None:
    place = make.place()
    manager = client(place)
    form = {"kind": "kiosk", "name": "Kios utara", "zone": place.zone.pk, "reason": "Pintu baru"}

    page = manager.post(path(place, "new/"), form)

    found = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page.content.decode())
    assert found
    token = found[1].strip()
    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "<svg" in page.content.decode()
    assert f"http://testserver/m/{place.mall.slug}/device/" in page.content.decode()
    put_up = Client().post(f"/m/{place.mall.slug}/device/", {"token": token})
    assert put_up.status_code == 302
    with wall.inside(place.mall.pk):
        made = Device.objects.get(name="Kios utara")
        entry = Entry.objects.get(action="device.registered", subject=f"device:{made.pk}")
    assert entry.reason == "Pintu baru"
    for other in ("", f"{made.pk}/", "list.csv"):
        assert token not in manager.get(path(place, other)).content.decode()


def test_the_token_stands_in_no_log_and_no_audit(caplog: pytest.LogCaptureFixture) -> None:
    place = make.place()
    form = {"kind": "board", "name": "Papan", "zone": place.zone.pk, "reason": "Baru"}

    page = client(place).post(path(place, "new/"), form).content.decode()

    found = re.search(r"<textarea[^>]*>([^<]+)</textarea>", page)
    assert found
    assert found[1].strip() not in caplog.text
    with wall.inside(place.mall.pk):
        assert not Entry.objects.filter(reason__contains=found[1].strip()[:20]).exists()


def test_a_device_moves_and_is_silent_where_it_comes() -> None:
    place = make.place()
    board = device(place)
    with wall.inside(place.mall.pk):
        tenancy.let_speak(board, at=AT)
        second = tenancy.add_zone(place.site, code="B", name="Lantai 2", at=AT)

    told = client(place).post(path(place, f"{board.pk}/zone/"), {"zone": second.pk, "reason": "Renovasi"})

    assert told.status_code == 302
    moved = now(place, board)
    assert (moved.zone_id, moved.speaks) == (second.pk, False)
    with wall.inside(place.mall.pk):
        assert Entry.objects.get(action="device.moved").reason == "Renovasi"


def test_one_device_speaks_in_a_zone_and_can_be_silenced() -> None:
    place = make.place()
    one, other = device(place, name="Papan 1"), device(place, name="Papan 2")
    manager = client(place)

    for board in (one, other):
        manager.post(path(place, f"{board.pk}/voice/"), {"speaks": "yes", "reason": "Lebih dekat"})
    assert [now(place, board).speaks for board in (one, other)] == [False, True]
    manager.post(path(place, f"{other.pk}/voice/"), {"speaks": "no", "reason": "Terlalu keras"})

    assert [now(place, board).speaks for board in (one, other)] == [False, False]
    with wall.inside(place.mall.pk):
        assert Entry.objects.get(action="device.silenced").reason == "Terlalu keras"


def test_a_printer_is_found_by_its_number_only() -> None:
    place = make.place()
    kiosk = device(place, Device.Kind.KIOSK, "Kios")
    manager, address = client(place), path(place, f"{kiosk.pk}/printer/")

    good = manager.post(address, {"address": "10.0.0.5:9100", "paper_mm": "58", "reason": "Kertas kecil"})
    bad = manager.post(address, {"address": "pencetak.lokal", "paper_mm": "80", "reason": "Ganti"})

    assert (good.status_code, bad.status_code) == (302, 422)
    assert "bukan alamat IP pencetak" in bad.content.decode()
    assert (now(place, kiosk).address, now(place, kiosk).paper_mm) == ("10.0.0.5:9100", 58)


def test_a_revoked_device_opens_nothing_and_is_changed_no_more() -> None:
    place = make.place()
    with wall.inside(place.mall.pk):
        kiosk, token = tenancy.register_device(place.site, kind="kiosk", name="Kios", zone=place.zone, at=AT)
    manager = client(place)

    assert manager.post(path(place, f"{kiosk.pk}/revocation/"), {"reason": ""}).status_code == 422
    assert now(place, kiosk).revoked_at is None
    assert manager.post(path(place, f"{kiosk.pk}/revocation/"), {"reason": "Dicuri"}).status_code == 302

    assert Client().post(f"/m/{place.mall.slug}/device/", {"token": token}).status_code == 422
    again = manager.post(path(place, f"{kiosk.pk}/zone/"), {"zone": place.zone.pk, "reason": "x"})
    assert again.status_code == 422
    assert "Dicuri" in manager.get(path(place, f"{kiosk.pk}/")).content.decode()
    with wall.inside(place.mall.pk), pytest.raises(DeviceRevoked):
        acts.silence(kiosk, reason="x", at=AT)
    listed = manager.get(path(place, "?revoked=1")).content.decode()
    assert "Kios" in listed
    assert "Belum ada perangkat." in manager.get(path(place, "")).content.decode()


def test_the_head_decides_nothing_about_devices() -> None:
    place = make.place()
    board = device(place)
    head = client(place, Role.HEAD)
    sent: dict[str, dict[str, object]] = {
        "new/": {"kind": "kiosk", "name": "Kios", "zone": place.zone.pk},
        f"{board.pk}/zone/": {"zone": place.zone.pk},
        f"{board.pk}/voice/": {"speaks": "yes"},
        f"{board.pk}/printer/": {"address": "10.0.0.5", "paper_mm": "80"},
        f"{board.pk}/revocation/": {},
    }

    told = [head.post(path(place, page), body | {"reason": "x"}) for page, body in sent.items()]

    assert [each.status_code for each in told] == [422] * 5
    assert all("Hanya pengelola MPP" in each.content.decode() for each in told)
    with wall.inside(place.mall.pk):
        assert Device.objects.count() == 1
    assert (now(place, board).speaks, now(place, board).revoked_at, now(place, board).address) == (False, None, "")


def test_who_is_silent_is_marked_and_files_say_what_the_page_says() -> None:
    place = make.place()
    heard, silent = device(place, name="Papan A"), device(place, name="Papan B")
    with wall.inside(place.mall.pk):
        tenancy.heartbeat(place.mall, heard.pk, at=AT)
        tenancy.heartbeat(place.mall, silent.pk, at=AT - timedelta(minutes=2))
        states = [each.state for each in shown.devices(place.mall, AT).items]
    manager = client(place)

    page, file = (manager.get(path(place, name)).content.decode() for name in ("", "list.csv"))

    assert states == ["Terdengar", "Tidak terdengar"]
    assert page.count("<tr>") - 1 == len(file.strip().splitlines()) - 1 == 2
    assert manager.get(path(place, "list.xlsx")).status_code == 200


def test_the_list_goes_on_behind_a_page() -> None:
    place = make.place()
    for number in range(7):
        device(place, name=f"Papan {number}")

    with wall.inside(place.mall.pk):
        first = shown.devices(place.mall, AT, size=4)
        second = shown.devices(place.mall, AT, cursor=first.next or "", size=4)

    assert [each.device.name for each in [*first.items, *second.items]] == [f"Papan {n}" for n in range(7)]
    assert second.next is None


def test_another_malls_device_does_not_exist() -> None:
    place, elsewhere = make.place(), make.place()
    board = device(elsewhere)
    with wall.inside(elsewhere.mall.pk):
        zone = Zone.objects.get()

    assert client(place).get(path(place, f"{board.pk}/")).status_code == 404
    form = {"kind": "kiosk", "name": "Kios", "zone": zone.pk, "reason": "x"}
    assert client(place).post(path(place, "new/"), form).status_code == 422
