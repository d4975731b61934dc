"""The checklists, each version a file that never changes: an inspection is read with the one it was made with.

A new version is a new file and `NEWEST`; what a file says is frozen by a test.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from django.utils.translation import get_language

from pendopo.catalogue.queries.facilities import Instrument, instrument

FOLDER = Path(__file__).parent.parent / "data"
NEWEST = 1


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text in both languages."""

    indonesian: str
    english: str

    def __str__(self) -> str:
        return self.english if (get_language() or "id").startswith("en") else self.indonesian


@dataclass(frozen=True, slots=True)
class Item:
    """What is looked at: answered by yes or no, or (`is_count`) by a number."""

    key: str
    text: Phrase
    is_count: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together; where an instrument of the law scores them the yeses are counted."""

    key: str
    name: Phrase
    items: tuple[Item, ...]
    instrument: Instrument | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One of the two that visitors are asked; `good` is the answer that one hopes for."""

    key: str
    text: Phrase
    good: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """One version of what is looked at and asked."""

    version: int
    sections: tuple[Section, ...]
    questions: tuple[Question, Question]

    @property
    def items(self) -> dict[str, Item]:
        """Every item by its key."""
        return {item.key: item for section in self.sections for item in section.items}


class WrittenItem(TypedDict):
    """An item as the file has it."""

    key: str
    text: dict[str, str]
    kind: NotRequired[str]


class Written(TypedDict):
    """A section as the file has it: with items, or with the edition of the facilities that are looked at."""

    key: str
    name: dict[str, str]
    items: NotRequired[list[WrittenItem]]
    facilities: NotRequired[int]


@cache
def checklist(version: int) -> Checklist:
    """Read a version. Raises FileNotFoundError for one that was never made."""
    told = json.loads((FOLDER / f"checklist_{version}.json").read_text())
    first, second = (Question(each["key"], _phrase(each["text"]), each["good"]) for each in told["questions"])
    return Checklist(told["version"], tuple(_section(each) for each in told["sections"]), (first, second))


def _section(told: Written) -> Section:
    key, name = told["key"], _phrase(told["name"])
    if edition := told.get("facilities"):
        # The kinds are written once, for what the mall tells of itself and for what a sidak looks at.
        scored = instrument(edition)
        kinds = tuple(Item(kind.key, Phrase(kind.indonesian, kind.english), False) for kind in scored.looked_at)
        return Section(key, name, kinds, scored)
    items = (Item(each["key"], _phrase(each["text"]), each.get("kind") == "count") for each in told.get("items", ()))
    return Section(key, name, tuple(items))


def _phrase(told: dict[str, str]) -> Phrase:
    return Phrase(told["id"], told["en"])
