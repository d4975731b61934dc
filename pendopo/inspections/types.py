"""What an inspector says, before it is kept."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pendopo.agencies.models import Agency


@dataclass(frozen=True, slots=True)
class Told:
    """A part as a phone sends it: its own number, which makes it arrive once, and the phone's time."""

    part: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """How a phone began an inspection: when by its clock, by which version of the checklist, and whether it was away
    from any network then.
    """

    at: datetime
    checklist: int
    is_away: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to one item of the checklist at a place, by the place's number."""

    place: int
    item: str
    value: str = ""
    number: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a picture was taken, as the phone knows it, and how exactly in metres."""

    latitude: Decimal
    longitude: Decimal
    accuracy: int | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong, whose it is to mend (None: the mall's own) and until when."""

    words: str
    agency: Agency | None
    due_on: date
    item: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs: name, office, and the drawn signature."""

    name: str
    office: str
    drawn: bytes
