from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document that is issued here: its register, and how a number of it is written in a new year."""

    code: str
    register: str
    format: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a document receives at its signing, for its template: its number, and the address that verifies it."""

    number: str
    address: str


@dataclass(frozen=True, slots=True)
class Found:
    """One signature in a PDF: does it still cover what was signed, and was it given under this mall's authority.

    `stamped_at` is the moment that the time stamp proves; None where there is none that is worth something.
    """

    signer: str
    is_intact: bool
    is_ours: bool
    stamped_at: datetime | None
