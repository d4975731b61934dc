"""Files sealed piece by piece (AES-256-GCM, NIST SP 800-38D), so that neither writing nor reading holds all of one.

`PDPF | version (1 byte) | size of a piece (4)`, then pieces of `nonce (12) | ciphertext | tag (16)`. Each is bound to
the head, to what the file is for, to its place and to whether it is the last one: a file that was cut, turned around or
put together from two does not open.
"""

import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pendopo.kernel.envelopes import CannotOpen

PIECE = 256 * 1024
MAGIC, VERSION = b"PDPF", 1
HEAD = struct.Struct(">4sBI")
PLACE = struct.Struct(">QB")
NONCE, TAG = 12, 16
SEALED = NONCE + PIECE + TAG


class Writer:
    """Writes a file piece by piece; what is not yet a whole piece is its tail, held back until more comes or no more.

    With `index` and `tail` it goes on behind so many whole pieces, whatever was written after them.
    """

    def __init__(self, place: Path, key: bytes, *, bound_to: str, index: int = 0, tail: bytes = b"") -> None:
        self._aead, self._bound = AESGCM(key), bound_to.encode()
        self._index, self._tail = index, bytearray(tail)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._head = HEAD.pack(MAGIC, VERSION, PIECE)
        self._file = place.open("r+b" if index else "wb")
        if index:
            self._file.truncate(HEAD.size + index * SEALED)
            self._file.seek(0, os.SEEK_END)
        else:
            self._file.write(self._head)

    @property
    def size(self) -> int:
        """How many bytes it holds, with the tail."""
        return self._index * PIECE + len(self._tail)

    def write(self, plain: bytes) -> None:
        """Take more bytes; whole pieces go to the disk."""
        self._tail += plain
        while len(self._tail) > PIECE:
            self._put(bytes(self._tail[:PIECE]), is_last=False)
            del self._tail[:PIECE]

    def finish(self) -> None:
        """Write the last piece; the file is whole, and on the disk."""
        self._put(bytes(self._tail), is_last=True)
        self._close()

    def pause(self) -> bytes:
        """Leave the whole pieces on the disk, and return the tail for whoever goes on."""
        self._close()
        return bytes(self._tail)

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        nonce = secrets.token_bytes(NONCE)
        bound = self._head + self._bound + PLACE.pack(self._index, is_last)
        self._file.write(nonce + self._aead.encrypt(nonce, plain, bound))
        self._index += 1

    def _close(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()


def whole_pieces(size: int) -> int:
    """Return how many pieces of a paused file lie on the disk; what is left of its size is the tail."""
    return (size - 1) // PIECE if size else 0


def read(place: Path, key: bytes, *, bound_to: str) -> Iterator[bytes]:
    """Give back a file piece by piece. Raises CannotOpen where it was altered or ends too early."""
    aead, bound, index = AESGCM(key), bound_to.encode(), 0
    with place.open("rb") as file:
        head = file.read(HEAD.size)
        if head != HEAD.pack(MAGIC, VERSION, PIECE):
            raise CannotOpen("Not a file of this format.")
        sealed = file.read(SEALED)
        while True:
            following = file.read(SEALED)
            try:
                place_told = PLACE.pack(index, not following)
                yield aead.decrypt(sealed[:NONCE], sealed[NONCE:], head + bound + place_told)
            except (InvalidTag, ValueError) as error:
                raise CannotOpen("Altered, cut, or sealed under another key or for something else.") from error
            if not following:
                return
            sealed, index = following, index + 1
