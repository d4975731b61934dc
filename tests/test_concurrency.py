"""Many at once on one queue: no number twice, no gap, nobody called twice, no deadlock."""

import ssl
import time
from collections import Counter as Counted
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID, uuid4

import httpx
import pytest
from django.db import connection
from django.utils import timezone

from pendopo.agencies.actions import founding, memberships
from pendopo.agencies.models import Counter
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.errors import AnotherBody
from pendopo.queues.actions import calling, lines, serving, sessions, taking
from pendopo.queues.actions.taking import Caller
from pendopo.queues.models import Event, Period, Series, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.crowd import together
from pendopo.queues.tests.make import NOBODY, Hall
from pendopo.queues.types import Origin, SessionState, State
from pendopo.tenancy import wall
from tests import servers

CLIENTS = 32
COUNTERS = 8
TAKES_EACH = 8
# Machines that build are sometimes slow: this says only when to give up.
PATIENCE = 200.0

# Nothing here is encrypted: one context for all, since each takes long to make.
WITHOUT_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

pytestmark = pytest.mark.usefixtures("committed")


@dataclass(frozen=True)
class Desk:
    """A counter of the one queue, and the token of the officer who sits there."""

    counter: Counter
    officer: Actor
    token: str


def desks(hall: Hall) -> list[Desk]:
    """Open more counters for the hall's queue, each with its officer."""
    made = []
    for number in range(2, 2 + COUNTERS):
        officer = make_agencies.staff(hall.mall, Role.OFFICER, agency=hall.place.agency)
        assert officer.account
        with wall.inside(hall.mall.pk):
            at = timezone.now()
            counter = founding.add_counter(hall.place.outlet, zone=hall.place.zone, number=number, at=at)
            lines.assign_counter(counter, [hall.queue], at=at)
            sessions.set_session(counter, SessionState.OPEN, by=officer, at=at)
            made.append(Desk(counter, officer, memberships.create_token(officer.account, hall.mall, at=at)))
    return made


@pytest.fixture(autouse=True)
def no_deadlock(committed: None) -> Iterator[None]:
    before = deadlocks()
    yield
    # A backend reports its figures when it ends or when it has been idle for a moment.
    time.sleep(0.3)
    assert deadlocks() == before


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def judge(hall: Hall, acknowledged: dict[UUID, str], called: list[int]) -> None:
    """Compare the rows with what the clients were told."""
    with wall.inside(hall.mall.pk):
        tickets = list(Ticket.objects.filter(queue=hall.queue).order_by("number"))
        assert [ticket.number for ticket in tickets] == list(range(1, len(tickets) + 1))
        assert Series.objects.get(queue=hall.queue).last == len(tickets)
        assert {ticket.request_id: f"A-{ticket.number:03d}" for ticket in tickets} == acknowledged
        # Whoever was called was called once, to one counter, and nobody was passed over.
        assert len(called) == len(set(called))
        assert {ticket.pk for ticket in tickets if ticket.calls} == set(called)
        assert all(ticket.calls <= 1 for ticket in tickets)
        kinds = Counted(Event.objects.filter(mall=hall.mall, ticket_id__in=called).values_list("kind", flat=True))
        assert kinds["called"] == len(called)
        still_open = Period.objects.filter(mall=hall.mall, ended_at=None).count()
        assert still_open == sum(ticket.is_live for ticket in tickets)


@dataclass
class Crowd:
    """Clients that take tickets and officers who call, serve and complete until nobody is left; all over HTTP."""

    hall: Hall
    url: str
    acknowledged: dict[UUID, str] = field(default_factory=dict)
    called: list[int] = field(default_factory=list)
    statuses: Counted[int] = field(default_factory=Counted)

    @property
    def is_complete(self) -> bool:
        return len(self.acknowledged) >= (CLIENTS - COUNTERS) * TAKES_EACH

    def client(self, token: str = "") -> httpx.Client:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        base = f"{self.url}/api/v1/malls/{self.hall.mall.slug}"
        return httpx.Client(base_url=base, headers=headers, timeout=60, verify=WITHOUT_TLS)

    def take(self) -> None:
        with self.client() as client:
            for _ in range(TAKES_EACH):
                request = uuid4()
                body = {"service": self.hall.service.code, "origin": "phone", "id": str(request)}
                answer = client.post("/tickets", json=body)
                assert answer.status_code == 201, answer.text
                self.acknowledged[request] = answer.json()["number"]

    def work(self, desk: Desk) -> None:
        end = time.monotonic() + PATIENCE
        with self.client(desk.token) as client:
            while time.monotonic() < end:
                over = self.is_complete
                answer = client.post(f"/counters/{desk.counter.pk}/calls", json={"id": str(uuid4())})
                self.statuses[answer.status_code] += 1
                if answer.status_code == 204 and over:
                    return
                if answer.status_code == 204:
                    time.sleep(0.02)
                    continue
                assert answer.status_code == 200, answer.text
                self.serve(client, answer.json()["id"])

    def serve(self, client: httpx.Client, ticket: int) -> None:
        self.called.append(ticket)
        answers = [
            client.put(f"/tickets/{ticket}/service"),
            client.put(f"/tickets/{ticket}/completion", json={"outcome": "done"}),
        ]
        assert [answer.status_code for answer in answers] == [200, 200], [answer.text for answer in answers]


