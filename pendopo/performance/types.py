from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Level(StrEnum):
    """How good a figure is; each has a word beside its colour."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = ""

    @property
    def word(self) -> str:
        """The same in a word."""
        return str(WORDS[self])


WORDS = {
    Level.GOOD: _("Baik"),
    Level.WARN: _("Perhatikan"),
    Level.BAD: _("Tindak"),
    Level.UNKNOWN: _("Belum ada data"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """A part of a figure with the way to its rows: a route of the mall, and what is asked there."""

    text: str
    route: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure of the head's page: what it counts, how good it is in a word, and the way to its rows.

    `value` is its text, `detail` says what it is compared with, `ways` lead to parts of it.
    """

    key: str
    title: str
    value: str
    level: Level
    word: str
    way: Way
    detail: str = ""
    ways: tuple[Way, ...] = field(default=())
