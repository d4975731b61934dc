"""Templates of letters: data, which an office may change without a programmer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "letters.json"


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that the writer of a letter is asked for."""

    name: str
    indonesian: str
    english: str
    hint: str

    @property
    def label(self) -> str:
        """What it is, in the language of the page."""
        return self.english if get_language() == "en" else self.indonesian


@dataclass(frozen=True, slots=True)
class Template:
    """A letter without its number.

    `about` says what it needs: a meeting that will be held or was, one that was postponed or called off, an agency, or
    nothing (empty).
    """

    code: str
    indonesian: str
    english: str
    about: str
    recipient: str
    subject: str
    basis: tuple[str, ...]
    paragraphs: tuple[str, ...]
    annex: str
    asks: tuple[Asked, ...]
    tables: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.english if get_language() == "en" else self.indonesian


@cache
def templates() -> Mapping[str, Template]:
    """Return the templates by code, read once a process."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        each["code"]: Template(
            each["code"], each["name"], each["english"], each["about"], each["recipient"], each["subject"],
            tuple(each["basis"]), tuple(each["paragraphs"]), each["annex"],
            tuple(Asked(one["name"], one["label"], one["english"], one["hint"]) for one in each["asks"]),
            tuple(each["tables"]),
        )
        for each in told["templates"]
    }  # fmt: skip
