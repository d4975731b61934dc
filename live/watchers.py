"""Who listens: one watcher a stream, and what is on its way to them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypedDict

# A watcher that lets this much lie is gone or hopelessly slow: it comes back to a snapshot.
MOST_PENDING = 64 * 1024
# Beats during which one and the same write may hang.
PATIENT_BEATS = 2


class Message(TypedDict, total=False):
    """What ASGI brings and takes."""

    type: str
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    more_body: bool
    message: str


type Send = Callable[[Message], Awaitable[None]]
type Receive = Callable[[], Awaitable[Message]]


class Watcher:
    """One open stream. Whoever has something for it never waits for it. Made in the task that serves the stream."""

    __slots__ = ("_flushing", "_held", "_late", "_main", "_pending", "_send", "_size", "dropped", "topic")

    def __init__(self, send: Send) -> None:
        self._send = send
        self._pending: list[bytes] = []
        self._size = 0
        self._flushing: asyncio.Task[None] | None = None
        self._held = True
        self._late = 0
        self._main = asyncio.current_task()
        self.dropped = False
        # What it listens to, once that is known; see hub.Hub.
        self.topic: tuple[int, int | None] | int | None = None

    def push(self, piece: bytes) -> None:
        """Send soon; a watcher that does not keep up is dropped."""
        self._pending.append(piece)
        self._size += len(piece)
        if self._size > MOST_PENDING:
            self.drop()
        elif not self._held and self._flushing is None:
            # Begun at once: as a rule the server takes it without waiting, and no turn of the loop is spent on it.
            writing = asyncio.Task(self._flush(), loop=asyncio.get_running_loop(), eager_start=True)
            self._flushing = None if writing.done() else writing

    def hold(self) -> None:
        """Keep what comes until `release`, for a snapshot must go first."""
        self._held = True

    def open_with(self, piece: bytes) -> None:
        """Put a piece before all that was kept."""
        self._pending.insert(0, piece)
        self._size += len(piece)

    def release(self) -> None:
        """Send what was kept, and from now on all at once."""
        self._held = False
        self.push(b"")

    def beat(self, piece: bytes) -> None:
        """Send a heartbeat; a watcher whose last write still hangs gets none, and is dropped in the end."""
        if self._flushing is None:
            self._late = 0
            self.push(piece)
        elif self._late < PATIENT_BEATS:
            self._late += 1
        else:
            self.drop()

    def drop(self) -> None:
        """End the stream from our side."""
        if not self.dropped:
            self.dropped = True
            if self._main is not None:
                self._main.cancel()

    async def until_gone(self, receive: Receive) -> None:
        """Wait until the browser goes away; what is sent to one that went is not refused."""
        while (await receive())["type"] != "http.disconnect":
            pass

    async def end(self) -> None:
        """Close the stream properly, unless a write hangs."""
        if self._flushing is not None:
            self._flushing.cancel()
        else:
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _flush(self) -> None:
        try:
            while self._pending and not self._held:
                body = self._pending[0] if len(self._pending) == 1 else b"".join(self._pending)
                self._pending.clear()
                self._size = 0
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        finally:
            self._flushing = None
