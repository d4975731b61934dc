"""What a proposal is made of and scored by, as the ministry's guides name it: data, which changes yearly."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "kipp.json"
WORD = re.compile(r"\S+")
HIGHEST_SCORE = 100


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name in both languages."""

    code: str
    indonesian: str
    english: str

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.english if get_language() == "en" else self.indonesian


@dataclass(frozen=True, slots=True)
class Rules:
    """Sections by group of proposals, how old an innovation must be, how long a text may be, criteria with weights."""

    basis: str
    sections: Mapping[str, Named]
    groups: Mapping[str, Sequence[str]]
    ages: Mapping[str, int]
    ages_source: str
    limit: int
    limit_source: str
    criteria: Mapping[str, Named]
    weights: Mapping[str, int]
    criteria_source: str

    def of_group(self, group: str) -> list[Named]:
        """Return the sections that a proposal of a group has, in their order."""
        return [self.sections[code] for code in self.groups[group]]


@cache
def rules() -> Rules:
    """Return the rules that came with the product, read once a process."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return Rules(
        basis=told["dasar"],
        sections={code: Named(code, each["nama"], each["english"]) for code, each in told["bagian"].items()},
        groups={code: tuple(each["bagian"]) for code, each in told["kelompok"].items()},
        ages={code: each["umur_bulan"] for code, each in told["kelompok"].items()},
        ages_source=told["umur_sumber"],
        limit=told["batas_kata"],
        limit_source=told["batas_kata_sumber"],
        criteria={each["kode"]: Named(each["kode"], each["nama"], each["english"]) for each in told["kriteria"]},
        weights={each["kode"]: each["bobot"] for each in told["kriteria"]},
        criteria_source=told["kriteria_sumber"],
    )


def words_in(text: str) -> int:
    """Count words: whatever blanks part."""
    return len(WORD.findall(text))
