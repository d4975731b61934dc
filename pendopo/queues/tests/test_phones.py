"""One live ticket a phone and queue: by the page, by the API, and whatever races."""

import json
from threading import Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from pendopo.audit.models import Entry
from pendopo.catalogue.actions import writing
from pendopo.kernel.phones import PHONE_COOKIE
from pendopo.queues.actions import calling, forwarding, lines, returning, serving, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.errors import AlreadyWaiting
from pendopo.queues.models import Event, Period, Series, Ticket, Visit
from pendopo.queues.queries.phones import holder_of
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import Origin, State
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device


def press(client: Client, hall: Hall) -> str:
    """Take a number by the page and return where the phone is sent."""
    sent = {"service": hall.service.code, "id": str(uuid4()), "origin": "phone"}
    response = client.post(f"/m/{hall.mall.slug}/tickets/", sent)
    assert response.status_code == 302
    return response.headers["Location"]


def phone(hall: Hall) -> Client:
    """A browser that has looked at the service's page."""
    client = Client()
    client.get(f"/m/{hall.mall.slug}/services/{hall.service.code}/")
    return client


def take(hall: Hall, holder: str) -> taking.Taken:
    return taking.take(
        hall.mall,
        hall.service.code,
        origin=Origin.PHONE,
        request_id=uuid4(),
        by=Caller(holder=holder),
        at=timezone.now(),
    )


def rows(hall: Hall) -> tuple[int, ...]:
    with wall.inside(hall.mall.pk):
        counted = [model.objects.count() for model in (Ticket, Visit, Period, Entry)]
        last = sum(Series.objects.values_list("last", flat=True))
    return (*counted, last, Event.objects.filter(mall=hall.mall).count())


@pytest.mark.django_db
def test_a_phone_that_waits_is_shown_its_number_again_with_words() -> None:
    hall = make.hall()
    client = phone(hall)
    first = press(client, hall)
    before = rows(hall)

    again = press(client, hall)
    page = client.get(again)

    assert again == first
    assert "sudah memegang nomor A-001" in page.content.decode()
    assert rows(hall) == before


@pytest.mark.django_db
def test_another_phone_and_the_same_one_after_its_turn_take_a_number() -> None:
    hall = make.hall()
    mine, other = phone(hall), phone(hall)
    first = press(mine, hall)
    assert press(other, hall) != first
    mine.post(first + "cancellation/")

    assert press(mine, hall) != first
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get(number=1).holder == ""