def test_32_clients_take_and_call_over_http_through_two_web_processes() -> None:
    hall = make.hall()
    places = desks(hall)

    with servers.web() as web:
        crowd = Crowd(hall, web.url)
        together([crowd.take] * (CLIENTS - COUNTERS) + [partial(crowd.work, desk) for desk in places])

    assert len(crowd.acknowledged) == len(crowd.called) == (CLIENTS - COUNTERS) * TAKES_EACH
    assert crowd.statuses[200] == len(crowd.called)
    judge(hall, crowd.acknowledged, crowd.called)


def test_one_request_from_many_clients_at_once_is_one_ticket_over_http() -> None:
    hall = make.hall()
    requests = [str(uuid4()) for _ in range(12)]
    answers: list[tuple[str, int, str, str]] = []

    with servers.web() as web:

        def take_all() -> None:
            with httpx.Client(base_url=web.url, timeout=60, verify=WITHOUT_TLS) as client:
                for request in requests:
                    body = {"service": hall.service.code, "origin": "phone", "id": request}
                    answer = client.post(f"/api/v1/malls/{hall.mall.slug}/tickets", json=body)
                    ticket = answer.json()
                    answers.append((request, answer.status_code, ticket["key"], ticket["number"]))

        together([take_all] * 16)

    assert Counted(status for _request, status, _key, _number in answers) == {201: 12, 200: 12 * 15}
    assert len({(request, key, number) for request, _status, key, number in answers}) == 12
    with wall.inside(hall.mall.pk):
        assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, 13))


class CrowdOfThreads(Crowd):
    """The same past HTTP, on the actions themselves; whoever is called leaves by their wish or does not come."""

    def take(self) -> None:
        for _ in range(TAKES_EACH):
            request, at = uuid4(), timezone.now()
            code = self.hall.service.code
            taken = taking.take(self.hall.mall, code, origin=Origin.PHONE, request_id=request, by=NOBODY, at=at)
            self.acknowledged[request] = taken.number

    def work(self, desk: Desk) -> None:
        by, mall = Caller(desk.officer.account_id), self.hall.mall
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            over = self.is_complete
            found = calling.call_next(mall, desk.counter.pk, by=by, at=timezone.now(), request_id=uuid4())
            if found is None and over:
                return
            if found is None:
                time.sleep(0.02)
                continue
            self.called.append(found.id)
            with wall.inside(mall.pk):
                if found.id % 2:
                    serving.cancel(Ticket(pk=found.id), by=None, at=timezone.now())
                else:
                    serving.mark_absent(Ticket(pk=found.id), by=desk.officer, at=timezone.now())


def test_32_threads_on_the_functions_themselves() -> None:
    hall = make.hall()
    places = desks(hall)
    crowd = CrowdOfThreads(hall, "")

    together([crowd.take] * (CLIENTS - COUNTERS) + [partial(crowd.work, desk) for desk in places])

    assert len(crowd.acknowledged) == len(crowd.called) == (CLIENTS - COUNTERS) * TAKES_EACH
    judge(hall, crowd.acknowledged, crowd.called)


def test_one_call_request_from_several_counters_at_once_calls_one_person() -> None:
    hall = make.hall()
    places = desks(hall)
    for _ in range(COUNTERS):
        make.taken(hall)

    for _round in range(3):
        request = uuid4()
        found: list[str] = []

        def call(desk: Desk, request: UUID = request, found: list[str] = found) -> None:
            by = Caller(desk.officer.account_id)
            try:
                called = calling.call_next(hall.mall, desk.counter.pk, by=by, at=timezone.now(), request_id=request)
            except AnotherBody:
                found.append("refused")
            else:
                found.append(called.number if called else "nobody")

        together([partial(call, desk) for desk in places])

        assert len(found) == COUNTERS
        assert found.count("refused") == COUNTERS - 1
        with wall.inside(hall.mall.pk):
            serving.cancel(Ticket.objects.get(state=State.CALLED), by=None, at=timezone.now())


def test_a_ticket_cancelled_while_it_is_called_is_one_or_the_other() -> None:
    hall = make.hall()
    for _ in range(20):
        ticket = make.taken(hall)

        def cancel(pk: int = ticket.id) -> None:
            with wall.inside(hall.mall.pk):
                serving.cancel(Ticket(pk=pk), by=None, at=timezone.now())

        def call() -> None:
            calling.call_next(hall.mall, hall.counter.pk, by=hall.caller, at=timezone.now())

        together([cancel, call])

        with wall.inside(hall.mall.pk):
            assert Ticket.objects.get(pk=ticket.id).state == State.CANCELLED
            assert not Period.objects.filter(ticket_id=ticket.id, ended_at=None).exists()
