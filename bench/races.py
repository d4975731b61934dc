"""A hall in its worst hour: takes and calls without pause, sixty counters pressing together, thirty screens listening.

Who has called is busy. So those who only call have a share of counters each, all freed together when each has called;
a few officers serve and complete as in a hall, which costs many times a call.

`--races` says how many takes and calls (a million by default; half an hour). What was promised to clients is then
compared with what is in the database: no number twice, no gap, nobody called by two counters.
"""

import asyncio
import json
import os
import threading
import time
from collections import Counter as Counted
from dataclasses import dataclass, field
from uuid import uuid4

from bench.audience import listening
from bench.floor import Floor, build
from bench.load import ask, post, wrk
from bench.report import Figure, part
from bench.stage import running, stage

RACES = int(os.environ.get("BENCH_RACES", "1000000"))
COUNTERS, SCREENS, WAITING = 60, 30, 200
RUSHES, CALLS = 30, 100
CALLERS, SHARE, OFFICERS = 8, 1000, 4

type Door = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Pressing:
    """What counters were told: which ticket was called how often, and how long each call took."""

    called: Counted[int] = field(default_factory=Counted)
    waits: list[float] = field(default_factory=list)
    refused: int = 0


def run() -> list[Figure]:
    """Measure with ten million tickets of history."""
    with stage() as here:
        floor = build(here, counters=CALLERS * SHARE + OFFICERS)
        with running("web") as port, running("live") as live_port:
            told, taken, seconds = _race(floor, port)
            double_numbers, gaps, lost = _judge(floor, taken)
            twice = sum(1 for times in told.called.values() if times > 1)
            calls = sum(told.called.values())
            rush = asyncio.run(_rush(floor, port))
            delays = _screens(floor, port, live_port)
    every = f"{taken:,} takes and {calls:,} calls in {seconds:.0f} s, two web processes; refused: {told.refused}"
    return [
        Figure("numbers given twice", double_numbers, "", "0", every),
        Figure("numbers missing in a series", gaps, "", "0"),
        Figure("tickets answered and not there", lost, "", "0"),
        Figure("people called twice", twice, "", "0"),
        Figure(f"{COUNTERS} counters at once, p50", part(rush, 0.5) * 1000, "ms", "", f"{len(rush)} calls"),
        Figure(f"{COUNTERS} counters at once, p99", part(rush, 0.99) * 1000, "ms", "≤ 150"),
        Figure(
            f"call to {SCREENS} screens, p50",
            part(delays, 0.5) * 1000,
            "ms",
            "",
            f"{len(delays)} calls, {WAITING} waiting",
        ),
        Figure(f"call to {SCREENS} screens, p99", part(delays, 0.99) * 1000, "ms", "≤ 300"),
    ]


def _race(floor: Floor, port: int) -> tuple[Pressing, int, float]:
    told, enough = Pressing(), threading.Event()
    callers = threading.Thread(target=lambda: asyncio.run(_work(floor, port, told, enough)))
    began, taken = time.monotonic(), 0
    callers.start()
    while taken + sum(told.called.values()) < RACES:
        seconds = 20
        path = f"/api/v1/malls/{floor.mall.slug}/tickets"
        pressed = wrk(port, "ticket.lua", path, floor.kiosk, ",".join(floor.services), seconds=seconds)
        taken += int(pressed.rate * seconds)
        told.refused += pressed.refused
    enough.set()
    callers.join()
    return told, taken, time.monotonic() - began


async def _work(floor: Floor, port: int, told: Pressing, enough: threading.Event) -> None:
    """Call, and call, serve and complete, without a breath."""
    base = f"/api/v1/malls/{floor.mall.slug}"

    async def call_from(door: Door, counter: int) -> int | None:
        status, body = await ask(*door, post(f"{base}/counters/{counter}/calls", floor.officer, _id()))
        if status != 200:
            told.refused += status != 204
            await asyncio.sleep(0.05)
            return None
        ticket = int(json.loads(body)["id"])
        told.called[ticket] += 1
        return ticket

    async def press(first: int) -> None:
        door, turn = await asyncio.open_connection("127.0.0.1", port), 0
        while not enough.is_set():
            if turn == SHARE:
                await asyncio.to_thread(_free_share, floor, first)
                turn = 0
            if await call_from(door, first + turn):
                turn += 1
        door[1].close()

    async def sit(counter: int) -> None:
        door = await asyncio.open_connection("127.0.0.1", port)
        while not enough.is_set():
            ticket = await call_from(door, counter)
            for act, words in (("service", ""), ("completion", '{"outcome":"done"}')) if ticket else ():
                request = post(f"{base}/tickets/{ticket}/{act}", floor.officer, words).replace(b"POST", b"PUT", 1)
                status, _body = await ask(*door, request)
                told.refused += status != 200
        door[1].close()

    shares = (floor.first_counter + OFFICERS + turn * SHARE for turn in range(CALLERS))
    await asyncio.gather(
        *(press(first) for first in shares), *(sit(floor.first_counter + turn) for turn in range(OFFICERS))
    )


