"""The process as browsers meet it, over a real database."""

import contextlib
import http.client
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import psutil
import psycopg
import pytest
from django.db import connections
from django.utils import timezone

from live.tests.listening import ask, listening
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Role
from pendopo.config import jobs
from pendopo.queues.actions import calling, forwarding, lines, planned_closings, serving, sessions
from pendopo.queues.models import Event, Ticket
from pendopo.queues.tests import make
from pendopo.queues.tests.make import Hall
from pendopo.queues.types import SessionState
from pendopo.tenancy import wall
from tests import plugin, servers
from tests.servers import Running

WEB_PORT = 18080


@dataclass(frozen=True)
class Scene:
    """A hall of its own, and the process."""

    hall: Hall
    live: Running

    @property
    def board(self) -> str:
        return f"/live/malls/{self.hall.mall.slug}/board"

    def ticket(self, key: str) -> str:
        return f"/live/malls/{self.hall.mall.slug}/tickets/{key}"

    def call(self) -> None:
        """Call the next person, ending with whoever was being called."""
        with wall.inside(self.hall.mall.pk):
            for before in Ticket.objects.filter(state="called"):
                serving.mark_absent(before, by=self.hall.officer, at=timezone.now())
        assert calling.call_next(self.hall.mall, self.hall.counter.pk, by=self.hall.caller, at=timezone.now())


@pytest.fixture(scope="module")
def live(django_db_setup: None) -> Iterator[Running]:
    with servers.live(web_port=WEB_PORT) as running:
        yield running


@pytest.fixture
def scene(live: Running, committed: None) -> Scene:
    return Scene(make.hall(), live)


def test_a_board_hears_a_call_within_two_seconds(scene: Scene) -> None:
    taken = make.taken(scene.hall)
    with listening(scene.live.port, f"{scene.board}?zone={scene.hall.place.zone.pk}") as board:
        assert board.until("snapshot").data["calls"] == []
        began = time.monotonic()
        scene.call()
        call = board.until("call", patience=2)

    assert time.monotonic() - began < 2
    assert call.number == call.data["seq"]
    told = {name: call.data[name] for name in ("kind", "number", "counter", "agency")}
    assert told == {"kind": "called", "number": taken.number, "counter": "1", "agency": "Dukcapil"}


def test_a_zone_is_known_by_its_code_and_hears_no_other_mall(scene: Scene) -> None:
    other = Scene(make.hall(), scene.live)
    for hall in (scene.hall, other.hall):
        make.taken(hall)
    with listening(scene.live.port, f"{scene.board}?zone=A") as here, listening(scene.live.port, other.board) as there:
        here.until("snapshot")
        there.until("snapshot")
        scene.call()
        first = here.until("call").number
        other.call()
        second = there.until("call").number

    malls = dict(Event.objects.filter(seq__in=[first or 0, second or 0]).values_list("seq", "mall_id"))
    assert (malls[first or 0], malls[second or 0]) == (scene.hall.mall.pk, other.hall.mall.pk)


def test_a_snapshot_holds_what_was_called_before(scene: Scene) -> None:
    taken = make.taken(scene.hall)
    scene.call()
    with listening(scene.live.port, scene.board) as board:
        calls = board.until("snapshot").data["calls"]

    assert isinstance(calls, list)
    assert [call["number"] for call in calls] == [taken.number]


def test_a_ticket_hears_its_line_move_and_its_own_call(scene: Scene) -> None:
    make.taken(scene.hall)
    mine = make.taken(scene.hall)
    with listening(scene.live.port, scene.ticket(mine.key)) as holder:
        first = holder.until("snapshot")
        assert first.data == {"number": mine.number, "state": "waiting", "ahead": 1, "counter": "", "seq": first.number}
        scene.call()
        assert holder.until("place").data == {"state": "waiting", "ahead": 0, "counter": ""}
        scene.call()
        assert holder.until("place").data == {"state": "called", "ahead": 0, "counter": "1"}
        with wall.inside(scene.hall.mall.pk):
            ticket = Ticket.objects.get(pk=mine.id)
            serving.mark_absent(ticket, by=scene.hall.officer, at=timezone.now())
        assert holder.until("place").data["state"] == "absent"


