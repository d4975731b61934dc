"""The cable between the hall and its servers: it can be cut, lose an answer, and be mended."""

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

from tests.servers import HOST


@dataclass
class Cable:
    """Carries what comes to `port` to a server's `target`; `end` is where browsers plug in."""

    target: int
    _lock: Lock = field(default_factory=Lock)
    _open: list[socket.socket] = field(default_factory=list)
    _carriers: list[Thread] = field(default_factory=list)
    _is_cut: bool = False
    _loses: bytes = b""
    lost: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.end = socket.create_server((HOST, 0))
        self.port = int(self.end.getsockname()[1])

    def cut(self) -> None:
        """End all that goes through, and let nothing through any more."""
        with self._lock:
            self._is_cut = True
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def cut_after(self, asked: bytes) -> None:
        """Be cut once the server answers a request that contains this: it has acted, and nobody hears of it."""
        self.lost.clear()
        self._loses = asked

    def mend(self) -> None:
        """Let everything through again."""
        self._is_cut = False

    def carry(self) -> None:
        """Take connections until the end is closed."""
        with contextlib.suppress(OSError):
            while True:
                caller, _address = self.end.accept()
                if self._is_cut:
                    caller.close()
                    continue
                try:
                    server = socket.create_connection((HOST, self.target))
                except OSError:
                    caller.close()
                    continue
                awaited = Event()
                both = [
                    Thread(target=self._pass, args=(caller, server, awaited, True), daemon=True),
                    Thread(target=self._pass, args=(server, caller, awaited, False), daemon=True),
                ]
                with self._lock:
                    self._open += [caller, server]
                    self._carriers += both
                for carrier in both:
                    carrier.start()

    def clear_away(self) -> None:
        """End everything and leave no socket open. To be called when nobody takes connections any more."""
        self.cut()
        for carrier in self._carriers:
            carrier.join(5)
        for each in self._open:
            each.close()

    def _pass(self, source: socket.socket, sink: socket.socket, awaited: Event, asks: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if asks and self._loses and self._loses in piece:
                    self._loses = b""
                    awaited.set()
                elif not asks and awaited.is_set():
                    self.cut()
                    self.lost.set()
                    break
                sink.sendall(piece)
        for each in (source, sink):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class Cables:
    """Those of pages and of news, which run through the same wall."""

    pages: Cable
    news: Cable

    @property
    def home(self) -> str:
        """Where browsers find the pages."""
        return f"http://{HOST}:{self.pages.port}"

    def cut(self) -> None:
        """Cut both."""
        self.pages.cut()
        self.news.cut()

    def mend(self) -> None:
        """Mend both."""
        self.pages.mend()
        self.news.mend()


@contextlib.contextmanager
def laid(target: int) -> Iterator[Cable]:
    """Lay a cable to a server, until the end of the block."""
    cable = Cable(target)
    thread = Thread(target=cable.carry, daemon=True)
    thread.start()
    try:
        yield cable
    finally:
        cable.cut()
        # A listener that is closed does not wake who waits in accept; one that is shut down does.
        cable.end.shutdown(socket.SHUT_RDWR)
        cable.end.close()
        thread.join(5)
        cable.clear_away()
