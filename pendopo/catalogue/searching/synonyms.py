"""What people call things: words to pass over, words that say little, and words that mean others.

The file is data of ours with its source in each line; it holds for every mall, however that mall names its services.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from pendopo.catalogue.names import folded
from pendopo.kernel.tables import read_table

SHIPPED = Path(__file__).parents[1] / "data" / "padanan.csv"
PASSED_OVER, WEAK, FOREIGN = "abaikan", "umum", "lain"
KINDS = frozenset({PASSED_OVER, WEAK, FOREIGN, "ejaan", "singkatan", "sehari-hari", "peristiwa", "inggris"})
NAMES_PAPERS = frozenset({"ejaan", "singkatan"})
SEPARATOR = "|"


@dataclass(frozen=True)
class Synonyms:
    """`meanings` has for each word or phrase the phrases that it may mean; all are folded.

    `vocabulary` has every word that is known here, near which a misspelt one may stand; `papers` those that name a
    paper or an office; `foreign` those of other trades (tiket, resep), with which seldom a service is meant.
    """

    passed_over: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()
    meanings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word of which we know what it says, or that it says nothing."""
        return self.vocabulary | self.passed_over | self.weak | self.foreign

    @cached_property
    def in_phrases(self) -> frozenset[str]:
        """The words of all phrases of more than one word."""
        return frozenset(word for phrase in self.meanings if " " in phrase for word in phrase.split())

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
    papers: set[str] = set()
    foreign: set[str] = set()
    for row in read_table(content, required=("jenis", "kata"), optional=("maksud", "sumber")).rows:
        kind, words, meant = row["jenis"], _phrases(row["kata"]), _phrases(row["maksud"])
        if kind not in KINDS or bool(meant) == (kind in {PASSED_OVER, WEAK, FOREIGN}):
            raise ValueError(f"line {row.line}: kind {kind!r} with {len(meant)} meanings")
        if kind == PASSED_OVER:
            passed_over.update(words)
        elif kind == WEAK:
            weak.update(words)
        elif kind == FOREIGN:
            foreign.update(words)
        else:
            if kind in NAMES_PAPERS:
                papers.update(word for word in words if " " not in word)
            for word in words:
                meanings[word] = tuple(dict.fromkeys((*meanings.get(word, ()), *meant)))
    said = {*weak, *meanings, *(phrase for meant in meanings.values() for phrase in meant)}
    vocabulary = frozenset(word for phrase in said for word in phrase.split())
    return Synonyms(
        frozenset(passed_over), frozenset(weak), meanings, vocabulary, frozenset(papers), frozenset(foreign)
    )


def _phrases(cell: str) -> list[str]:
    return [phrase for part in cell.split(SEPARATOR) if (phrase := folded(part))]
