"""Number words from 0 to 9999, one clip a word."""

from collections.abc import Callable, Sequence

LARGEST = 9999

INDONESIAN = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
# Krama, in which strangers are addressed.
JAVANESE = ("nol", "setunggal", "kalih", "tiga", "sekawan", "gangsal", "enem", "pitu", "wolu", "sanga", "sedasa")
# As they stand before dasa, atus and ewu: tigang dasa, pitung atus.
JAVANESE_BOUND = ("", "", "kalih", "tigang", "sekawan", "gangsal", "enem", "pitung", "wolung", "sangang")
JAVANESE_TEENS = (
    "", "sewelas", "kalih welas", "tiga welas", "sekawan welas", "gangsal welas", "nembelas", "pitulas", "wolulas",
    "sangalas",
)  # fmt: skip
# From 21 to 29 they count in likur; fifty and sixty have names of their own, and so has 25.
JAVANESE_OWN = {25: "selangkung", 50: "seket", 60: "sewidak", 100: "satus", 1000: "sewu"}


def number_words(number: int, language: str) -> list[str]:
    """Say a number in `id`, `en` or `jv`. Raises ValueError for less than 0 and more than 9999."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not from 0 to {LARGEST}.")
    return _SAID[language](number)


def _indonesian(number: int) -> list[str]:
    if number < 10:
        return [INDONESIAN[number]]
    if number < 20:
        # One is never "satu" before a measure: sepuluh, sebelas, seratus, seribu.
        return [("sepuluh", "sebelas")[number - 10]] if number < 12 else [INDONESIAN[number - 10], "belas"]
    for measure, one, word in ((1000, "seribu", "ribu"), (100, "seratus", "ratus"), (10, "", "puluh")):
        many, rest = divmod(number, measure)
        if many:
            said = [one] if many == 1 else [INDONESIAN[many], word]
            return said + (_indonesian(rest) if rest else [])
    raise AssertionError


def _english(number: int) -> list[str]:
    if number < 20:
        return [ENGLISH[number]]
    if number < 100:
        tens, ones = divmod(number, 10)
        return [ENGLISH_TENS[tens]] + ([ENGLISH[ones]] if ones else [])
    measure, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, measure)
    said = [ENGLISH[many], word]
    if not rest:
        return said
    return said + (["and"] if rest < 100 else []) + _english(rest)


def _javanese(number: int) -> list[str]:
    if number in JAVANESE_OWN:
        return [JAVANESE_OWN[number]]
    if number <= 10:
        return [JAVANESE[number]]
    if number < 20:
        return JAVANESE_TEENS[number - 10].split()
    if 20 < number < 30:
        return ["selikur"] if number == 21 else [JAVANESE[number - 20], "likur"]
    for measure, word in ((1000, "ewu"), (100, "atus"), (10, "dasa")):
        many, rest = divmod(number, measure)
        if many:
            own = JAVANESE_OWN.get(many * measure)
            return ([own] if own else [JAVANESE_BOUND[many], word]) + (_javanese(rest) if rest else [])
    raise AssertionError


_SAID: dict[str, Callable[[int], list[str]]] = {"id": _indonesian, "en": _english, "jv": _javanese}
LANGUAGES: Sequence[str] = tuple(_SAID)


def all_words(language: str) -> list[str]:
    """Return every word that a number may need, each once, in the order of counting."""
    numbers = (*range(100), *range(100, 1000, 100), 101, *range(1000, LARGEST + 1, 1000))
    return list(dict.fromkeys(word for number in numbers for word in number_words(number, language)))