def test_a_closing_that_begins_and_ends_is_told_to_phones_boards_and_kiosks(scene: Scene) -> None:
    hall, other = scene.hall, make.hall()
    boss = agencies.staff(hall.mall, Role.MANAGER)
    mine, theirs = make.taken(hall), make.taken(other)
    minute = timedelta(minutes=1)
    begins = timezone.now().replace(second=0, microsecond=0) + 10 * minute
    zone = f"{scene.board}?zone={hall.place.zone.pk}"
    stranger = f"/live/malls/{other.mall.slug}/tickets/{theirs.key}"
    paths = (scene.ticket(mine.key), zone, scene.board)  # a kiosk hears the whole mall
    with contextlib.ExitStack() as streams:
        concerned = [streams.enter_context(listening(scene.live.port, path)) for path in paths]
        elsewhere = streams.enter_context(listening(scene.live.port, stranger))
        for listener in (*concerned, elsewhere):
            listener.until("snapshot")

        def all_hear() -> None:
            for listener in concerned:
                assert listener.until("status", patience=2).number

        with wall.inside(hall.mall.pk):
            planned_closings.plan_closing(
                hall.place.outlet,
                counter=None,
                starts_at=begins,
                ends_at=begins + 30 * minute,
                reason="Sistem pusat padam",
                by=boss,
                at=begins - 9 * minute,
            )
        all_hear()  # it is told ahead
        for moment in (begins, begins + 30 * minute):
            jobs.tell_closings.func(int(moment.timestamp()))
            all_hear()
        with wall.inside(hall.mall.pk):
            sessions.set_session(
                hall.counter, SessionState.PAUSED, by=hall.officer, at=timezone.now(), reason="system_down"
            )
        all_hear()
        assert "status" not in {event.name for event in elsewhere.heard}
        assert [event.name for event in concerned[0].heard].count("status") == 4


def test_whoever_is_sent_on_is_told_of_the_number_that_waits(scene: Scene) -> None:
    hall = scene.hall
    mine = make.taken(hall)
    with wall.inside(hall.mall.pk):
        queue = lines.open_queue(hall.place.zone, code="B", name="Lain", services=[], at=timezone.now())
    with listening(scene.live.port, scene.ticket(mine.key)) as holder:
        holder.until("snapshot")
        scene.call()
        assert holder.until("place").data["state"] == "called"
        with wall.inside(hall.mall.pk):
            forwarding.forward(Ticket.objects.get(pk=mine.id), to=queue, by=hall.officer, at=timezone.now())
        # The stream ends, so that the browser comes back by the same key.
        with contextlib.suppress(http.client.IncompleteRead):
            holder.response.read()
    with listening(scene.live.port, scene.ticket(mine.key)) as holder:
        place = holder.until("snapshot").data
    assert (place["number"], place["state"], place["ahead"]) == ("B-001", "waiting", 0)


def test_whoever_lost_a_moment_gets_the_call_that_was_missed(scene: Scene) -> None:
    make.taken(scene.hall)
    missed = make.taken(scene.hall)
    with listening(scene.live.port, scene.board) as board:
        board.until("snapshot")
        scene.call()
        heard = board.until("call").number
    scene.call()
    time.sleep(0.6)
    with listening(scene.live.port, scene.board, Last_Event_ID=str(heard)) as board:
        numbers = []
        while missed.number not in numbers:
            numbers.append(board.until("call").data["number"])
        assert "snapshot" not in {event.name for event in board.heard}
    with listening(scene.live.port, f"{scene.board}?last={heard}") as board:
        board.until("call")
        assert "snapshot" not in {event.name for event in board.heard}


