"""Who looks for malware in files that strangers give."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


class ScannerAway(Exception):
    """No scanner answers, or it does not say clearly that a file is clean: the file goes on waiting."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says: nothing found, or the name of what it found; and which scanner with which signatures."""

    finding: str
    scanner: str


class Scanner(Protocol):
    """Looks through one file."""

    def scan(self, content: Iterator[bytes]) -> Verdict:
        """Look through a file that comes piece by piece. Raises ScannerAway."""
        ...
