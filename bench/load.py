"""Those who press: wrk as hard as it goes, pgbench for the reference, and a paced crowd for the waiting times."""

import asyncio
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.report import part
from pendopo.config.binaries import programs

HERE = Path(__file__).parent
CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came out of one pressing: requests a second, and those that were not answered as they should be."""

    rate: float
    refused: int


def wrk(port: int, script: str, *arguments: str, seconds: int) -> Pressed:
    """Press with 16 connections."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("bench needs wrk. Debian: apt-get install wrk")
    command = [
        program,
        "-t2",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        "-s",
        str(HERE / script),
        f"http://127.0.0.1:{port}",
    ]
    said = subprocess.run([*command, "--", *arguments], check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: (.*)", said)
    if rate is None or broken:
        raise SystemExit(f"wrk was not served:\n{said}")
    return Pressed(float(rate[1]), int(refused[1]) if refused else 0)


def pgbench(url: str, *, seconds: int) -> float:
    """Do the reference with 16 connections, without HTTP; return transactions a second."""
    program = programs() / "pgbench"
    script = HERE / "reference.sql"
    command = [
        str(program),
        "-n",
        "-M",
        "prepared",
        "-c",
        str(CONNECTIONS),
        "-j",
        "2",
        "-T",
        str(seconds),
        "-f",
        str(script),
        url,
    ]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"tps = ([\d.]+)", said)
    if rate is None:
        raise SystemExit(f"pgbench said:\n{said}")
    return float(rate[1])


@dataclass(frozen=True, slots=True)
class Waited:
    """Milliseconds from when a request should have been sent until its answer was there."""

    middle: float
    p99: float
    requests: int
    refused: int


def paced(port: int, request: Callable[[], bytes], *, rate: float, seconds: int) -> Waited:
    """Send at a steady rate whether or not answers come: who must wait for a connection has waited, too."""
    waits, refused = asyncio.run(_crowd(port, request, rate, seconds))
    return Waited(statistics.median(waits) * 1000, part(waits, 0.99) * 1000, len(waits), refused)


async def _crowd(port: int, request: Callable[[], bytes], rate: float, seconds: int) -> tuple[list[float], int]:
    due: asyncio.Queue[float | None] = asyncio.Queue()
    waits: list[float] = []
    refused = 0

    async def client() -> None:
        nonlocal refused
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (moment := await due.get()) is not None:
            status, _body = await ask(reader, writer, request())
            waits.append(time.perf_counter() - moment)
            refused += status >= 300
        writer.close()

    clients = [asyncio.create_task(client()) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for number in range(int(rate * seconds)):
        moment = began + number / rate
        if (pause := moment - time.perf_counter()) > 0:
            await asyncio.sleep(pause)
        due.put_nowait(moment)
    for _ in clients:
        due.put_nowait(None)
    await asyncio.gather(*clients)
    return waits, refused


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[int, bytes]:
    """Send a request over an open connection, and return the status and the body of its answer."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = re.search(rb"content-length: (\d+)", head)
    return int(head.split(b" ", 2)[1]), await reader.readexactly(int(length[1]) if length else 0)


def post(path: str, token: str, body: str) -> bytes:
    """Write a request as it goes over the wire."""
    data = body.encode()
    head = [
        f"POST {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(data)}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + data