def test_an_event_that_is_not_known_here_gives_a_snapshot(scene: Scene) -> None:
    with listening(scene.live.port, scene.board, Last_Event_ID="99999999999") as board:
        assert board.until("snapshot").data["calls"] == []
    with listening(scene.live.port, scene.board, Last_Event_ID="' OR 1=1") as board:
        assert board.until("snapshot").data["calls"] == []


def test_a_stream_says_how_to_come_back_and_that_it_is_true(scene: Scene) -> None:
    with listening(scene.live.port, scene.board) as board:
        headers = {name.lower(): value for name, value in board.response.getheaders()}
        beat = board.until("beat")

    assert headers["content-type"].startswith("text/event-stream")
    assert (headers["cache-control"], headers["x-accel-buffering"]) == ("no-store", "no")
    assert beat.data["fresh"] is True
    assert beat.number is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/live/malls/no-such-mall/board", 404),
        ("/live/malls/{mall}/board?zone=99999999", 404),
        ("/live/malls/{mall}/board?zone=%00", 404),
        ("/live/malls/{mall}/board?zone=9999999999999999999999999", 404),
        ("/live/malls/{mall}/tickets/00000000000000000000000000", 404),
        ("/live/malls/{mall}/tickets/1", 404),
        ("/live/malls/{mall}/tickets/%00%27", 404),
        ("/live/malls/{mall}", 404),
        ("/nowhere", 404),
        ("/live/malls/{mall}/board?zone=" + "x" * 500, 414),
    ],
)
def test_what_is_unknown_is_refused_in_words(scene: Scene, path: str, status: int) -> None:
    answered, headers, body = ask(scene.live.port, path.replace("{mall}", scene.hall.mall.slug))

    assert (answered, headers["content-type"]) == (status, "application/problem+json")
    problem = json.loads(body)
    assert problem["status"] == status
    assert problem["detail"]
    assert problem["code"]


def test_a_ticket_of_another_mall_is_not_found(scene: Scene) -> None:
    foreign = make.taken(make.hall())

    assert ask(scene.live.port, scene.ticket(foreign.key))[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "HEAD"])
def test_nothing_can_be_sent(scene: Scene, method: str) -> None:
    assert ask(scene.live.port, scene.board, method=method)[0] == 405


@pytest.mark.parametrize(
    ("host", "origin", "is_ours"),
    [
        ("mpp.test:8001", f"http://mpp.test:{WEB_PORT}", True),
        ("127.0.0.1:8001", f"http://127.0.0.1:{WEB_PORT}", True),
        ("mpp.test:8001", "http://mpp.test:8001", False),
        ("mpp.test:8001", f"https://mpp.test:{WEB_PORT}", False),
        ("mpp.test:8001", f"http://evil.test:{WEB_PORT}", False),
        ("mpp.test:8001", f"http://mpp.test:{WEB_PORT}/x", False),
        ("mpp.test:8001", "http://mpp.test:x", False),
        ("mpp.test:8001", "null", False),
    ],
)
def test_only_pages_of_this_installation_may_hear(scene: Scene, host: str, origin: str, is_ours: bool) -> None:
    status, headers, _body = ask(scene.live.port, scene.board, method="OPTIONS", Host=host, Origin=origin)

    assert status == 204
    assert headers.get("access-control-allow-origin") == (origin if is_ours else None)
    assert "Origin" in headers["vary"]
    assert "access-control-allow-credentials" not in headers


