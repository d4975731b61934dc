"""Boards and kiosks as devices of the hall."""

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.queues.models import Visit
from pendopo.queues.queries.halls import silent_devices
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

pytestmark = pytest.mark.django_db


def kiosk(hall: Hall) -> tuple[Device, str]:
    with wall.inside(hall.mall.pk):
        return tenancy.register_device(hall.place.site, kind=Device.Kind.KIOSK, name="Kios 1", at=timezone.now())


def at_kiosk(hall: Hall, token: str) -> Client:
    client = Client()
    answer = client.post(f"/m/{hall.mall.slug}/device/", {"token": token})
    assert answer.status_code == 302
    return client


def test_a_registered_browser_is_a_kiosk_and_beats() -> None:
    hall = make.hall()
    _device, token = kiosk(hall)
    client = at_kiosk(hall, token)
    with wall.inside(hall.mall.pk):
        assert [device.name for device in silent_devices(hall.mall, timezone.now())] == ["Kios 1"]

    assert "data-heartbeat" in client.get(f"/m/{hall.mall.slug}/kiosk/").content.decode()
    assert client.post(f"/m/{hall.mall.slug}/device/heartbeat/").status_code == 204

    with wall.inside(hall.mall.pk):
        assert silent_devices(hall.mall, timezone.now()) == []


def test_only_a_kiosk_counts_as_one() -> None:
    hall = make.hall()
    _device, token = kiosk(hall)
    order = {"service": hall.service.code, "id": "0b1e0c52-7a7e-4a53-9c5a-2f6f3b0f5a01"}

    answer = at_kiosk(hall, token).post(f"/m/{hall.mall.slug}/kiosk/tickets/", order)
    order["id"] = "0b1e0c52-7a7e-4a53-9c5a-2f6f3b0f5a02"
    pretender = Client().post(f"/m/{hall.mall.slug}/kiosk/tickets/", order)

    assert "/kiosk/t/" in answer["Location"]
    assert pretender.status_code == 302
    with wall.inside(hall.mall.pk):
        assert list(Visit.objects.order_by("pk").values_list("origin", flat=True)) == ["kiosk", "phone"]


def test_a_device_out_of_service_is_nobody() -> None:
    hall = make.hall()
    device, token = kiosk(hall)
    client = at_kiosk(hall, token)
    with wall.inside(hall.mall.pk):
        tenancy.revoke_device(device, at=timezone.now())

    assert client.post(f"/m/{hall.mall.slug}/device/heartbeat/").status_code in {401, 403}
    assert client.post(f"/m/{hall.mall.slug}/device/", {"token": token}).status_code == 422
    assert client.get(f"/m/{hall.mall.slug}/kiosk/").status_code == 200


def test_the_board_shows_the_last_calls_without_scripts() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        ticket = make.called(hall)

    page = Client().get(f"/m/{hall.mall.slug}/board/").content.decode()

    assert ticket.number_text in page
    assert Client().get(f"/m/{hall.mall.slug}/board/?zone=Z9").status_code == 404
