"""The buttons for help and security, from a counter and from the desk."""

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import founding
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import client as make_client
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed
from pendopo.queues.actions import helping
from pendopo.queues.models import HelpCall
from pendopo.queues.queries import receptions
from pendopo.queues.queries.halls import open_help_calls
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


def ring(hall: Hall, actor: Actor, **sent: object) -> Client:
    client = make_client(actor)
    client.post(f"/m/{hall.mall.slug}/help/", {"kind": "help", "counter": hall.counter.pk} | sent)
    return client


def calls(hall: Hall) -> list[HelpCall]:
    with wall.inside(hall.mall.pk):
        return list(HelpCall.objects.select_related("zone").order_by("pk"))


def test_an_officer_rings_from_the_counter_and_stays_on_the_page() -> None:
    hall = make.hall()
    back = f"/m/{hall.mall.slug}/counters/{hall.counter.pk}/"

    response = make_client(hall.officer).post(
        f"/m/{hall.mall.slug}/help/",
        {"kind": "security", "counter": hall.counter.pk, "back": back, "note": "Ada keributan"},
    )

    assert (response.status_code, response["Location"]) == (302, back)
    (call,) = calls(hall)
    assert (call.kind, call.counter_id, call.zone, call.note) == (
        HelpCall.Kind.SECURITY, hall.counter.pk, hall.place.zone, "Ada keributan",
    )  # fmt: skip
    assert call.asked_by_id == hall.officer.account_id
    with wall.inside(hall.mall.pk):
        assert Entry.objects.filter(action="help.security").count() == 1


def test_pressed_twice_is_one_call_and_security_is_another() -> None:
    hall = make.hall()
    for kind in ("help", "help", "security"):
        ring(hall, hall.officer, kind=kind)

    assert [call.kind for call in calls(hall)] == ["help", "security"]


def test_the_page_that_is_gone_back_to_is_ours() -> None:
    hall = make.hall()

    for page in ("https://example.org/", "//example.org/", "javascript:alert(1)", ""):
        sent = {"kind": "help", "counter": hall.counter.pk, "back": page}
        response = make_client(hall.officer).post(f"/m/{hall.mall.slug}/help/", sent)
        assert response["Location"] == f"/m/{hall.mall.slug}/counters/"


def test_nobody_rings_from_another_agencys_counter() -> None:
    hall = make.hall()
    with wall.inside(hall.mall.pk):
        at = timezone.now()
        agency = founding.add_agency(hall.mall, code="BPN", name="Pertanahan", short_name="BPN", at=at)
    stranger = agencies.staff(hall.mall, Role.OFFICER, agency=agency)

    response = make_client(stranger).post(f"/m/{hall.mall.slug}/help/", {"kind": "help", "counter": hall.counter.pk})

    assert response.status_code == 403
    with wall.inside(hall.mall.pk), pytest.raises(NotAllowed):
        helping.call_help(hall.place.zone, HelpCall.Kind.HELP, counter=hall.counter, by=stranger, at=timezone.now())
    assert calls(hall) == []


def test_what_is_no_call_is_refused() -> None:
    hall = make.hall()
    client = make_client(hall.officer)

    for sent in ({}, {"kind": "pizza"}, {"kind": "help", "counter": "x"}, {"kind": "help", "note": "a" * 81}):
        assert client.post(f"/m/{hall.mall.slug}/help/", sent).status_code == 422
    assert client.post(f"/m/{hall.mall.slug}/help/", {"kind": "help", "counter": 2**60}).status_code == 404
    assert calls(hall) == []


def test_the_desk_rings_without_a_counter() -> None:
    hall = make.hall()
    desk = agencies.staff(hall.mall, Role.OFFICER)
    client = make_client(desk)
    page = f"/m/{hall.mall.slug}/reception/"

    answer = client.post(f"/m/{hall.mall.slug}/help/", {"kind": "help", "back": page})

    assert answer["Location"] == page
    (call,) = calls(hall)
    assert (call.counter_id, call.zone) == (None, hall.place.zone)
    assert "menunggu yang datang" in client.get(page).content.decode()


def test_somebody_goes_and_the_call_is_closed_once() -> None:
    hall = make.hall()
    ring(hall, hall.officer)
    manager, head = agencies.staff(hall.mall, Role.MANAGER), agencies.staff(hall.mall, Role.HEAD)
    (call,) = calls(hall)
    with wall.inside(hall.mall.pk):
        assert open_help_calls(hall.mall) == [call]
        assert receptions.own_help_calls(hall.mall, by=hall.officer, counter=hall.counter) == [call]

    for goes in (manager, head):
        response = make_client(goes).post(f"/m/{hall.mall.slug}/help/answer/", {"call": call.pk})
        assert response.status_code == 302

    (call,) = calls(hall)
    assert call.answered_at is not None
    assert call.answered_by_id == manager.account_id
    with wall.inside(hall.mall.pk):
        assert open_help_calls(hall.mall) == []
        assert Entry.objects.filter(action="help.answered").count() == 1
    # Whoever needs help again rings again.
    ring(hall, hall.officer)
    assert len(calls(hall)) == 2


def test_a_call_that_does_not_exist_is_not_answered() -> None:
    hall = make.hall()
    client = make_client(hall.officer)

    assert client.post(f"/m/{hall.mall.slug}/help/answer/", {"call": 2**60}).status_code == 404
    assert client.post(f"/m/{hall.mall.slug}/help/answer/", {"call": "x"}).status_code == 422


def test_only_staff_answers() -> None:
    hall = make.hall()
    ring(hall, hall.officer)
    (call,) = calls(hall)

    with wall.inside(hall.mall.pk), pytest.raises(NotAllowed):
        helping.answer_help(call, by=Actor(mall=hall.mall), at=timezone.now())

    assert calls(hall)[0].answered_at is None
