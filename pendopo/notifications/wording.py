"""The texts of messages: a file for each, with the same fields in both languages."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pendopo.notifications.errors import WrongTemplate

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("id", "en")
FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Words:
    """One template in one language; `name` is what staff call it."""

    name: str
    subject: str
    text: str

    @property
    def fields(self) -> frozenset[str]:
        """What it asks for."""
        return frozenset(FIELD.findall(self.subject + self.text))

    def filled(self, data: Mapping[str, str]) -> "Words":
        """Put values in; what a value holds is never read as a field."""
        subject, text = (FIELD.sub(lambda field: data[field[1]], part) for part in (self.subject, self.text))
        return Words(self.name, subject, text)


@lru_cache(maxsize=256)
def template(name: str) -> dict[str, Words]:
    """Return a template in each language. Raises WrongTemplate."""
    path = TEXTS / f"{name}.json"
    if not re.fullmatch(r"[a-z_]{1,40}", name) or not path.is_file():
        raise WrongTemplate(_("Templat pesan “%(name)s” tidak dikenal.") % {"name": name[:40]})
    told = json.loads(path.read_text())
    return {language: Words(**told[language]) for language in LANGUAGES}


def name_of(name: str) -> str:
    """Return what staff call a template, in the language of the page. Raises WrongTemplate."""
    told = template(name)
    return told.get(get_language() or "", told["id"]).name


def templates() -> list[str]:
    """Return the names of all there are."""
    return sorted(path.stem for path in TEXTS.glob("*.json"))


def checked(name: str, data: Mapping[str, str]) -> None:
    """Refuse values that are not just what a template asks for. Raises WrongTemplate."""
    wanted = template(name)["id"].fields
    if wanted != set(data) or not all(isinstance(value, str) for value in data.values()):
        fields = ", ".join(sorted(wanted)) or "–"
        raise WrongTemplate(_("Pesan “%(name)s” memerlukan isian: %(fields)s.") % {"name": name, "fields": fields})


def words_of(name: str, language: str, data: Mapping[str, str]) -> Words:
    """Return a message as it is read; in Indonesian where the language is not ours. Raises WrongTemplate."""
    found = template(name)
    return found.get(language, found["id"]).filled(data)
