"""What an import tells of each line: one kind of report for every file that people bring."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a line."""

    TAKEN = "taken"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: what became of it, what was mended in it, why it was refused.

    `mended` is what we corrected, `notes` what whoever imports should know. `secret` is told once and kept nowhere.
    """

    number: int
    outcome: Outcome
    name: str = ""
    mended: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    why: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """All lines of an import in the file's order; `is_written` False means that nothing at all was kept."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    is_written: bool = True

    def count(self, outcome: Outcome) -> int:
        """How many lines had this outcome."""
        return self.totals[outcome]

    @property
    def totals(self) -> Counter[Outcome]:
        """How many lines had each outcome."""
        return Counter(line.outcome for line in self.lines)

    @property
    def mended(self) -> int:
        """How many lines were corrected by us."""
        return sum(bool(line.mended) for line in self.lines)

    @property
    def has_changed(self) -> bool:
        """Whether anything was kept that was not there before."""
        return self.is_written and any(line.outcome in {Outcome.TAKEN, Outcome.CHANGED} for line in self.lines)

    @property
    def refused(self) -> tuple[Line, ...]:
        """The lines that were refused."""
        return tuple(line for line in self.lines if line.outcome is Outcome.REFUSED)


def report(lines: Iterable[Line], notes: tuple[str, ...], *, skip_bad: bool) -> Report:
    """Put the lines into the order of the file; one refused line keeps all of them out, unless bad ones are skipped.

    What is not written has no secrets to tell.
    """
    ordered = tuple(sorted(lines, key=lambda line: line.number))
    is_written = skip_bad or all(line.outcome is not Outcome.REFUSED for line in ordered)
    if not is_written:
        ordered = tuple(replace(line, secret="") for line in ordered)
    return Report(ordered, notes, is_written)


def refusal(number: int, why: object, name: str = "") -> Line:
    """Say why a line is not taken."""
    return Line(number, Outcome.REFUSED, name=name, why=str(why))
