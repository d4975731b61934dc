"""Files for tests: pictures and PDFs as phones and scanners make them, and given by the module's own action."""

import random
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pikepdf
from PIL import Image

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor
from pendopo.documents import shelf, sniffing
from pendopo.documents.actions import examining, giving
from pendopo.documents.models import StoredFile
from pendopo.documents.types import Purpose
from pendopo.kernel.ids import new_key
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
# South of the equator, as a phone in Jakarta would write it.
GPS_LATITUDE = {1: "S", 2: (6.0, 12.0, 0.0), 3: "E", 4: (106.0, 49.0, 0.0)}


def citizen(mall: Mall, name: str = "Warga Contoh") -> Actor:
    """Return somebody who has signed in and works nowhere."""
    return actor_of_account(mall, make_agencies.account(name))


def known(mall: Mall, account: Account) -> Actor:
    """Return who an account is in a mall."""
    return actor_of_account(mall, account)


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (640, 400), gps: bool = False, orientation: int = 1
) -> bytes:
    """Return a picture, left half dark, as a camera writes it."""
    image = Image.new("RGB", size, (240, 240, 230))
    image.paste((20, 30, 60), (0, 0, size[0] // 2, size[1]))
    out, exif = BytesIO(), Image.Exif()
    if gps:
        exif[0x010F] = "Kamera Rahasia"
        exif[0x0112] = orientation
        exif.get_ifd(0x8825).update(GPS_LATITUDE)
    image.save(out, kind, exif=exif)
    return out.getvalue()


def noise(size: int) -> bytes:
    """Return a JPEG of about so many bytes, which cannot be pressed."""
    side = int((size / 1.05) ** 0.5)
    image = Image.frombytes("RGB", (side, side), random.Random(5).randbytes(3 * side * side))
    out = BytesIO()
    image.save(out, "JPEG", quality=75)
    return out.getvalue()


def pdf(pages: int = 1, *, change: object = None, **saved: object) -> bytes:
    """Return a PDF with so many pages, changed by `change(pdf)` before it is written."""
    out = BytesIO()
    with pikepdf.new() as made:
        for _number in range(pages):
            made.add_blank_page(page_size=(300, 400))
        if callable(change):
            change(made)
        made.save(out, **saved)  # type: ignore[arg-type]
    return out.getvalue()


def give(
    mall: Mall, by: Actor, content: bytes, *, name: str = "ktp.jpg", purpose: Purpose = Purpose.KTP,
    request_id: UUID | None = None, at: datetime = AT,
) -> StoredFile:  # fmt: skip
    """Give a file. Stand inside the mall."""
    slot = shelf.new(mall.pk, new_key(), "raw")
    slot.keep(content)
    return giving.give(
        mall, slot, size=len(content), kind=sniffing.kind_of(content[:1024]), name=name, purpose=purpose,
        request_id=request_id, by=by, at=at,
    )  # fmt: skip


def clean(mall: Mall, by: Actor, content: bytes | None = None, *, purpose: Purpose = Purpose.KTP) -> StoredFile:
    """Give a file and have it looked at. Needs a scanner."""
    given = give(mall, by, content or picture(), purpose=purpose)
    assert examining.examine(mall.pk, given.pk, at=AT) == "clean"
    given.refresh_from_db()
    return given
