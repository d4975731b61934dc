"""clamd (ClamAV's daemon) by its INSTREAM command, over a unix socket or TCP; clamd(8) describes the protocol."""

import re
import socket
import struct
from collections.abc import Iterator

from django.conf import settings

from pendopo.documents.scanners import ScannerAway, Verdict
from pendopo.kernel.texts import fit

# A scan of ten megabytes takes a second; signatures are read anew for up to a minute.
PATIENCE = 60.0
LONGEST_ANSWER = 4096
CHUNK = struct.Struct(">I")
FOUND = re.compile(r"stream: (.{1,200}) FOUND")


class Clamd:
    """A clamd at `address`: /path/of/socket or host:port."""

    def __init__(self, address: str) -> None:
        self._address = address

    def scan(self, content: Iterator[bytes]) -> Verdict:
        """Look through a file that comes piece by piece. Raises ScannerAway unless the answer is a clear one."""
        version = self._ask(b"zVERSION\0")
        if not version.startswith("ClamAV "):
            raise ScannerAway("Whoever answers there is no clamd.")
        answer = self._ask(b"zINSTREAM\0", content)
        # Nothing but these very words means that it looked at all of it and found nothing.
        if answer == "stream: OK":
            return Verdict("", version[:80])
        if found := FOUND.fullmatch(answer):
            return Verdict(found[1][:120], version[:80])
        raise ScannerAway("clamd did not look at all of it.")

    def _ask(self, command: bytes, content: Iterator[bytes] | None = None) -> str:
        try:
            with self._connected() as connection:
                connection.sendall(command)
                for piece in content or ():
                    if piece:
                        connection.sendall(CHUNK.pack(len(piece)) + piece)
                if content is not None:
                    connection.sendall(CHUNK.pack(0))
                return _answer(connection)
        except OSError as error:
            raise ScannerAway("clamd does not answer.") from error

    def _connected(self) -> socket.socket:
        if self._address.startswith("/"):
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(PATIENCE)
            try:
                connection.connect(self._address)
            except OSError:
                connection.close()
                raise
            return connection
        host, _colon, port = self._address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)


class Nobody:
    """No scanner is set up: every file waits."""

    def scan(self, content: Iterator[bytes]) -> Verdict:
        """Raise ScannerAway."""
        raise ScannerAway("PENDOPO_CLAMD is not set.")


def installed() -> Clamd | Nobody:
    """Return the scanner of this installation."""
    return Clamd(settings.CLAMD) if settings.CLAMD else Nobody()


def _answer(connection: socket.socket) -> str:
    told = b""
    while not told.endswith(b"\0") and len(told) < LONGEST_ANSWER:
        more = connection.recv(LONGEST_ANSWER)
        if not more:
            break
        told += more
    # One answer ends with its first NUL; there is none within it.
    return fit(told.rstrip(b"\0").decode(errors="replace")).strip()
