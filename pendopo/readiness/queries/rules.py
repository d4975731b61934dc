"""What MPP Digital asks, as far as it is known: data with its sources. Gates are a mall's own once it has set them."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parents[1] / "data" / "mpp_digital.json"


@dataclass(frozen=True, slots=True)
class GateRule:
    """A gate: what is measured, from which value on it is passed (None: followed, without a threshold), who says so."""

    code: str
    name: str
    unit: str
    threshold: Decimal | None
    source: str
    source_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the eleven. What has to be noted by hand because no row of ours can show it, is said; else empty."""

    code: str
    indonesian: str
    english: str
    indonesian_by_hand: str
    english_by_hand: str

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.english if _is_english() else self.indonesian

    @property
    def by_hand(self) -> str:
        """What has to be noted by hand, in the language of the page."""
        return self.english_by_hand if _is_english() else self.indonesian_by_hand


@dataclass(frozen=True, slots=True)
class Rules:
    """The gates to begin with, and the criteria with their source."""

    gates: tuple[GateRule, ...]
    criteria: tuple[Criterion, ...]
    indonesian_source: str
    english_source: str

    @property
    def source(self) -> str:
        """Who names the criteria, and what is not known of them."""
        return self.english_source if _is_english() else self.indonesian_source

    def criterion(self, code: str) -> Criterion | None:
        """Return a criterion by its code."""
        return next((each for each in self.criteria if each.code == code), None)


@cache
def rules() -> Rules:
    """Return what is asked, read once a process."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    gates = tuple(
        GateRule(
            each["code"],
            each["nama"],
            each["unit"],
            Decimal(each["ambang"]) if each["ambang"] else None,
            each["sumber"],
            date.fromisoformat(each["sumber_tanggal"]),
            each["catatan"],
        )
        for each in told["gates"]
    )
    criteria = tuple(
        Criterion(each["code"], each["nama"], each["english"], each["tangan"], each["by_hand"])
        for each in told["criteria"]
    )
    return Rules(gates, criteria, told["criteria_source"], told["criteria_source_english"])


def _is_english() -> bool:
    return (get_language() or "id").startswith("en")