def _free_share(floor: Floor, first: int) -> None:
    """Complete whoever stands at the counters of one caller's share."""
    with floor.admin() as connection, connection.transaction():
        done = connection.execute(
            "UPDATE queues_ticket SET state = 'completed', outcome = 'done'"
            " WHERE mall_id = %s AND counter_id >= %s AND counter_id < %s AND state = 'called' RETURNING id",
            [floor.mall.pk, first, first + SHARE],
        ).fetchall()
        connection.execute(
            "UPDATE queues_period SET ended_at = greatest(now(), started_at)"
            " WHERE mall_id = %s AND ticket_id = ANY(%s) AND ended_at IS NULL",
            [floor.mall.pk, [row[0] for row in done]],
        )


async def _rush(floor: Floor, port: int) -> list[float]:
    """Let sixty counters call in the same moment, again and again; between, all are free again."""
    waits: list[float] = []
    open_doors = [await asyncio.open_connection("127.0.0.1", port) for _counter in range(COUNTERS)]

    async def press(turn: int) -> None:
        began = time.perf_counter()
        path = f"/api/v1/malls/{floor.mall.slug}/counters/{floor.first_counter + turn}/calls"
        status, _body = await ask(*open_doors[turn], post(path, floor.officer, _id()))
        if status == 200:
            waits.append(time.perf_counter() - began)

    for _rush in range(RUSHES):
        _free(floor)
        await asyncio.gather(*(press(turn) for turn in range(COUNTERS)))
    for _reader, writer in open_doors:
        writer.close()
    return waits


def _screens(floor: Floor, port: int, live_port: int) -> list[float]:
    """Call people one after the other; return for each how long until the last screen had it."""
    path = f"/live/malls/{floor.mall.slug}/board"
    with listening(live_port, path, SCREENS) as audience:
        audience.recv()
        pressed = asyncio.run(_call_slowly(floor, port))
        time.sleep(2)
        audience.send("enough")
        heard = audience.recv()
    with floor.admin() as connection:
        rows = connection.execute(
            "SELECT ticket_id, seq FROM queues_event WHERE kind = 'called' AND ticket_id = ANY(%s)", [list(pressed)]
        ).fetchall()
    return [heard.last_at[seq] - pressed[ticket] for ticket, seq in rows if seq in heard.last_at]


async def _call_slowly(floor: Floor, port: int) -> dict[int, float]:
    pressed: dict[int, float] = {}
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for turn in range(CALLS):
        if turn % COUNTERS == 0:
            _free(floor)
        counter = floor.first_counter + turn % COUNTERS
        began = time.monotonic()
        path = f"/api/v1/malls/{floor.mall.slug}/counters/{counter}/calls"
        status, body = await ask(reader, writer, post(path, floor.officer, _id()))
        if status == 200:
            pressed[int(json.loads(body)["id"])] = began
        await asyncio.sleep(0.11)
    writer.close()
    return pressed


def _free(floor: Floor) -> None:
    """Let every counter be free, and just so many wait as are wanted: some come again, or some go."""
    with floor.admin() as connection, connection.transaction():
        connection.execute("UPDATE queues_period SET ended_at = greatest(now(), started_at) WHERE ended_at IS NULL")
        connection.execute(
            "UPDATE queues_ticket SET state = 'completed', outcome = 'done' WHERE state IN ('called', 'serving')"
        )
        connection.execute("UPDATE queues_ticket SET state = 'cancelled' WHERE state = 'waiting'")
        connection.execute(
            "WITH again AS (UPDATE queues_ticket SET state = 'waiting', outcome = '', counter_id = NULL, calls = 0,"
            " call_request_id = NULL, queued_at = now() WHERE id IN (SELECT id FROM queues_ticket"
            "  WHERE state = 'completed' AND id > 0 ORDER BY id DESC LIMIT %s) RETURNING id, mall_id)"
            " INSERT INTO queues_period (mall_id, ticket_id, kind, started_at)"
            " SELECT mall_id, id, 'waiting', now() FROM again",
            [WAITING + COUNTERS],
        )


def _judge(floor: Floor, taken: int) -> tuple[int, int, int]:
    """Compare: numbers given twice, numbers missing, and tickets that were answered and are not there."""
    with floor.admin() as connection:
        found = connection.execute(
            "SELECT count(*) - count(DISTINCT (queue_id, day, number)), count(*) FROM queues_ticket WHERE id > 0"
        ).fetchone()
        gaps = connection.execute(
            "SELECT coalesce(sum(s.last - t.many), 0)::int FROM queues_series s"
            " JOIN (SELECT queue_id, day, count(*) AS many"
            " FROM queues_ticket WHERE id > 0 GROUP BY 1, 2) t ON t.queue_id = s.queue_id AND t.day = s.day"
        ).fetchone()
    assert found
    assert gaps
    # wrk tells a rate: the last few requests of each pressing were answered after it had stopped counting.
    return int(found[0]), int(gaps[0]), max(0, int(taken * 0.999) - int(found[1]))


def _id() -> str:
    return json.dumps({"id": str(uuid4())})
