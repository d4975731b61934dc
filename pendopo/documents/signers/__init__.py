"""Who can put an electronic signature into a PDF, and what is found in one: one adapter a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signature says besides who gave it."""

    reason: str
    location: str


class Signer(Protocol):
    """Signs PDFs in one name: a mall's seal, or a person."""

    @property
    def method(self) -> str:
        """How it signs, as `IssuedDocument.Method`."""

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF with a signature over all of it. Raises CannotSign."""
