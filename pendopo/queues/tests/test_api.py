"""The ticket's way through the API, and what the API refuses."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.agencies.models import ApiToken
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.queues.models import HallRules, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import State
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


class Api:
    """A program that talks to one mall, with or without a token."""

    def __init__(self, hall: Hall, token: str = "") -> None:
        self.client = Client(headers={"authorization": f"Bearer {token}"} if token else None)
        self.base = f"/api/v1/malls/{hall.mall.slug}"

    def send(self, method: str, path: str, body: object = None) -> tuple[int, dict[str, object]]:
        """Send JSON, return status and JSON."""
        data = "" if body is None else json.dumps(body)
        response = self.client.generic(method, self.base + path, data, content_type="application/json")
        return response.status_code, json.loads(response.content or "{}")


def officer(hall: Hall) -> Api:
    assert hall.officer.account
    with wall.inside(hall.mall.pk):
        return Api(hall, memberships.create_token(hall.officer.account, hall.mall, at=timezone.now()))


def ticket_in(hall: Hall, **other: str) -> dict[str, str]:
    return {"service": hall.service.code, "origin": "phone", "id": str(uuid4())} | other


def test_a_ticket_goes_its_whole_way() -> None:
    hall = make.hall()
    citizen, desk = Api(hall), officer(hall)

    status, ticket = citizen.send("POST", "/tickets", ticket_in(hall))
    assert (status, ticket["number"], ticket["state"], ticket["ahead"]) == (201, "A-001", "waiting", 0)
    assert str(ticket["url"]).endswith(f"/m/{hall.mall.slug}/t/{ticket['key']}/")

    status, called = desk.send("POST", f"/counters/{hall.counter.pk}/calls")
    assert (status, called["id"], called["state"]) == (200, ticket["id"], "called")
    assert "key" not in called
    assert citizen.send("GET", "/board")[1]["calls"][0]["number"] == "A-001"  # type: ignore[index]
    with wall.inside(hall.mall.pk):
        rules = HallRules.objects.create(mall=hall.mall, recall_gap_seconds=30)
    too_soon = desk.send("PUT", f"/tickets/{called['id']}/recall")
    assert (too_soon[0], too_soon[1]["code"]) == (409, "called_too_soon")
    with wall.inside(hall.mall.pk):
        rules.delete()
    assert desk.send("PUT", f"/tickets/{called['id']}/recall")[1]["calls"] == 2
    assert desk.send("PUT", f"/tickets/{called['id']}/service")[1]["state"] == "serving"
    assert desk.send("PUT", f"/tickets/{called['id']}/completion", {"outcome": "done"})[1]["outcome"] == "done"
    assert desk.send("POST", f"/counters/{hall.counter.pk}/calls")[0] == 204

    assert citizen.send("GET", f"/tickets/{ticket['key']}")[1]["state"] == "completed"
    assert citizen.send("POST", f"/tickets/{ticket['key']}/rating", {"score": 4})[0] == 201
    assert citizen.send("POST", f"/tickets/{ticket['key']}/rating", {"score": 4})[0] == 200
    assert citizen.send("POST", f"/tickets/{ticket['key']}/rating", {"score": 1})[0] == 409


def test_the_same_id_gets_the_same_ticket_and_another_body_none() -> None:
    hall = make.hall()
    body = ticket_in(hall)

    first = Api(hall).send("POST", "/tickets", body)
    again = Api(hall).send("POST", "/tickets", body)
    other = Api(hall).send("POST", "/tickets", body | {"service": "LAIN-001"})

    assert (first[0], again[0]) == (201, 200)
    assert first[1] == again[1]
    assert (other[0], other[1]["code"]) == (409, "id_reused")
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.count() == 1


def test_the_id_alone_opens_nothing() -> None:
    hall = make.hall()
    body = ticket_in(hall)
    ticket = Api(hall).send("POST", "/tickets", body)[1]

    assert Api(hall).send("GET", f"/tickets/{ticket['id']}")[0] == 404
    assert Api(hall).send("GET", f"/tickets/{body['id']}")[0] == 404
    assert Api(hall).send("PUT", f"/tickets/{ticket['id']}/cancellation")[0] == 404
    assert officer(hall).send("GET", f"/tickets/{body['id']}")[1]["id"] == ticket["id"]
    assert Api(hall).send("PUT", f"/tickets/{ticket['id']}/cancellation?key={ticket['key']}")[1]["state"] == "cancelled"


def test_a_kiosk_says_who_it_is() -> None:
    hall = make.hall()

    assert Api(hall).send("POST", "/tickets", ticket_in(hall, origin="kiosk"))[0] == 401
    assert officer(hall).send("POST", "/tickets", ticket_in(hall, origin="kiosk"))[0] == 201


def test_a_revoked_token_ends_at_once() -> None:
    hall = make.hall()
    desk = officer(hall)
    make.taken(hall)
    with wall.inside(hall.mall.pk):
        memberships.revoke_token(ApiToken.objects.get(), at=timezone.now())

    assert desk.send("POST", f"/counters/{hall.counter.pk}/calls")[0] == 401
    assert desk.send("POST", "/tickets", ticket_in(hall))[0] == 401
    assert desk.send("PUT", f"/counters/{hall.counter.pk}/session", {"state": "paused"})[0] == 401
    with wall.inside(hall.mall.pk):
        assert Ticket.objects.get().state == State.WAITING


def test_a_foreign_token_finds_nothing() -> None:
    here, there = make.hall(), make.hall()
    foreigner = officer(there)
    foreigner.base = f"/api/v1/malls/{here.mall.slug}"
    make.taken(here)

    assert foreigner.send("POST", f"/counters/{here.counter.pk}/calls")[0] == 404
    assert foreigner.send("GET", "")[0] == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"service": "X' OR 1=1 --", "origin": "phone", "id": "7d9f5a3e-9d0c-4f6e-8f3e-0d9a3c1b2a10"},
        {"service": "DUKCAPIL-001", "origin": "rocket", "id": "7d9f5a3e-9d0c-4f6e-8f3e-0d9a3c1b2a10"},
        {"service": "DUKCAPIL-001", "origin": "phone", "id": "not a uuid"},
        {"service": ["DUKCAPIL-001"], "origin": "phone", "id": 7},
        [],
        "text",
    ],
)
def test_a_wrong_shape_is_named_and_writes_nothing(body: object) -> None:
    hall = make.hall()

    status, problem = Api(hall).send("POST", "/tickets", body)

    assert (status, problem["code"]) == (422, "not_understood")
    with wall.inside(hall.mall.pk):
        assert not Ticket.objects.exists()


def test_what_is_not_json_and_what_is_unknown() -> None:
    hall = make.hall()
    url = f"/api/v1/malls/{hall.mall.slug}/tickets"

    broken = Client().post(url, "{", content_type="application/json")
    unknown = Client().get("/api/v1/malls/tidak-ada")
    service = Api(hall).send("POST", "/tickets", ticket_in(hall, service="TIDAK-ADA"))

    assert (broken.status_code, unknown.status_code) == (400, 404)
    assert (service[0], service[1]["code"]) == (404, "service_unknown")


def test_an_officer_opens_pauses_and_closes() -> None:
    hall = make.hall()
    desk = officer(hall)
    path = f"/counters/{hall.counter.pk}/session"

    assert desk.send("PUT", path, {"state": "paused"})[1]["code"] == "reason_missing"
    bodies = ({"state": "paused", "reason": "lunch"}, {"state": "open"}, {"state": "closed", "reason": "Sakit"})
    states = [desk.send("PUT", path, body)[1]["state"] for body in bodies]

    assert states == ["paused", "open", "closed"]
    assert desk.send("POST", f"/counters/{hall.counter.pk}/calls")[1]["code"] == "counter_not_open"
    assert Api(hall).send("PUT", path, {"state": "open"})[0] == 401
    stranger = make_agencies.staff(hall.mall, agency=None, role=Role.BACK_OFFICE)
    assert stranger.account
    with wall.inside(hall.mall.pk):
        token = memberships.create_token(stranger.account, hall.mall, at=timezone.now())
    assert Api(hall, token).send("PUT", path, {"state": "open"})[0] == 403
