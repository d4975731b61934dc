"""What happens to files that people give, and to documents that were issued."""

from dataclasses import dataclass
from datetime import datetime

from pendopo.audit.types import Who


@dataclass(frozen=True, slots=True)
class FileSettled:
    """A file was looked at: it is clean, refused or quarantined."""

    mall_id: int
    code: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class _AboutDocument:
    """A document by its number in the mall, where whoever holds it reads of it, and who did it."""

    mall_id: int
    document_id: int
    link: str
    by: Who | None
    at: datetime


class DocumentIssued(_AboutDocument):
    """A document was numbered, signed and kept."""


class DocumentRevoked(_AboutDocument):
    """A document was taken back."""


class DocumentCorrected(_AboutDocument):
    """A document was wrong; the link leads to the right one."""
