"""Facilities for vulnerable groups: the kinds we propose, and how the law's instrument values their number.

Each edition is a file that never changes: a checklist of sidak names the edition it looks at.
"""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FOLDER = Path(__file__).parent.parent / "data"
NEWEST = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of facility, by its key and its name in both languages."""

    key: str
    indonesian: str
    english: str

    def __str__(self) -> str:
        return self.english if (get_language() or "id").startswith("en") else self.indonesian


@dataclass(frozen=True, slots=True)
class Instrument:
    """How many facilities are wanted for each value from 0 to 5, and kinds to choose from."""

    name: str
    levels: Sequence[int]
    kinds: Sequence[Kind]

    @property
    def wanted(self) -> int:
        """How many make the highest value."""
        return self.levels[-1]

    @property
    def looked_at(self) -> Sequence[Kind]:
        """The kinds that a sidak looks for: as many as make the highest value."""
        return self.kinds[: self.wanted]

    def value(self, count: int) -> int:
        """Return the value from 0 to 5 of so many facilities."""
        return bisect_right(self.levels, count) - 1


@cache
def instrument(edition: int = NEWEST) -> Instrument:
    """Return what the law's instrument asks of facilities for vulnerable groups (PEKPPP F02 no. 18)."""
    told = json.loads((FOLDER / f"sarana_rentan_{edition}.json").read_text())
    kinds = tuple(Kind(each["key"], each["id"], each["en"]) for each in told["kinds"])
    return Instrument(told["instrument"], told["levels"], kinds)
