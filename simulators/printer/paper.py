"""What an ESC/POS printer makes of the bytes that it gets: lines on paper, codes, cuts. Knows no product."""

from dataclasses import dataclass, field

CODE_PAGE = "cp437"
# Commands that only set something, by their first two bytes, with how many bytes follow.
SETTINGS = {
    b"\x1b@": 0, b"\x1ba": 1, b"\x1bE": 1, b"\x1bt": 1, b"\x1dB": 1, b"\x1d!": 1, b"\x1da": 1, b"\x1c.": 0,
}  # fmt: skip


class Unknown(Exception):
    """Bytes that this printer does not know: a real one would print rubbish."""


@dataclass
class Sheet:
    """What came out until the knife fell. `large` are the lines in larger letters, `codes` what the QR codes say."""

    lines: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    inverse: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    is_cut: bool = False

    @property
    def text(self) -> str:
        """All of it, as it would be read."""
        return "\n".join(self.lines)


class Decoder:
    """Reads bytes as they come and keeps the sheets. `room` is how many more lines the paper has; None: enough."""

    def __init__(self, columns: int = 48, room: int | None = None) -> None:
        self.columns = columns
        self.room = room
        self.sheets: list[Sheet] = []
        self.asked = 0
        self._bytes = b""
        self._line = ""
        self._size = 0
        self._is_inverse = False
        self._code = ""

    def feed(self, data: bytes) -> None:
        """Take more bytes; what is not whole yet stays for the next ones. Without room nothing is read at all."""
        self._bytes += data
        while self._bytes and not self.is_out:
            taken = self._step()
            if not taken:
                return
            self._bytes = self._bytes[taken:]

    @property
    def is_out(self) -> bool:
        """Whether the paper has ended."""
        return self.room is not None and self.room <= 0

    @property
    def sheet(self) -> Sheet:
        """The sheet that is in the printer."""
        if not self.sheets or self.sheets[-1].is_cut:
            self.sheets.append(Sheet())
        return self.sheets[-1]

    def _step(self) -> int:
        data = self._bytes
        if data[:1] == b"\n":
            self._end_line()
            return 1
        if data[0] not in b"\x1b\x1c\x1d\x10":
            self._line += data[:1].decode(CODE_PAGE)
            if len(self._line) * (1 + (self._size >> 4)) > self.columns:
                self._end_line()
            return 1
        return self._command(data) if len(data) >= 2 else 0

    def _command(self, data: bytes) -> int:
        name = data[:2]
        if name in SETTINGS:
            return self._set(name, data, 2 + SETTINGS[name])
        if name == b"\x1d(":
            return self._symbol(data)
        length = {b"\x1bd": 3, b"\x1dV": 4, b"\x1dr": 3}.get(name)
        if length is None:
            raise Unknown(data[:8].hex(" "))
        if len(data) < length:
            return 0
        if name == b"\x1bd":
            self.sheet.lines += [""] * data[2]
        elif name == b"\x1dV":
            self.sheet.is_cut = True
        else:
            self.asked += 1
        return length

    def _set(self, name: bytes, data: bytes, length: int) -> int:
        if len(data) < length:
            return 0
        if name == b"\x1b@":
            self._size, self._is_inverse, self._line = 0, False, ""
        elif name == b"\x1d!":
            self._size = data[2]
        elif name == b"\x1dB":
            self._is_inverse = bool(data[2])
        return length

    def _symbol(self, data: bytes) -> int:
        if len(data) < 5 or len(data) < (length := 5 + int.from_bytes(data[3:5], "little")):
            return 0
        body = data[5:length]
        if data[2:3] != b"k" or body[:1] != b"1":
            raise Unknown(data[:8].hex(" "))
        if body[1:3] == b"P0":
            self._code = body[3:].decode("ascii")
        elif body[1:2] == b"Q":
            self.sheet.codes.append(self._code)
        return length

    def _end_line(self) -> None:
        line, self._line = self._line, ""
        self.sheet.lines.append(line)
        if line and self._size:
            self.sheet.large.append(line)
        if line and self._is_inverse:
            self.sheet.inverse.append(line)
        if self.room is not None:
            self.room -= 1
