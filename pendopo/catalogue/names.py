"""How names of services are compared and found."""

import re
import unicodedata

BLANKS = re.compile(r"[^0-9a-z]+")


def folded(text: str) -> str:
    """Write a text in small letters without accents, punctuation or double blanks."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return BLANKS.sub(" ", plain).strip()


def recognised(name: str) -> str:
    """Return by what a line of an import is known again: capitals, blanks and punctuation do not matter."""
    return folded(name)[:200]


def search_words(*texts: str) -> str:
    """Return what search looks through for one service."""
    return " ".join(folded(text) for text in texts if text)


def service_code(agency_code: str, number: int) -> str:
    """Return the code of an agency's service by its number: DLH-007."""
    return f"{agency_code}-{number:03d}"
