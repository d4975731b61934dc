"""What is left of a picture when it is bare, and what is no picture."""

import struct
import zlib

import pytest

from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.pictures import bare

SECRET = b"-7.4722, 112.4338, telepon Sri"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def exif(turned: int, order: str = ">") -> bytes:
    """What a phone writes: how it was held, and more."""
    mark = b"MM" if order == ">" else b"II"
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\x00\x00" + mark + struct.pack(order + "HIH", 42, 8, 1) + entry + struct.pack(order + "I", 0) + SECRET


FRAME = segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + b"\x01\x11\x00")
SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"
TABLES = segment(0xDB, bytes(65)) + segment(0xC4, bytes(20))


def jpeg(*beside: bytes, scan: bytes = SCAN) -> bytes:
    return b"\xff\xd8" + b"".join(beside) + TABLES + FRAME + scan + b"\xff\xd9"


@pytest.mark.parametrize("order", [">", "<"])
@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_a_jpeg_keeps_the_picture_and_how_it_stands(turned: int, order: str) -> None:
    beside = [segment(0xE1, exif(turned, order)), segment(0xED, SECRET), segment(0xFE, SECRET), segment(0xE2, b"MPF")]
    left = bare(jpeg(*beside) + SECRET)

    assert SECRET not in left
    assert b"MPF" not in left
    if turned == 1:
        assert left == jpeg()
    else:
        # Read by ourselves again: it says the same.
        assert bare(left) == left
        assert len(left) == len(jpeg()) + 2 + 2 + 6 + 26


def test_a_colour_profile_stays() -> None:
    profile = segment(0xE2, b"ICC_PROFILE\x00" + bytes(20))
    assert bare(jpeg(profile)) == jpeg(profile)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*beside: bytes, wide: int = 2) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, 2, 8, 2, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(bytes(14)))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(beside) + drawn + chunk(b"IEND", b"")


def test_a_png_keeps_what_draws_it() -> None:
    beside = [chunk(b"eXIf", SECRET), chunk(b"tEXt", SECRET), chunk(b"iTXt", SECRET), chunk(b"tIME", bytes(7))]
    assert bare(png(*beside) + SECRET) == png()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg onload=alert(1)>",
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        jpeg()[:-2],
        jpeg()[:40],
        jpeg(scan=b""),
        b"\xff\xd8" + TABLES + SCAN + b"\xff\xd9",
        jpeg().replace(struct.pack(">HH", 8, 8), struct.pack(">HH", 0, 8)),
        png()[:-12],
        png()[:30],
        png(wide=0),
        png(wide=20_000),
        png().replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    ],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotUnderstood):
        bare(content)
