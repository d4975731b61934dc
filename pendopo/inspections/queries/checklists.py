"""The checklists, each version a file that never changes: an inspection is read with the one it was made with."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

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
    """Items that belong together; of a scored one the yeses are counted."""

    key: str
    name: Phrase
    items: tuple[Item, ...]
    is_scored: bool


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
    facility_scores: tuple[tuple[int, int], ...]

    @property
    def items(self) -> dict[str, Item]:
        """Every item by its key."""
        return {item.key: item for section in self.sections for item in section.items}

    def facility_score(self, count: int) -> int:
        """Return the points that PEKPPP F-02 number 18 gives for so many facilities."""
        return next(points for least, points in self.facility_scores if count >= least)


@cache
def checklist(version: int) -> Checklist:
    """Read a version. Raises FileNotFoundError for one that was never made."""
    told = json.loads((FOLDER / f"checklist_{version}.json").read_text())
    first, second = (Question(each["key"], _phrase(each["text"]), each["good"]) for each in told["questions"])
    return Checklist(
        told["version"],
        tuple(
            Section(
                section["key"],
                _phrase(section["name"]),
                tuple(
                    Item(each["key"], _phrase(each["text"]), each.get("kind") == "count") for each in section["items"]
                ),
                section.get("is_scored", False),
            )
            for section in told["sections"]
        ),
        (first, second),
        tuple((least, points) for least, points in told["facility_scores"]),
    )


def _phrase(told: dict[str, str]) -> Phrase:
    return Phrase(told["id"], told["en"])
