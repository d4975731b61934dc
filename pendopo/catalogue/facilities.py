"""Facilities for vulnerable groups: the names we propose, and how the law's instrument values their number."""

import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "sarana_rentan.json"


@dataclass(frozen=True, slots=True)
class Instrument:
    """How many facilities are wanted for each value from 0 to 5, and names to choose from."""

    name: str
    levels: Sequence[int]
    names: Sequence[str]

    @property
    def wanted(self) -> int:
        """How many make the highest value."""
        return self.levels[-1]

    def value(self, count: int) -> int:
        """Return the value from 0 to 5 of so many facilities."""
        return bisect_right(self.levels, count) - 1


@cache
def instrument() -> Instrument:
    """Return what the law's instrument asks of facilities for vulnerable groups (PEKPPP F02 no. 18)."""
    told = json.loads(DATA.read_text())
    return Instrument(told["instrument"], told["levels"], told["names"])
