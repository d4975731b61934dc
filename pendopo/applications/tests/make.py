"""Products on their way to invented owners."""

import base64
import struct
import zlib
from datetime import datetime
from uuid import uuid4

from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor
from pendopo.applications.actions import keeping, owning
from pendopo.applications.models import Handover

LINK = "https://mpp.test/h/1/"


def drawn() -> str:
    """Draw a signature, as a browser sends it: a white picture of two by two."""
    rows = b"".join(b"\x00" + b"\xff" * 6 for _row in range(2))
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""),
    ]  # fmt: skip
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
    return "data:image/png;base64," + base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def product(
    place: Place,
    by: Actor,
    *,
    at: datetime,
    name: str = "Siti Contoh",
    number: str = "",
    nik: str = "",
    phone: str = "",
) -> Handover:
    """Note a card that was printed. Stand inside the mall."""
    owner = owning.owner_of(place.mall, name=name, nik=nik, phone=phone, by=by, at=at)
    return keeping.bring(
        place.agency, place.site, owner, product="KTP-el", number=number, request_id=uuid4(), by=by, at=at
    )


def ready(place: Place, by: Actor, *, at: datetime, shelf: str = "1", name: str = "Siti Contoh") -> Handover:
    """Note a card and put it on a shelf. Stand inside the mall."""
    return keeping.shelve(product(place, by, at=at, name=name), shelf, link=LINK, by=by, at=at)
