from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What its writer tells of a letter; `texts` are what its template asks for, by name."""

    number: str
    day: date
    recipient: str
    subject: str
    signer: str
    signer_office: str
    texts: Mapping[str, str] = field(default_factory=dict)


class Annexed(TypedDict):
    """A table behind a letter."""

    title: str
    summary: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str | int | float | None]]


class Content(TypedDict):
    """All that stands in a letter."""

    head: list[str]
    number: str
    date: list[int]
    day: str
    recipient: str
    subject: str
    basis: list[str]
    paragraphs: list[str]
    signer: str
    signer_office: str
    annex: str
    sections: list[list[str]]
    tables: list[Annexed]
    mark: str
