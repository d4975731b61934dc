"""A hot path beside the same server's reference and a bare server, in turns, so that a slow minute is everybody's."""

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.floor import Floor
from bench.load import Pressed, Waited, pgbench, wrk
from bench.report import Figure
from bench.stage import await_answer, free_port
from pendopo.config.env import env
from pendopo.config.processes import program
from pendopo.config.supervisor import Program

ROUNDS = 3
SECONDS = int(os.environ.get("BENCH_SECONDS", "20"))


@dataclass
class Rounds:
    """Requests a second of each round."""

    reference: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)


def measure(
    floor: Floor, port: int, press: Callable[[int], Pressed], pace: Callable[[float, int], Waited]
) -> list[Figure]:
    """Press three rounds, then pace at half of our most."""
    rounds = Rounds()
    with _bare(floor) as bare_port:
        for warm in (True, *[False] * ROUNDS):
            seconds = 3 if warm else SECONDS
            reference = pgbench(floor.stage.app_url, seconds=seconds)
            bare = wrk(bare_port, "ticket.lua", "/", "none", "A", seconds=seconds)
            ours = press(seconds)
            if bare.refused or ours.refused:
                raise SystemExit(f"refused: {bare.refused} by bare, {ours.refused} by ours")
            if not warm:
                rounds.reference.append(reference)
                rounds.bare.append(bare.rate)
                rounds.ours.append(ours.rate)
    most = statistics.median(rounds.ours)
    waited = pace(most / 2, SECONDS)
    if waited.refused:
        raise SystemExit(f"{waited.refused} of {waited.requests} paced requests were refused")
    return _figures(rounds, waited)


def _figures(rounds: Rounds, waited: Waited) -> list[Figure]:
    reference, bare, ours = (statistics.median(rates) for rates in (rounds.reference, rounds.bare, rounds.ours))
    note = f"median of {ROUNDS} × {SECONDS} s, 16 connections"
    return [
        Figure("reference", reference, "/s", note=f"pgbench, {_each(rounds.reference)}"),
        Figure("bare", bare, "/s", note=f"granian and psycopg, {_each(rounds.bare)}"),
        Figure("ours", ours, "/s", "≥ 500", f"{_each(rounds.ours)}; {note}"),
        Figure("bare / reference", bare / reference, ""),
        Figure("ours / bare", ours / bare, "", "≥ 0.25, aim 0.4"),
        Figure("median at half our most", waited.middle, "ms", note=f"{waited.requests} requests at a steady rate"),
        Figure("p99 at half our most", waited.p99, "ms", "≤ 100"),
    ]


def _each(rates: Sequence[float]) -> str:
    return " ".join(f"{rate:,.0f}" for rate in rates)


@contextmanager
def _bare(floor: Floor) -> Iterator[int]:
    """Run the bare server with the very flags of `web`."""
    port = free_port()
    web = program("web", env)
    flags = {"pendopo.config.wsgi:application": "bench.bare:application", str(env.port): str(port)}
    command = [flags.get(part, part) for part in web.command]
    bare = Program("bare", command, {**web.environment, "BENCH_URL": floor.stage.app_url})
    bare.start()
    try:
        await_answer(port)
        yield port
    finally:
        bare.kill()
        bare.forget_output()
