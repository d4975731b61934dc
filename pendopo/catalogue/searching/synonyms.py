"""What people call things: words to pass over, words that say little, and words that mean others.

The file is data of ours with its source in each line; it holds for every mall, however that mall names its services.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pendopo.catalogue.names import folded
from pendopo.kernel.tables import read_table

SHIPPED = Path(__file__).parents[1] / "data" / "padanan.csv"
PASSED_OVER, WEAK = "abaikan", "umum"
KINDS = frozenset({PASSED_OVER, WEAK, "ejaan", "singkatan", "sehari-hari", "peristiwa", "inggris"})
SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """`meanings` has for each word or phrase the phrases that it may mean; all are folded.

    `vocabulary` has every word that is known here, near which a misspelt one may stand.
    """

    passed_over: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()

    @property
    def without_meanings(self) -> "Synonyms":
        """The same words to weigh, and none that means another: what search finds by names alone."""
        return Synonyms(self.passed_over, self.weak)


@cache
def shipped() -> Synonyms:
    """Return the synonyms that come with the product, read once a process."""
    return read(SHIPPED.read_bytes())


def read(content: bytes) -> Synonyms:
    """Read the columns `jenis`, `kata`, `maksud`, `sumber`. Raises ValueError for a kind that we do not know."""
    passed_over: set[str] = set()
    weak: set[str] = set()
    meanings: dict[str, tuple[str, ...]] = {}
    for row in read_table(content, required=("jenis", "kata"), optional=("maksud", "sumber")).rows:
        kind, words, meant = row["jenis"], _phrases(row["kata"]), _phrases(row["maksud"])
        if kind not in KINDS or bool(meant) == (kind in {PASSED_OVER, WEAK}):
            raise ValueError(f"line {row.line}: kind {kind!r} with {len(meant)} meanings")
        if kind == PASSED_OVER:
            passed_over.update(words)
        elif kind == WEAK:
            weak.update(words)
        else:
            for word in words:
                meanings[word] = tuple(dict.fromkeys((*meanings.get(word, ()), *meant)))
    said = {*weak, *meanings, *(phrase for meant in meanings.values() for phrase in meant)}
    vocabulary = frozenset(word for phrase in said for word in phrase.split())
    return Synonyms(frozenset(passed_over), frozenset(weak), meanings, vocabulary)


def _phrases(cell: str) -> list[str]:
    return [phrase for part in cell.split(SEPARATOR) if (phrase := folded(part))]
