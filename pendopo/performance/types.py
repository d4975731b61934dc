from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How good a figure is: the colour beside its word."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = ""


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
