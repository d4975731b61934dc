"""A call as the clips that say it: chime, "nomor antrean", letters, number, agency, "ke loket", counter."""

import re
from collections.abc import Sequence

from pendopo.queues.speech.numbers import LARGEST, all_words, number_words

CHIME = "chime"
NUMBER = "nomor_antrean"
COUNTER = "ke_loket"
PHRASES = {
    "id": {NUMBER: "nomor antrean", COUNTER: "ke loket"},
    "en": {NUMBER: "queue number", COUNTER: "please go to counter"},
    "jv": {NUMBER: "nomer antrean", COUNTER: "dhateng loket"},
}
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_INDONESIAN = (
    "a", "be", "ce", "de", "e", "ef", "ge", "ha", "i", "je", "ka", "el", "em", "en", "o", "pe",
    "ki", "er", "es", "te", "u", "ve", "we", "eks", "ye", "zet",
)  # fmt: skip
_ENGLISH = (
    "ay", "bee", "see", "dee", "ee", "eff", "jee", "aitch", "eye", "jay", "kay", "ell", "em", "en", "oh", "pee",
    "cue", "ar", "ess", "tee", "you", "vee", "double you", "ex", "why", "zed",
)  # fmt: skip
LETTERS = {
    "id": dict(zip(_ALPHABET, _INDONESIAN, strict=True)),
    "en": dict(zip(_ALPHABET, _ENGLISH, strict=True)),
    "jv": dict(zip(_ALPHABET, _INDONESIAN, strict=True)),
}
LONGEST_TOKEN = 40
_RUNS = re.compile(r"[0-9]+|[A-Za-z]")


def call_tokens(
    number: str, counter: str, *, language: str = "id", agency: str = "", digits: bool = False
) -> list[str]:
    """Return the clips of one call, in order: "4K-10" at counter 3 is chime, nomor_antrean, empat, k, sepuluh, ….

    `digits`: the ticket's own number is spelled with its leading zeros, "nol satu dua" instead of "dua belas".
    """
    return [CHIME, *sentence(number, counter, language=language, agency=agency, digits=digits)]


def sentence(number: str, counter: str, *, language: str = "id", agency: str = "", digits: bool = False) -> list[str]:
    """Return the same without the chime: what is said twice."""
    named = [agency_token(agency)] if agency else []
    code, dash, place = number.rpartition("-")
    ticket = [*spelled(code, language), *spelled(place, language, digits=digits)] if dash else spelled(number, language)
    return [NUMBER, *ticket, *named, COUNTER, *spelled(counter, language)]


def announcement(
    number: str, counter: str, *, languages: Sequence[str], agency: str = "", digits: bool = False
) -> list[tuple[str, str]]:
    """Return all that is played for a call, as (language, clip): one chime, then the sentence twice.

    With several languages it is said once in each of them.
    """
    spoken = [languages[0], languages[0]] if len(languages) == 1 else list(languages)
    said = [
        (language, token)
        for language in spoken
        for token in sentence(number, counter, language=language, agency=agency, digits=digits)
    ]
    return [(languages[0], CHIME), *said]


def spelled(text: str, language: str, *, digits: bool = False) -> list[str]:
    """Spell letters one by one and say numbers as words (digit by digit when asked, or when they are too large)."""
    tokens: list[str] = []
    for run in _RUNS.findall(text):
        if not run.isdigit():
            tokens.append(run.lower())
        elif digits or int(run) > LARGEST:
            tokens += [word for digit in run for word in number_words(int(digit), language)]
        else:
            tokens += number_words(int(run), language)
    return tokens


def agency_token(short_name: str) -> str:
    """Name the clip of an agency: "Bank Jateng" is instansi_bank_jateng. Only a mall's own recording has it."""
    plain = re.sub(r"[^a-z0-9]+", "_", short_name.lower()).strip("_")
    return f"instansi_{plain}"[:LONGEST_TOKEN] if plain else ""


def vocabulary(language: str) -> dict[str, str]:
    """Return every clip that calls in a language need and what it says; neither the chime nor names of agencies."""
    words = {word: word for word in all_words(language)}
    return PHRASES[language] | LETTERS[language] | words


def in_words(tokens: Sequence[str], language: str) -> str:
    """Write down what a list of clips says."""
    texts = vocabulary(language)
    return " ".join(texts.get(token, token) for token in tokens if token != CHIME)
