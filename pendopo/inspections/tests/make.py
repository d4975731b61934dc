"""Inspections for tests, made by the module's own actions."""

import struct
import zlib
from datetime import datetime, timedelta
from uuid import uuid4

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.inspections.actions import beginning, filling, finding, signing
from pendopo.inspections.models import Finding, Inspection, Place, Signature
from pendopo.inspections.types import Hand, Said, Told, Wrong
from pendopo.tenancy.models import Mall, Site


def png(side: int = 8, *, secret: bytes = b"") -> bytes:
    """Draw a small picture; `secret` is what a camera might write beside it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compress((b"\x00" + b"\x19\x6b\xcd" * side) * side)
    beside = chunk(b"eXIf", secret) if secret else b""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + beside + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def told(at: datetime) -> Told:
    """Make a part of its own."""
    return Told(uuid4(), at)


def inspection(mall: Mall, by: Actor, *, at: datetime, others: tuple[str, ...] = ()) -> Inspection:
    """Begin an inspection of every site of a mall."""
    sites = list(Site.objects.in_use().filter(mall=mall).order_by("pk"))
    return beginning.begin(mall, sites=sites, others=others, part=uuid4(), by=by, at=at)


def place(of: Inspection) -> Place:
    """Return the first place of an inspection."""
    return Place.objects.filter(inspection=of).select_related("inspection").order_by("pk")[0]


def answered(of: Inspection, by: Actor, *, at: datetime) -> None:
    """Answer three items."""
    here = place(of).pk
    said = [Said(here, "staffed", "no", None, "Loket 3 kosong"), Said(here, "empty", "", 1), Said(here, "ramp", "yes")]
    filling.answer(of, said, told=told(at), by=by, at=at)


def found(
    of: Inspection,
    by: Actor,
    *,
    at: datetime,
    agency: Agency | None = None,
    days: int = 7,
    picture: bytes | None = None,
) -> Finding:
    """Note that something is wrong."""
    due = of.mall.local(at).date() + timedelta(days=days)
    wrong = Wrong("Tempat sampah tidak ada", agency, due, "bins")
    return finding.find(place(of), wrong, told=told(at), by=by, at=at, picture=picture)


def signed(of: Inspection, by: Actor, *, at: datetime) -> Signature:
    """Sign an inspection."""
    hand = Hand("Rina Wijaya", "Inspektur Pembantu", png())
    return signing.sign(of, hand, summary="Baik, kecuali tempat sampah.", told=told(at), by=by, at=at)
