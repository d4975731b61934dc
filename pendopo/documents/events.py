"""What happens to files that people give."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FileSettled:
    """A file was looked at: it is clean, refused or quarantined."""

    mall_id: int
    code: str
    state: str
    at: datetime
