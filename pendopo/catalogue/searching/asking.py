"""What somebody means by the words that they typed: each word with what it weighs and the ways to find it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pendopo.catalogue.names import folded
from pendopo.catalogue.searching.synonyms import Synonyms

MOST_WORDS = 12
LONGEST_PHRASE = 5
# How much a word says that stands in half of all names, one that we do not know, and one of which we know the meaning.
WEAK, STRONG, KNOWN = 0.25, 1.0, 1.5
# "sim habis" is perpanjangan sim before any other sim.
NARROWED = 1.1
PASSIVE = "di"
SPOKEN = (("", "nya"), ("", "in"), ("nge", ""), ("nge", "in"), ("ng", "in"), ("", "ku"), ("", "lah"))
# In so short a word nothing is mended, from so many letters on two may be wrong, missing or changed about.
SHORTEST_MISSPELT, LONG = 4, 7


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a word may be found: a text query, and how much of the word's weight finding it is worth.

    `is_stemmed`: endings do not matter (perpanjangan, memperpanjang).
    """

    query: str
    worth: float
    is_stemmed: bool


@dataclass(slots=True)
class Word:
    """A word that says something. `ways` begin with the word itself.

    `names_paper`: it names a paper or an office, as ktp and bpjs do; who types one tells a story around it.
    `is_foreign`: it belongs to another trade.
    """

    text: str
    weight: float
    names_paper: bool
    ways: list[Way] = field(default_factory=list)
    is_foreign: bool = False


def understand(text: str, synonyms: Synonyms) -> list[Word]:
    """Return the words of a query with the ways to find them; what says nothing is passed over, unless all does."""
    plain = (_plain(word, synonyms.known) for word in folded(text).split())
    typed = [part for word in plain for part in _apart(word, synonyms.vocabulary)][:MOST_WORDS]
    telling = [word for word in typed if word not in synonyms.passed_over] or typed
    words = [
        Word(
            word,
            WEAK if _is_weak(word, synonyms) else STRONG,
            word in synonyms.papers,
            list(_as_written(word)),
        )
        for word in dict.fromkeys(telling)
    ]
    if not any(word.weight == STRONG for word in words):
        for word in words:
            word.weight = STRONG
    by_text = {word.text: word for word in words}
    mended = {word: _nearest(word, synonyms.vocabulary) for word in telling}
    # A phrase may hold a word that says nothing elsewhere, and such words may stand inside it: sim (udah mau) habis.
    loose = [word for word in typed if word not in synonyms.passed_over or word in synonyms.in_phrases]
    for sequence in dict.fromkeys(map(tuple, (typed, telling, loose))):
        _add_meanings(sequence, by_text, synonyms, worth=1.0)
    if any(mended[word] != word for word in telling):
        corrected = [mended[word] for word in telling]
        back = {mended[word]: by_text[word] for word in telling}
        _add_meanings(corrected, back, synonyms, worth=0.8)
    return words


def _plain(word: str, known: frozenset[str]) -> str:
    """Take off what everyday speech hangs on a word: ktpnya, daftarin, ngecek."""
    if word in known:
        return word
    for prefix, suffix in SPOKEN:
        if len(word) > len(prefix + suffix) + 1 and word.startswith(prefix) and word.endswith(suffix):
            bare = word.removeprefix(prefix).removesuffix(suffix)
            if bare in known:
                return bare
    return word


def _is_weak(word: str, synonyms: Synonyms) -> bool:
    return word in synonyms.weak or (word.startswith(PASSIVE) and word.removeprefix(PASSIVE) in synonyms.weak)


def _as_written(word: str) -> Iterator[Way]:
    yield Way(f"{word}:A", 1.0, is_stemmed=False)
    yield Way(f"{word}:B", 0.93, is_stemmed=False)
    yield Way(f"{word}:AB", 0.88, is_stemmed=True)
    yield Way(f"{word}:C", 0.8, is_stemmed=True)
    yield Way(f"{word}:D", 0.35, is_stemmed=True)
    if len(word) > 2:
        yield Way(f"{word}:*AB", 0.75, is_stemmed=False)


def _add_meanings(sequence: Sequence[str], words: Mapping[str, Word], synonyms: Synonyms, *, worth: float) -> None:
    """Give each word of a known phrase what the phrase means."""
    for phrase in _phrases(sequence):
        said = " ".join(phrase)
        parts = {id(words[part]): words[part] for part in phrase if part in words}.values()
        if said in synonyms.foreign:
            for word in parts:
                word.is_foreign = True
        if meant := synonyms.meanings.get(said, ()):
            # More words mean it more surely.
            surely = worth * min(0.85 + 0.04 * (len(phrase) - 1), 0.95)
            for word in parts:
                _add_meant(word, meant, length=len(phrase), worth=worth, surely=surely)


def _phrases(sequence: Sequence[str]) -> Iterator[Sequence[str]]:
    """Walk through all that stands together, from its first word on, the shorter first."""
    for start in range(len(sequence)):
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(sequence)) + 1):
            yield sequence[start:end]


def _add_meant(word: Word, meant: Sequence[str], *, length: int, worth: float, surely: float) -> None:
    """Give a word what the phrase of that many words means of which it is one."""
    for place, phrase in enumerate(meant):
        # What is meant first is meant most; what says the word itself and more than it, above the word.
        narrows = length > 1 and word.text in phrase.split()[1:]
        word.ways += _as_meant(phrase, worth * NARROWED if narrows else surely - min(place, 5) * 0.01)
    if word.weight == STRONG:
        word.weight = KNOWN
    elif length > 1 and word.weight < KNOWN / length:
        # Words that say little alone say together what they mean: rumah sakit.
        word.weight = KNOWN / length


def _as_meant(phrase: str, worth: float) -> Iterator[Way]:
    parts = phrase.split()
    yield Way(" & ".join(f"{part}:A" for part in parts), worth, is_stemmed=False)
    yield Way(" & ".join(f"{part}:ABC" for part in parts), worth * 0.93, is_stemmed=False)
    # Less: the stem of "perizinan berusaha" is in each "izin usaha".
    yield Way(" & ".join(f"{part}:AB" for part in parts), worth * 0.8, is_stemmed=True)


def _apart(word: str, vocabulary: frozenset[str]) -> tuple[str, ...]:
    """Write two known words apart that were typed as one: aktakelahiran."""
    if word not in vocabulary:
        for place in range(SHORTEST_MISSPELT, len(word) - SHORTEST_MISSPELT + 1):
            if word[:place] in vocabulary and word[place:] in vocabulary:
                return word[:place], word[place:]
    return (word,)


def _nearest(word: str, vocabulary: frozenset[str]) -> str:
    """Return the known word that a misspelt or a colloquial one (nyembelih, ngadu) stands for, or the word itself."""
    if word in vocabulary or len(word) < SHORTEST_MISSPELT:
        return word
    if word.startswith("n") and f"me{word}" in vocabulary:
        return f"me{word}"
    wrong = 2 if len(word) >= LONG else 1
    # Whoever errs seldom errs in the first letter.
    alike = _by_letter(vocabulary).get(word[0], ())
    found = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=wrong)
    return found[0] if found else word


@cache
def _by_letter(vocabulary: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(vocabulary):
        if len(word) >= SHORTEST_MISSPELT:
            found[word[0]].append(word)
    return {letter: tuple(words) for letter, words in found.items()}
