"""A network printer on a free port, with the faults that real ones have."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from simulators.printer.paper import Decoder, Sheet

DLE_EOT = b"\x10\x04"
LINE = 0.05  # seconds between looks at whether to stop


@dataclass
class SimulatedPrinter:
    """One printer. Change its faults while it runs; they hold from the next connection on.

    `paper` is "ok", "low" or "out"; `room` how many lines are left; `slowness` seconds before each answer;
    `drop_after` bytes it hangs up; `is_mute` it never answers; `is_open` its cover is.
    """

    columns: int = 48
    paper: str = "ok"
    room: int | None = None
    slowness: float = 0.0
    drop_after: int | None = None
    is_mute: bool = False
    is_open: bool = False
    port: int = 0
    sheets: list[Sheet] = field(default_factory=list)
    received: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def running(self) -> Iterator["SimulatedPrinter"]:
        """Listen until the end of the block; one caller at a time, as printers do."""
        ended = threading.Event()
        with socket.create_server(("127.0.0.1", self.port)) as server:
            self.port = server.getsockname()[1]
            server.settimeout(LINE)
            thread = threading.Thread(target=self._serve, args=(server, ended), daemon=True)
            thread.start()
            yield self
            ended.set()
            thread.join()

    def _serve(self, server: socket.socket, ended: threading.Event) -> None:
        while not ended.is_set():
            with contextlib.suppress(TimeoutError):
                caller, _address = server.accept()
                with caller, contextlib.suppress(ConnectionError):
                    caller.settimeout(LINE)
                    self._talk(caller, ended)

    def _talk(self, caller: socket.socket, ended: threading.Event) -> None:
        decoder = Decoder(self.columns, 0 if self.paper == "out" else self.room)
        decoder.sheets = self.sheets
        answered = 0
        received = 0
        self.received.append(b"")
        while not ended.is_set():
            try:
                data = caller.recv(256)
            except TimeoutError:
                continue
            if not data:
                return
            received += len(data)
            if self.drop_after is not None and received > self.drop_after:
                decoder.feed(self._without_status(caller, decoder, data)[: len(data) - (received - self.drop_after)])
                return
            printed = self._without_status(caller, decoder, data)
            self.received[-1] += printed
            decoder.feed(printed)
            while answered < decoder.asked:
                answered += 1
                self._answer(caller, 0x03 if self.paper == "low" else 0x00)

    def _without_status(self, caller: socket.socket, decoder: Decoder, data: bytes) -> bytes:
        """Answer what asks for the state now, and return the rest: these are read before what waits to be printed."""
        while (at := data.find(DLE_EOT)) >= 0:
            asked, data = data[at + 2], data[:at] + data[at + 3 :]
            self._answer(caller, self._state(asked, decoder))
        return data

    def _state(self, asked: int, decoder: Decoder) -> int:
        is_out = self.paper == "out" or decoder.is_out
        if asked == 4:
            return 0x12 | (0x6C if is_out else 0x0C if self.paper == "low" else 0)
        if asked == 2:
            return 0x12 | (0x20 if is_out else 0) | (0x04 if self.is_open else 0)
        return 0x12 | (0x08 if is_out or self.is_open else 0)

    def _answer(self, caller: socket.socket, state: int) -> None:
        if self.slowness:
            time.sleep(self.slowness)
        if not self.is_mute:
            caller.sendall(bytes([state]))
