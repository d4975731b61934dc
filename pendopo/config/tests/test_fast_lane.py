"""The fast lane says what the ordinary door would say, and leaves to it whatever is odd."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from django.test import RequestFactory
from django.utils import timezone

from pendopo.agencies.actions import memberships
from pendopo.config import fast_lane
from pendopo.config.wsgi import application, operations
from pendopo.queues.models import Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.tenancy import actions as tenancy
from pendopo.tenancy import wall
from pendopo.tenancy.models import Device

# Each door looks for a broken connection first, and takes the one of a test's transaction for one.
pytestmark = pytest.mark.usefixtures("committed")


type Door = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes] | None]


@dataclass(frozen=True)
class Said:
    """An answer: its status, what it holds, and its headers."""

    status: int
    holds: object
    headers: dict[str, str]


@dataclass
class Doors:
    """One hall, and both ways into it."""

    hall: Hall
    officer: str
    kiosk: str

    def fast(self, path: str, body: bytes, **headers: str) -> Said | None:
        """Try the fast lane alone."""
        return self._ask(fast_lane.answer, path, body, headers)

    def ordinary(self, path: str, body: bytes, **headers: str) -> Said:
        """Go through the framework."""
        said = self._ask(operations.answer, path, body, headers)
        assert said
        return said

    def whole(self, path: str, body: bytes, **headers: str) -> Said:
        """Go in where the world comes in."""
        said = self._ask(application, path, body, headers)
        assert said
        return said

    def _ask(
        self, door: Callable[..., Iterable[bytes] | None], path: str, body: bytes, headers: dict[str, str]
    ) -> Said | None:
        environ = RequestFactory().generic("POST", path, body, content_type="application/json").environ
        # A socket has no end: who reads more than was sent waits for ever.
        environ |= {"wsgi.input": BytesIO(body + b"beyond"), "CONTENT_LENGTH": str(len(body)), **headers}
        begun: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_rest: object) -> Callable[[bytes], object]:
            begun.append((status, headers))
            return lambda _written: None

        answer = door(environ, start_response)
        if answer is None:
            return None
        ((status, answered),) = begun
        content = b"".join(answer)
        told = {name: value for name, value in answered if content or name != "Content-Type"}
        return Said(int(status[:3]), json.loads(content) if content else None, told)


@pytest.fixture
def doors(committed: None) -> Doors:
    hall = make.hall()
    assert hall.officer.account
    with wall.inside(hall.mall.pk):
        at = timezone.now()
        token = memberships.create_token(hall.officer.account, hall.mall, at=at)
        _device, kiosk = tenancy.register_device(hall.place.site, kind=Device.Kind.KIOSK, name="Kios 1", at=at)
    return Doors(hall, f"Bearer {token}", f"Bearer {kiosk}")


def tickets(hall: Hall) -> str:
    return f"/api/v1/malls/{hall.mall.slug}/tickets"


def calls(hall: Hall) -> str:
    return f"/api/v1/malls/{hall.mall.slug}/counters/{hall.counter.pk}/calls"


def wish(hall: Hall, **other: str) -> bytes:
    return json.dumps({"service": hall.service.code, "origin": "kiosk", "id": str(uuid4())} | other).encode()


def test_a_ticket_and_its_repetition_are_the_same_through_both_doors(doors: Doors) -> None:
    path, body = tickets(doors.hall), wish(doors.hall)

    first = doors.fast(path, body, HTTP_AUTHORIZATION=doors.kiosk)
    again = doors.fast(path, body, HTTP_AUTHORIZATION=doors.kiosk)
    ordinary = doors.ordinary(path, body, HTTP_AUTHORIZATION=doors.kiosk)

    assert first
    assert again
    assert (first.status, again.status, ordinary.status) == (201, 200, 200)
    assert first.holds == again.holds == ordinary.holds
    assert again.headers == ordinary.headers
    with wall.inside(doors.hall.mall.pk):
        assert Ticket.objects.count() == 1


def test_a_phone_needs_no_token(doors: Doors) -> None:
    said = doors.fast(tickets(doors.hall), wish(doors.hall, origin="phone"))

    assert said
    assert said.status == 201


def test_a_call_is_the_same_through_both_doors_also_when_nobody_waits(doors: Doors) -> None:
    make.taken(doors.hall)
    body = json.dumps({"id": str(uuid4())}).encode()

    first = doors.fast(calls(doors.hall), body, HTTP_AUTHORIZATION=doors.officer)
    again = doors.ordinary(calls(doors.hall), body, HTTP_AUTHORIZATION=doors.officer)

    assert first == again
    assert first.status == 200


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_an_empty_hall_answers_with_nothing(doors: Doors, body: bytes) -> None:
    fast = doors.fast(calls(doors.hall), body, HTTP_AUTHORIZATION=doors.officer)
    ordinary = doors.ordinary(calls(doors.hall), body, HTTP_AUTHORIZATION=doors.officer)

    assert fast == ordinary
    assert fast.status == 204


REFUSED: dict[str, tuple[int, Callable[[Doors], tuple[str, bytes, dict[str, str]]]]] = {
    "kiosk without a token": (401, lambda d: (tickets(d.hall), wish(d.hall), {})),
    "forged token": (401, lambda d: (tickets(d.hall), wish(d.hall), {"HTTP_AUTHORIZATION": d.kiosk + "x"})),
    "no bearer": (401, lambda d: (tickets(d.hall), wish(d.hall), {"HTTP_AUTHORIZATION": "Basic eA=="})),
    "unknown mall": (404, lambda d: ("/api/v1/malls/nowhere/tickets", wish(d.hall), {})),
    "unknown service": (404, lambda d: (tickets(d.hall), wish(d.hall, origin="phone", service="NIHIL"), {})),
    "wrong shape": (422, lambda d: (tickets(d.hall), wish(d.hall, id="7"), {"HTTP_AUTHORIZATION": d.kiosk})),
    "no JSON": (400, lambda d: (tickets(d.hall), b"{", {"HTTP_AUTHORIZATION": d.kiosk})),
    "strange host": (400, lambda d: (tickets(d.hall), wish(d.hall, origin="phone"), {"HTTP_HOST": "evil.test"})),
    "call without a token": (401, lambda d: (calls(d.hall), b"", {})),
    "call at no counter": (
        404,
        lambda d: (
            calls(d.hall).replace(f"/{d.hall.counter.pk}/", "/987654321/"),
            b"",
            {"HTTP_AUTHORIZATION": d.officer},
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_odd_is_left_to_the_ordinary_door_which_finds_all_of_it(doors: Doors, name: str) -> None:
    status, odd = REFUSED[name]
    path, body, headers = odd(doors)

    assert doors.fast(path, body, **headers) is None
    assert doors.whole(path, body, **headers) == doors.ordinary(path, body, **headers)
    assert doors.whole(path, body, **headers).status == status
    with wall.inside(doors.hall.mall.pk):
        assert not Ticket.objects.exists()


def test_a_used_number_with_another_body_is_refused_in_words(doors: Doors) -> None:
    number = str(uuid4())
    doors.fast(tickets(doors.hall), wish(doors.hall, id=number), HTTP_AUTHORIZATION=doors.kiosk)

    said = doors.whole(tickets(doors.hall), wish(doors.hall, id=number, origin="phone"))

    assert said.status == 409
    assert isinstance(said.holds, dict)
    assert said.holds["code"] == "id_reused"


@pytest.mark.parametrize("length", ["", "x", "5000", "-1"])
def test_a_body_of_no_or_great_length_is_not_read(doors: Doors, length: str) -> None:
    assert doors.fast(tickets(doors.hall), wish(doors.hall, origin="phone"), CONTENT_LENGTH=length) is None


def test_another_method_is_none_of_its_business(doors: Doors) -> None:
    assert doors.fast(tickets(doors.hall), wish(doors.hall, origin="phone"), REQUEST_METHOD="GET") is None


def test_a_browser_with_cookies_goes_by_the_ordinary_door(doors: Doors) -> None:
    assert doors.fast(tickets(doors.hall), wish(doors.hall, origin="phone"), HTTP_COOKIE="a=b") is None
