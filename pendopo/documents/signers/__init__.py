"""Who can put an electronic signature into a PDF, and what is found in one: one adapter a file."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pendopo.documents.types import Found


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signature says besides who gave it."""

    reason: str
    location: str


class Signer(Protocol):
    """Signs PDFs of one mall, and judges those that it signed."""

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF with a signature over all of it."""

    def verify(self, pdf: bytes, *, at: datetime) -> list[Found]:
        """Return what each signature in a PDF is worth at a moment. Raises NotUnderstood for what cannot be read."""