@pytest.mark.django_db
def test_the_key_is_random_and_kept_from_scripts_and_from_the_database() -> None:
    hall = make.hall()
    client, other = phone(hall), phone(hall)
    press(client, hall)
    cookie = client.cookies[PHONE_COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie.value != other.cookies[PHONE_COOKIE].value
    with wall.inside(hall.mall.pk):
        kept = Ticket.objects.get().holder
    assert kept == holder_of(phone_key=cookie.value)
    assert cookie.value not in kept
    assert "kunci acak" in client.get(f"/m/{hall.mall.slug}/services/{hall.service.code}/").content.decode()


@pytest.mark.django_db
def test_the_api_refuses_a_second_number_of_an_app_and_repeats_the_first() -> None:
    hall = make.hall()
    body = {"service": hall.service.code, "origin": "phone", "id": str(uuid4()), "phone": str(uuid4())}
    path = f"/api/v1/malls/{hall.mall.slug}/tickets"
    first = Client().post(path, json.dumps(body), content_type="application/json")
    before = rows(hall)

    refused = Client().post(path, json.dumps(body | {"id": str(uuid4())}), content_type="application/json")
    repeated = Client().post(path, json.dumps(body), content_type="application/json")

    assert (first.status_code, refused.status_code, repeated.status_code) == (201, 409, 200)
    assert refused.json()["code"] == "already_waiting"
    assert "A-001" in refused.json()["detail"]
    assert first.json()["key"] not in refused.content.decode()
    assert repeated.json()["key"] == first.json()["key"]
    assert rows(hall) == before


@pytest.mark.django_db
def test_a_kiosk_of_the_hall_serves_many_people() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        _device, token = tenancy.register_device(
            hall.place.site, kind=Device.Kind.KIOSK, name="Kios", at=timezone.now(), zone=hall.place.zone
        )
    client = phone(hall)
    client.cookies["pendopo_device"] = token

    assert press(client, hall) != press(client, hall)
    with wall.inside(hall.mall.pk):
        assert set(Ticket.objects.values_list("holder", flat=True)) == {""}


@pytest.mark.django_db
def test_the_desk_serves_many_people() -> None:
    hall = make.hall()
    by = Caller(account_id=hall.officer.account_id, holder=holder_of(account_id=hall.officer.account_id))

    for _person in range(2):
        taking.take(hall.mall, hall.service.code, origin=Origin.DESK, request_id=uuid4(), by=by, at=timezone.now())

    with wall.inside(hall.mall.pk):
        assert Ticket.objects.filter(holder="").count() == 2


@pytest.mark.django_db
def test_a_page_that_only_calls_itself_a_kiosk_is_a_phone() -> None:
    hall = make.hall()
    client = phone(hall)
    first = press(client, hall)
    before = rows(hall)

    sent = {"service": hall.service.code, "id": str(uuid4())}
    response = client.post(f"/m/{hall.mall.slug}/kiosk/tickets/", sent)
    page = client.get(response.headers["Location"])

    assert first.strip("/").split("/")[-1] in response.headers["Location"]
    assert "sudah memegang nomor" in page.content.decode()
    assert rows(hall) == before


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_live_ticket() -> None:
    hall = make.hall()
    take(hall, "a" * 32)
    other = take(hall, "b" * 32)

    with (
        wall.inside(hall.mall.pk),
        pytest.raises(IntegrityError, match="one_live_ticket_a_phone"),
        transaction.atomic(),
    ):
        Ticket.objects.filter(pk=other.id).update(holder="a" * 32)


@pytest.mark.django_db
def test_a_missed_number_does_not_come_back_beside_a_newer_one() -> None:
    hall = make.hall()
    missed_key = take(hall, "a" * 32).key
    with wall.inside(hall.mall.pk):
        from_queue = calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        assert from_queue
        missed = serving.mark_absent(Ticket.objects.get(key=missed_key), by=hall.officer, at=timezone.now())
    take(hall, "a" * 32)
    before = rows(hall)

    with wall.inside(hall.mall.pk), pytest.raises(AlreadyWaiting, match="A-002"), transaction.atomic():
        returning.come_back(missed, by=hall.officer, at=timezone.now())

    assert rows(hall) == before
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get(key=missed_key).state == State.ABSENT


@pytest.mark.django_db
def test_whoever_is_sent_on_keeps_the_one_number_of_the_phone() -> None:
    hall = make.hall()
    key = take(hall, "a" * 32).key
    with wall.inside(hall.mall.pk):
        to = lines.open_queue(hall.place.zone, code="B", name="Lain", services=[], at=timezone.now())
        other = writing.write_service(hall.place.agency, name="Akta", at=timezone.now())
        writing.offer(other, hall.place.outlet, at=timezone.now())
        lines.extend_queue(to, [other], at=timezone.now())
        assert calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())
        ticket = Ticket.objects.get(key=key)
        variant = other.variants.get()
        forwarding.forward(ticket, to=to, variant=variant, by=hall.officer, at=timezone.now())

        assert Ticket.objects.get(key=key).holder == "a" * 32
        assert Ticket.objects.get(pk=ticket.pk).holder == ""

    with pytest.raises(AlreadyWaiting, match="B-001"):
        taking.take(
            hall.mall,
            other.code,
            origin=Origin.PHONE,
            request_id=uuid4(),
            by=Caller(holder="a" * 32),
            at=timezone.now(),
        )


@pytest.mark.usefixtures("committed")
def test_sixteen_tabs_at_once_get_one_number() -> None:
    hall = make.hall()
    cookie = phone(hall).cookies[PHONE_COOKIE].value
    went: list[str] = []

    def tab() -> None:
        client = Client()
        client.cookies[PHONE_COOKIE] = cookie
        try:
            went.append(press(client, hall))
        finally:
            connection.close()

    tabs = [Thread(target=tab) for _one in range(16)]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()

    assert len(went) == 16
    assert len(set(went)) == 1
    with wall.inside(hall.mall.pk):
        assert (Ticket.objects.count(), Visit.objects.count(), Series.objects.get().last) == (1, 1, 1)
