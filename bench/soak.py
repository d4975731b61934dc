"""A day of eight hours at twenty times its speed: does memory stay flat, do connections stay few, is anything lost?

`--hours` and `--speed` say how long: 24 minutes by default. Two thousand people come as in a large mall; phones watch
their ticket, leave and come back; pages are read all the time; thirty boards listen.
"""

import asyncio
import itertools
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import uuid4

import httpx
import psutil

from bench.audience import listening
from bench.floor import Floor, build
from bench.report import Figure
from bench.stage import running, stage
from pendopo.config.env import env
from pendopo.config.freshness import ensure_collected
from pendopo.config.processes import program, run_command

HOURS = float(os.environ.get("BENCH_HOURS", "8"))
SPEED = float(os.environ.get("BENCH_SPEED", "20"))
VISITS, COUNTERS, BOARDS = 2000, 30, 30  # visits in eight hours
SERVICE, WATCHING, LOOK = 300.0, 600.0, 300.0  # seconds of the hall
PAGES_A_SECOND = 10  # of ours


@dataclass
class Day:
    """What happened, and what each program held while it did."""

    taken: dict[str, int] = field(default_factory=dict)  # request: ticket
    served: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pages: int = 0
    memory: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # MB
    connections: list[int] = field(default_factory=list)


def run() -> list[Figure]:
    """Play the day with web, live and worker as `pendopo up` starts them."""
    worker = program("worker", env)
    with stage() as here:
        collect = ["manage", "collectstatic", "--no-input", "--verbosity", "0"]
        ensure_collected(env.data, lambda: run_command(env, *collect))
        floor = build(here, counters=COUNTERS)
        path = f"/live/malls/{floor.mall.slug}/board"
        with running("web") as port, running("live") as live_port, listening(live_port, path, BOARDS) as boards:
            worker.start()
            try:
                boards.recv()
                day = asyncio.run(_play(floor, port, live_port))
            finally:
                worker.kill()
                worker.forget_output()
        lost, doubled = _judge(floor, day)
    return _figures(day, lost, doubled)


async def _play(floor: Floor, port: int, live_port: int) -> Day:
    day, end = Day(), time.monotonic() + HOURS * 3600 / SPEED
    limits = httpx.Limits(max_connections=None)
    async with (
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30, limits=limits) as client,
        asyncio.TaskGroup() as hall,
    ):

        async def visit() -> None:
            hall.create_task(_visit(client, live_port, floor, day))

        hall.create_task(_often(visit, 8 * 3600 / VISITS / SPEED, end))
        hall.create_task(_often(_reader(client, floor, day), 1 / PAGES_A_SECOND, end))
        hall.create_task(_often(lambda: asyncio.to_thread(_look, floor, day), LOOK / SPEED, end))
        for turn in range(COUNTERS):
            hall.create_task(_sit(client, floor, floor.first_counter + turn, day, end))
    return day


async def _often(act: Callable[[], Awaitable[None]], pause: float, end: float) -> None:
    while time.monotonic() < end:
        await asyncio.sleep(random.expovariate(1 / pause) if pause < 5 else pause)
        await act()


async def _visit(client: httpx.AsyncClient, live_port: int, floor: Floor, day: Day) -> None:
    """Take a number at the kiosk, and follow it by phone: look, leave, come back."""
    request = str(uuid4())
    wish = {"service": random.choice(floor.services), "origin": "kiosk", "id": request}
    kiosk = {"authorization": f"Bearer {floor.kiosk}"}
    taken = await _ask(client, day, "POST", f"/api/v1/malls/{floor.mall.slug}/tickets", 201, json=wish, headers=kiosk)
    if taken is None:
        return
    ticket = taken.json()
    day.taken[request] = ticket["id"]
    for _look_again in range(2):
        await _ask(client, day, "GET", f"/m/{floor.mall.slug}/t/{ticket['key']}/", 200)
        day.pages += 1
        address = f"http://127.0.0.1:{live_port}/live/malls/{floor.mall.slug}/tickets/{ticket['key']}"
        until = time.monotonic() + random.expovariate(SPEED / WATCHING)
        try:
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + until - time.monotonic()):
                async with client.stream("GET", address, timeout=60) as events:
                    async for _line in events.aiter_lines():
                        pass
        except TimeoutError:
            continue
        except httpx.HTTPError as error:
            day.faults.append(f"a phone's stream: {error!r}")


