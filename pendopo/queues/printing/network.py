"""An ESC/POS printer on the network, port 9100: asked before, told, and asked again whether it came."""

import ipaddress
import socket
import time
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

from pendopo.queues.printing import Paper, PaperOut, Printer, PrinterTrouble, SlipText, Unreachable
from pendopo.queues.printing.escpos import encode

PORT = 9100
PATIENCE = 2.0  # seconds for the whole conversation: a thread of the web process waits
GLANCE = 0.7  # ... and for asking after the paper, each half minute
BUSY = 0.1  # a printer takes one caller at a time and refuses others
OFFLINE, SENSOR = b"\x10\x04\x02", b"\x10\x04\x04"  # DLE EOT 2 and 4: answered at once, out of turn


def printer_at(address: str, paper_mm: int | None) -> Printer:
    """Return the printer at "10.0.0.5:9100". Raises Unreachable for what is no address."""
    return NetworkPrinter(*_host_and_port(address), paper_mm or 80)


class NetworkPrinter:
    """One printer, by its number on the network: looking a name up is bounded by no timeout of ours."""

    def __init__(self, host: str, port: int, paper_mm: int, *, patience: float = PATIENCE) -> None:
        self.host = host
        self.port = port
        self.paper_mm = paper_mm
        self.patience = patience

    def look(self) -> Paper:
        """Return the state of the paper. Raises Unreachable."""
        with closing(_Line(self.host, self.port, time.monotonic() + min(self.patience, GLANCE))) as line:
            return line.paper()

    def print(self, slip: SlipText) -> Paper:
        """Print a slip and return once the printer says that it did. Raises PaperOut, Unreachable."""
        with closing(_Line(self.host, self.port, time.monotonic() + self.patience)) as line:
            if line.paper() is Paper.OUT:
                raise PaperOut
            line.send(encode(slip, self.paper_mm))
            try:
                told = line.hear(lambda byte: byte & 0x90 == 0)
            except Unreachable as trouble:
                raise Unreachable(str(trouble), paper=line.last_words()) from trouble
            if told & 0x0C:
                raise Unreachable("paper ended in the middle", paper=Paper.OUT)
            return Paper.LOW if told & 0x03 else Paper.OK


class _Line:
    """A conversation that ends at its deadline. All that the network does wrong is Unreachable."""

    def __init__(self, host: str, port: int, deadline: float) -> None:
        self.deadline = deadline
        self.socket = self._open(host, port)

    def _open(self, host: str, port: int) -> socket.socket:
        while True:
            try:
                return socket.create_connection((host, port), timeout=self._left())
            except ConnectionRefusedError as refusal:
                if self._left() <= BUSY:
                    raise Unreachable("refused") from refusal
                time.sleep(BUSY)
            except OSError as error:
                raise Unreachable(str(error)) from error

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send all of it."""
        try:
            self.socket.settimeout(self._left())
            self.socket.sendall(data)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def hear(self, is_answer: Callable[[int], bool]) -> int:
        """Return the next byte that is an answer to what was asked; printers also say what nobody asked."""
        while True:
            try:
                self.socket.settimeout(self._left())
                told = self.socket.recv(1)
            except OSError as error:
                raise Unreachable(str(error) or "silent") from error
            if not told:
                raise Unreachable("hung up")
            if is_answer(told[0]):
                return told[0]

    def paper(self) -> Paper:
        """Ask for the paper; a printer that is open or broken is as good as none."""
        self.send(SENSOR)
        sensor = self.hear(_is_real_time)
        if sensor & 0x60:
            return Paper.OUT
        self.send(OFFLINE)
        offline = self.hear(_is_real_time)
        if offline & 0x44:
            raise Unreachable("cover open, or stopped by an error")
        if offline & 0x20:
            return Paper.OUT
        return Paper.LOW if sensor & 0x0C else Paper.OK

    def last_words(self) -> Paper | None:
        """Ask why there was no answer, a moment after the deadline; None when it still is silent."""
        self.deadline = max(self.deadline, time.monotonic() + BUSY)
        try:
            return self.paper()
        except PrinterTrouble:
            return None

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable("silent")
        return left


def _is_real_time(byte: int) -> bool:
    return byte & 0x93 == 0x12


def _host_and_port(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{address}")
        return str(ipaddress.ip_address(parts.hostname or "")), parts.port or PORT
    except ValueError as error:
        raise Unreachable("no address") from error
