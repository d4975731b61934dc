"""What somebody means by the words that they typed: each word with what it weighs and the ways to find it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pendopo.catalogue.names import folded
from pendopo.catalogue.searching.synonyms import Synonyms

MOST_WORDS = 12
LONGEST_PHRASE = 5
# How much a word says that stands in half of all names, one that we do not know, and one of which we know the meaning.
WEAK, STRONG, KNOWN = 0.25, 1.0, 1.5
PASSIVE = "di"
# A word that is near one of ours, by the share of letters in threes that both have.
NEAR = 0.55
SHORTEST_MISSPELT = 4


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
    """A word that says something. `ways` begin with the word itself."""

    text: str
    weight: float
    ways: list[Way] = field(default_factory=list)


def understand(text: str, synonyms: Synonyms) -> list[Word]:
    """Return the words of a query with the ways to find them; what says nothing is passed over, unless all does."""
    typed = [part for word in folded(text).split() for part in _apart(word, synonyms.vocabulary)][:MOST_WORDS]
    telling = [word for word in typed if word not in synonyms.passed_over] or typed
    words = [
        Word(word, WEAK if word in synonyms.weak else STRONG, list(_as_written(word)))
        for word in dict.fromkeys(telling)
    ]
    if not any(word.weight == STRONG for word in words):
        for word in words:
            word.weight = STRONG
    by_text = {word.text: word for word in words}
    mended = {word: _nearest(word, synonyms.vocabulary) for word in telling}
    for sequence in (typed, telling):
        _add_meanings(sequence, by_text, synonyms, worth=1.0)
    if any(mended[word] != word for word in telling):
        corrected = [mended[word] for word in telling]
        back = {mended[word]: by_text[word] for word in telling}
        _add_meanings(corrected, back, synonyms, worth=0.8)
    return words


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


def _add_meanings(sequence: Sequence[str], words: dict[str, Word], synonyms: Synonyms, *, worth: float) -> None:
    """Give each word of a known phrase what the phrase means."""
    for start in range(len(sequence)):
        for end in range(start + 1, min(start + LONGEST_PHRASE, len(sequence)) + 1):
            meant = synonyms.meanings.get(" ".join(sequence[start:end]), ())
            # More words mean it more surely.
            surely = worth * min(0.85 + 0.04 * (end - start - 1), 0.95)
            for each in {id(words[part]): words[part] for part in sequence[start:end] if part in words}.values():
                for place, phrase in enumerate(meant):
                    # What is meant first is meant most.
                    each.ways += _as_meant(phrase, surely - min(place, 5) * 0.01)
                if meant and each.weight == STRONG:
                    each.weight = KNOWN


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
    """Return the known word that a misspelt one is near, or the word itself."""
    if word in vocabulary or len(word) < SHORTEST_MISSPELT:
        return word
    mine = _threes(word)
    found = max(
        (
            (len(mine & theirs) / len(mine | theirs), other)
            for other, theirs in _threes_of(vocabulary).items()
            if other[0] == word[0]
        ),
        default=(0.0, word),
    )
    return found[1] if found[0] >= NEAR else word


@cache
def _threes_of(vocabulary: frozenset[str]) -> dict[str, frozenset[str]]:
    return {word: _threes(word) for word in vocabulary if len(word) >= SHORTEST_MISSPELT}


def _threes(word: str) -> frozenset[str]:
    padded = f"  {word} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))
