"""Pictures without what a camera writes beside them: place, owner, device, and smaller pictures of the same."""

import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from pendopo.kernel.attachments import kind_of
from pendopo.kernel.errors import NotUnderstood

LARGEST_SIDE = 12_000
# Of PNG only what draws the picture; text, times and Exif are left out.
DRAWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs"}
# Of JPEG: frames, tables, restart interval, and the colour transform of APP14. A colour profile is APP2 of this name.
FRAMES = {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}
TABLES = {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, 0xE0, 0xEE}
PROFILE = b"ICC_PROFILE\x00"
BEGIN, END, SCAN, APP1, APP2 = b"\xff\xd8", b"\xff\xd9", 0xDA, 0xE1, 0xE2
EXIF, ORIENTATION = b"Exif\x00\x00", 0x0112


def bare(content: bytes) -> bytes:
    """Return a JPEG or PNG with nothing but the picture, and how it stands. Raises NotUnderstood for anything else."""
    kind = kind_of(content)
    try:
        if kind == "jpg":
            return _bare_jpeg(content)
        if kind == "png":
            return _bare_png(content)
    except (struct.error, IndexError):
        pass
    raise NotUnderstood(_("Berkas ini bukan gambar JPEG atau PNG yang utuh."))


def _bare_png(content: bytes) -> bytes:
    kept = [content[:8]]
    names: list[bytes] = []
    for name, piece in _chunks(content):
        if not names and (name != b"IHDR" or not _is_measured(*struct.unpack(">II", piece[8:16]))):
            raise IndexError
        names.append(name)
        if name in DRAWN:
            kept.append(piece)
    if names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise IndexError
    return b"".join(kept)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        piece = content[place : place + 12 + length]
        if len(piece) < 12 + length or zlib.crc32(piece[4:-4]) != struct.unpack(">I", piece[-4:])[0]:
            raise IndexError
        yield piece[4:8], piece
        if piece[4:8] == b"IEND":
            # Whatever follows is no part of the picture.
            return
        place += 12 + length


def _bare_jpeg(content: bytes) -> bytes:
    kept: list[bytes] = []
    found: set[int] = set()
    turned = 1
    for marker, piece in _segments(content):
        found.add(marker)
        if marker in FRAMES and not _is_measured(*struct.unpack(">HH", piece[3:7])):
            raise IndexError
        if marker == APP1 and piece[2:8] == EXIF:
            turned = _orientation(piece[8:])
        if marker in FRAMES | TABLES | {SCAN} or (marker == APP2 and piece[2:].startswith(PROFILE)):
            kept.append(bytes((0xFF, marker)) + piece)
    if not (found & FRAMES and SCAN in found):
        raise IndexError
    return b"".join([BEGIN, _exif_of(turned) if turned != 1 else b"", *kept, END])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Return each marker with what belongs to it, until the end of the picture."""
    marker, place = _marker(content, len(BEGIN))
    while marker != END[1]:
        (length,) = struct.unpack(">H", content[place : place + 2])
        end = place + length
        if length < 2 or end > len(content):
            raise IndexError
        if marker == SCAN:
            end = _end_of_scan(content, end)
        yield marker, content[place:end]
        marker, place = _marker(content, end)


def _marker(content: bytes, place: int) -> tuple[int, int]:
    if content[place] != 0xFF:
        raise IndexError
    while content[place] == 0xFF:
        place += 1
    return content[place], place + 1


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the next marker begins; 0 is a written 255, and restarts belong to the scan."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0:
            raise IndexError
        if content[place + 1] not in {0, 0xFF, *range(0xD0, 0xD8)}:
            return place
        place += 1 if content[place + 1] == 0xFF else 2


def _is_measured(wide: int, high: int) -> bool:
    return 0 < wide <= LARGEST_SIDE and 0 < high <= LARGEST_SIDE


def _orientation(exif: bytes) -> int:
    """Return how the camera was held, 1 to 8; 1 where it does not say."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 14:
        return 1
    (place,) = struct.unpack(order + "I", exif[4:8])
    if place + 2 > len(exif):
        return 1
    (count,) = struct.unpack(order + "H", exif[place : place + 2])
    for entry in range(place + 2, place + 2 + 12 * min(count, 200), 12):
        if entry + 12 > len(exif):
            return 1
        tag, _kind, _count, value = struct.unpack(order + "HHIH", exif[entry : entry + 10])
        if tag == ORIENTATION:
            return int(value) if 1 <= value <= 8 else 1
    return 1


def _exif_of(turned: int) -> bytes:
    """Write that one thing, so that a picture of a phone held upright does not lie on its side."""
    body = EXIF + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, turned, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
