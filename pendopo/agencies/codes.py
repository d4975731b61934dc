"""Short names and codes of agencies, made from their full names the way people shorten them."""

import re
from collections.abc import Container, Iterator
from itertools import count

from pendopo.kernel.readable import SMALL

LONGEST_CODE = 12
LONGEST_SHORT_NAME = 40
WORD = re.compile(r"[^\W\d_]+")


def short_name(name: str) -> str:
    """Shorten a name to at most 40 letters: to what it gives in brackets, else to its initials when it is too long."""
    found = re.fullmatch(r"[^()]+\(([A-Z][^\W\d_]{1,11})\)(.*)", name)
    if found:
        name = f"{found[1]}{found[2]}".strip()
    if len(name) <= LONGEST_SHORT_NAME:
        return name
    return "".join(word if _is_abbreviation(word) else word[0].upper() for word in _words(name))[:LONGEST_SHORT_NAME]


def agency_code(name: str, taken: Container[str]) -> str:
    """Make a code of at most 12 capital letters that is not taken yet: DINKES, DLH, BPJSKET."""
    return next(code for code in _candidates(name) if code not in taken)


def _candidates(name: str) -> Iterator[str]:
    words = [letters for letters in map(_ascii, _words(name)) if letters] or ["INSTANSI"]
    whole = "".join(words)
    first = whole if len(whole) <= 8 or len(words) == 1 else "".join(_parts(words))
    first = first.upper()[:LONGEST_CODE]
    yield first
    # Another agency has it: say more of the last word, then count in letters.
    for length in range(4, len(words[-1]) + 1):
        yield (first + words[-1][3:length].upper())[:LONGEST_CODE]
    for number in count():
        suffix = _letters(number)
        yield first[: LONGEST_CODE - len(suffix)] + suffix


def _parts(words: list[str]) -> Iterator[str]:
    for word in words:
        if _is_abbreviation(word):
            yield word
        else:
            yield word[:3] if len(words) <= 2 else word[:1]


def _words(name: str) -> list[str]:
    return [word for word in WORD.findall(name) if word.lower() not in SMALL]


def _ascii(word: str) -> str:
    return re.sub(r"[^A-Za-z]", "", word)


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _letters(number: int) -> str:
    """Count A, B … Z, AA, AB …"""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
