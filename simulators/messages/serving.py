"""A loop in a thread of its own, and as much HTTP as providers need: nothing here is fast or safe enough for more."""

import asyncio
import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Call:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Provider:
    """Something that listens on a port while a block runs."""

    port: int = 0
    _writers: set[asyncio.StreamWriter] = field(default_factory=set, repr=False)

    @contextlib.contextmanager
    def running(self) -> Iterator["Provider"]:
        """Listen until the end of the block."""
        loop, is_up = asyncio.new_event_loop(), threading.Event()
        thread = threading.Thread(target=self._run, args=(loop, is_up), daemon=True)
        thread.start()
        if not is_up.wait(5):
            raise RuntimeError("The provider did not start.")
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(loop.stop)
            thread.join()

    def _run(self, loop: asyncio.AbstractEventLoop, is_up: threading.Event) -> None:
        asyncio.set_event_loop(loop)
        server = loop.run_until_complete(asyncio.start_server(self._met, HOST, self.port))
        self.port = server.sockets[0].getsockname()[1]
        is_up.set()
        loop.run_forever()
        server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        tasks = asyncio.all_tasks(loop)
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        loop.close()

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await self.talk(reader, writer)
        finally:
            self._writers.discard(writer)
            writer.close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak the provider's protocol until the caller hangs up."""
        raise NotImplementedError


class HttpProvider(Provider):
    """One that is called by HTTP."""

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer calls of one connection, one after the other."""
        while (call := await _call(reader)) is not None:
            answer = await self.answer(call)
            if answer is None:
                return
            status, content = answer
            body = json.dumps(content).encode()
            head = f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: application/json\r\n"
            writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            await writer.drain()

    async def answer(self, call: Call) -> tuple[int, object] | None:
        """Return status and content; None to hang up."""
        raise NotImplementedError


async def _call(reader: asyncio.StreamReader) -> Call | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, path, _version = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Call(method, path, headers, body)