def _reader(client: httpx.AsyncClient, floor: Floor, day: Day) -> Callable[[], Awaitable[None]]:
    base = f"/m/{floor.mall.slug}"
    pages = itertools.cycle([f"{base}/", f"{base}/?q=kartu", f"{base}/services/{floor.services[0]}/", f"{base}/board/"])

    async def read() -> None:
        await _ask(client, day, "GET", next(pages), 200)
        day.pages += 1

    return read


async def _sit(client: httpx.AsyncClient, floor: Floor, counter: int, day: Day, end: float) -> None:
    base, officer = f"/api/v1/malls/{floor.mall.slug}", {"authorization": f"Bearer {floor.officer}"}
    while time.monotonic() < end:
        call = {"id": str(uuid4())}
        called = await _ask(client, day, "POST", f"{base}/counters/{counter}/calls", None, json=call, headers=officer)
        if called is None or called.status_code == 204:
            await asyncio.sleep(random.uniform(10, 30) / SPEED)
            continue
        ticket = called.json()["id"]
        await _ask(client, day, "PUT", f"{base}/tickets/{ticket}/service", 200, headers=officer)
        await asyncio.sleep(random.expovariate(SPEED / SERVICE))
        done = {"outcome": "done"}
        if await _ask(client, day, "PUT", f"{base}/tickets/{ticket}/completion", 200, json=done, headers=officer):
            day.served.append(ticket)


async def _ask(
    client: httpx.AsyncClient,
    day: Day,
    method: str,
    path: str,
    wanted: int | None,
    *,
    json: object = None,
    headers: dict[str, str] | None = None,
) -> httpx.Response | None:
    try:
        answer = await client.request(method, path, json=json, headers=headers)
    except httpx.HTTPError as error:
        day.faults.append(f"{method}: {error!r}")
        return None
    if answer.status_code not in ({wanted} if wanted else {200, 204}):
        day.faults.append(f"{method}: {answer.status_code}")
        return None
    return answer


def _look(floor: Floor, day: Day) -> None:
    """Weigh every program (memory that is its own alone), and count the database's connections."""
    marks = {"web": "pendopo.config.wsgi", "live": "live.app", "worker": "procrastinate"}
    weights: dict[str, float] = defaultdict(float)
    for process in psutil.process_iter(["cmdline"]):
        try:
            command, surroundings = " ".join(process.info["cmdline"] or []), process.environ()
            name = next((name for name, mark in marks.items() if mark in command), None)
            if name and surroundings.get("PENDOPO_DATA") == str(env.data):
                weights[name] += process.memory_full_info().uss / 2**20
        except psutil.Error:
            continue
    for name, weight in weights.items():
        day.memory[name].append(weight)
    with floor.admin() as connection:
        row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'pendopo_app'").fetchone()
        assert row
        day.connections.append(int(row[0]))


def _judge(floor: Floor, day: Day) -> tuple[int, int]:
    """Compare what was answered with what is there: lost tickets, and numbers given twice."""
    with floor.admin() as connection:
        there = {
            str(request): int(ticket)
            for request, ticket in connection.execute(
                "SELECT request_id, id FROM queues_ticket WHERE request_id = ANY(%s::uuid[])", [list(day.taken)]
            )
        }
        doubled = connection.execute(
            "SELECT count(*) - count(DISTINCT (queue_id, day, number)) FROM queues_ticket WHERE id > 0"
        ).fetchone()
    assert doubled
    lost = sum(1 for request, ticket in day.taken.items() if there.get(request) != ticket)
    return lost, int(doubled[0]) + len(day.served) - len(set(day.served))


def _figures(day: Day, lost: int, doubled: int) -> list[Figure]:
    how = f"{HOURS:g} h at {SPEED:g}×: {len(day.taken):,} taken, {len(day.served):,} served, {day.pages:,} pages read"
    figures = [
        Figure("answered and not there", float(lost), "", "0", how),
        Figure("numbers or people twice", float(doubled), "", "0"),
        Figure("requests that failed", float(len(day.faults)), "", "0", "; ".join(sorted(set(day.faults))[:3])),
        Figure("connections, most", float(max(day.connections)), "", "", f"first {day.connections[0]}"),
    ]
    for name, weights in sorted(day.memory.items()):
        # The first quarter warms up: caches, compiled templates, plans.
        quarter = max(1, len(weights) // 4)
        second, last = statistics.median(weights[quarter : 2 * quarter]), statistics.median(weights[-quarter:])
        figures.append(
            Figure(f"memory of {name}", last, "MB", "", f"second quarter {second:.1f} MB, last {last:.1f} MB")
        )
        figures.append(Figure(f"growth of {name}", (last / second - 1) * 100, "%", "≤ 5"))
    return figures
