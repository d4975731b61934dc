from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Hours:
    """Working hours of one weekday (Monday is 1), in the mall's own time, with at most one break."""

    weekday: int
    opens: time
    closes: time
    break_from: time | None = None
    break_until: time | None = None


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day off by decree, as a line of a file tells it."""

    day: date
    name: str
    kind: str
    basis: str
    note: str
    source: str
    is_confirmed: bool

    def __str__(self) -> str:
        """Name it as the import's report does."""
        return f"{self.day.isoformat()} {self.name}"