def test_what_is_committed_late_is_heard_once(scene: Scene) -> None:
    def write(by: psycopg.Connection, number: str) -> None:
        by.execute("SELECT set_config('pendopo.mall', %s, true)", [str(scene.hall.mall.pk)])
        by.execute(
            "INSERT INTO queues_event (mall_id, at, kind, zone_id, number, counter, agency)"
            " VALUES (%s, now(), 'called', 1, %s, '1', '')",
            [scene.hall.mall.pk, number],
        )

    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url) as slow, psycopg.connect(url) as quick, listening(scene.live.port, scene.board) as board:
        board.until("snapshot")
        write(slow, "A-001")
        write(quick, "A-002")
        quick.commit()
        first = board.until("call")
        time.sleep(0.5)
        slow.commit()
        second = board.until("call")
        make.taken(scene.hall)
        scene.call()
        third = board.until("call")

    assert [call.data["number"] for call in (first, second, third)] == ["A-002", "A-001", "A-001"]
    assert (first.number or 0) > (second.number or 0)
    assert (third.number or 0) > (first.number or 0)


@pytest.fixture
def away(scene: Scene) -> Iterator[Callable[[], None]]:
    """Let nobody into the database until told otherwise."""

    def let(allowed: bool) -> None:
        with psycopg.connect(plugin.SERVER.url("owner", "postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {plugin.DATABASE} ALLOW_CONNECTIONS {allowed}")
        if not allowed:
            with psycopg.connect(plugin.SERVER.url("postgres", "postgres"), autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [plugin.DATABASE]
                )

    connections.close_all()
    let(False)
    try:
        yield partial(let, True)
    finally:
        let(True)


def test_without_the_database_streams_stay_and_say_that_they_are_old(
    scene: Scene, request: pytest.FixtureRequest
) -> None:
    mine = make.taken(scene.hall)
    with listening(scene.live.port, scene.board) as board:
        board.until("snapshot")
        board.until("beat")
        come_back = request.getfixturevalue("away")
        with listening(scene.live.port, scene.ticket(mine.key)) as holder:
            time.sleep(2.1)
            assert holder.until("beat").name == "beat"
            assert json.loads(ask(scene.live.port, "/healthz")[2])["fresh"] is False
            assert board.until("beat", patience=11).data["fresh"] is False
            come_back()
            assert holder.until("snapshot").data["state"] == "waiting"
            scene.call()
            assert holder.until("place").data["state"] == "called"
        assert board.until("call").data["number"] == mine.number
        assert json.loads(ask(scene.live.port, "/healthz")[2])["fresh"] is True


def test_after_a_crash_boards_get_a_snapshot(committed: None) -> None:
    hall = make.hall()
    make.taken(hall)
    make.taken(hall)
    with servers.live() as running:
        scene = Scene(hall, running)
        with listening(running.port, scene.board) as board:
            board.until("snapshot")
            scene.call()
            heard = board.until("call").number
            worker = psutil.Process(running.process.pid).children(recursive=True)[0]
            os.kill(worker.pid, signal.SIGKILL)
            began = time.monotonic()
        scene.call()
        while not servers.answers(running.port):
            assert time.monotonic() - began < 10
            time.sleep(0.05)
        with listening(running.port, scene.board, Last_Event_ID=str(heard)) as board:
            calls = board.until("snapshot").data["calls"]
        assert isinstance(calls, list)
        assert len(calls) == 2


def test_it_leaves_at_once_though_streams_are_open(committed: None) -> None:
    hall = make.hall()
    with servers.live() as running, listening(running.port, Scene(hall, running).board) as board:
        board.until("snapshot")
        began = time.monotonic()
        running.process.terminate()
        running.process.wait(5)

        assert time.monotonic() - began < 2
        assert b"event: snapshot" not in board.response.read()


def test_whoever_goes_away_is_forgotten(committed: None) -> None:
    board = f"/live/malls/{make.hall().mall.slug}/board"
    with servers.live() as running:
        with listening(running.port, board) as one, listening(running.port, board) as other:
            one.until("snapshot")
            other.until("snapshot")
            assert json.loads(ask(running.port, "/healthz")[2])["streams"] == 2
        end = time.monotonic() + 5
        while json.loads(ask(running.port, "/healthz")[2])["streams"]:
            assert time.monotonic() < end
            time.sleep(0.05)
