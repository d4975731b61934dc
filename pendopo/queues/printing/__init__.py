"""The port to slip printers: what stands on a slip, and what can go wrong. One adapter a file."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Paper(StrEnum):
    """How much paper a printer says it has; or it says nothing."""

    OK = "ok"
    LOW = "low"
    OUT = "out"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class SlipText:
    """What stands on a slip, in words of the visitor's language. Nothing here tells of priority or need.

    `copy` is empty on the first print and says on every other that it is a copy; `url` becomes the QR code.
    """

    mall: str
    title: str
    number: str
    service: str
    agency: str
    lines: tuple[str, ...]
    url: str
    scan: str
    closing: str
    copy: str = ""


class PrinterTrouble(Exception):
    """A slip did not come, or nobody knows whether it did. `paper` when the printer could still tell."""

    def __init__(self, message: str, *, paper: Paper | None = None) -> None:
        super().__init__(message)
        self.paper = paper


class PaperOut(PrinterTrouble):
    """There was no paper before anything was sent: nothing was printed."""

    def __init__(self) -> None:
        super().__init__("no paper", paper=Paper.OUT)


class Unreachable(PrinterTrouble):
    """The printer did not answer in time, refused, or went away in the middle: some of it may be on paper."""


class Printer(Protocol):
    """A printer of slips. Both acts end within two seconds, whatever the printer does."""

    def look(self) -> Paper:
        """Return the state of the paper. Raises Unreachable."""
        ...

    def print(self, slip: SlipText) -> Paper:
        """Print a slip and return once the printer says that it did. Raises PaperOut, Unreachable."""
        ...
