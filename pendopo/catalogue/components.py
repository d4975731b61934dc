"""The components of a service standard, as the law names them: data, which a later regulation may change."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "data" / "komponen_standar.json"


@dataclass(frozen=True, slots=True)
class Component:
    """One component. `is_public`: it must be published; the others are for those who provide the service."""

    code: str
    indonesian: str
    english: str
    is_public: bool

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        return self.english if get_language() == "en" else self.indonesian


@dataclass(frozen=True, slots=True)
class Rules:
    """What a standard is made of, by which law, and in how many media it must be published."""

    basis: str
    media: int
    components: tuple[Component, ...]

    @property
    def codes(self) -> frozenset[str]:
        """All components."""
        return frozenset(each.code for each in self.components)

    @property
    def public(self) -> tuple[Component, ...]:
        """Those that must be published."""
        return tuple(each for each in self.components if each.is_public)


@cache
def rules() -> Rules:
    """Return the rules in force, read once a process."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    components = tuple(
        Component(each["kode"], each["nama"], each["english"], each["terbuka"]) for each in told["komponen"]
    )
    return Rules(told["dasar"], told["media_lengkap"], components)
