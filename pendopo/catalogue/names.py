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


LINKS = frozenset({"dan", "di", "ke", "dari", "untuk", "atau", "yang"})
# People say SIPB for "Izin praktik bidan": the letter (surat) is left out of its name. Of no other paper: "IMB menara"
# is no SIM.
SILENT, PERMIT = "s", "izin"


def abbreviations(*names: str) -> str:
    """Return by which initials a service may be called: kk for Kartu Keluarga, jht, sipb."""
    found: dict[str, None] = {}
    for name in names:
        words = folded(name).split()
        initials = "".join(word[0] for word in words if word not in LINKS and not word[0].isdigit())
        called = (initials, SILENT + initials) if words[:1] == [PERMIT] else (initials,)
        found |= dict.fromkeys(letters for letters in called if 2 <= len(letters) <= 8)
    return " ".join(found)
