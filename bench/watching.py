"""Many watchers in one process of their own, so that they do not slow whoever publishes."""

import asyncio
import re
import resource
import time
from collections import defaultdict
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

CALL = re.compile(rb"event: call\nid: (\d+)\n")
AT_ONCE = 250


@dataclass
class Heard:
    """When the first and the last watcher heard of an event, and how many did."""

    watchers: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    first_at: dict[int, float] = field(default_factory=dict)
    last_at: dict[int, float] = field(default_factory=dict)
    snapshots: int = 0
    lost: int = 0


class _Watcher(asyncio.Protocol):
    def __init__(self, heard: Heard, request: bytes) -> None:
        self.heard = heard
        self.request = request
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        text = self.rest + data
        end = text.rfind(b"\n\n") + 2
        for number in CALL.findall(text, 0, end):
            self.heard.watchers[int(number)] += 1
            self.heard.first_at.setdefault(int(number), now)
            self.heard.last_at[int(number)] = now
        if b"event: snapshot\n" in text[:end]:
            self.heard.snapshots += 1
        self.rest = text[end:]

    def connection_lost(self, exc: Exception | None) -> None:
        self.heard.lost += 1


def watch(pipe: Connection, port: int, path: str, watchers: int) -> None:
    """Open streams, say how long it took until all had their snapshot, listen until told, hand over what was heard."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(_watch(pipe, port, path, watchers))


async def _watch(pipe: Connection, port: int, path: str, watchers: int) -> None:
    loop = asyncio.get_running_loop()
    heard = Heard()
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n".encode()
    began = time.monotonic()
    for start in range(0, watchers, AT_ONCE):
        some = range(start, min(start + AT_ONCE, watchers))
        await asyncio.gather(
            *(loop.create_connection(lambda: _Watcher(heard, request), "127.0.0.1", port) for _ in some)
        )
    while heard.snapshots < watchers and time.monotonic() - began < 60:
        await asyncio.sleep(0.01)
    pipe.send(time.monotonic() - began)
    await loop.run_in_executor(None, pipe.recv)
    heard.watchers = dict(heard.watchers)
    pipe.send(heard)
