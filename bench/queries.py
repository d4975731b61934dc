"""What citizens look for, written down before search was: `queries.csv`, which is not changed to fit what is found."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

QUERIES = Path(__file__).with_name("queries.csv")
FIRST = 3
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody types, and the services of which one must be among the first three; none: nothing is found."""

    kind: str
    text: str
    expected: tuple[str, ...]

    def is_right(self, found: Sequence[str]) -> bool:
        """Say whether these services, the best first, are what was looked for."""
        if not self.expected:
            return not found
        return any(fnmatchcase(code, wanted) for code in found[:FIRST] for wanted in self.expected)


def queries(file: Path = QUERIES) -> list[Query]:
    """Read the queries."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [Query(row["kind"], row["query"], tuple(row["expected"].split())) for row in csv.DictReader(lines)]
