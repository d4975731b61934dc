"""The folder of clips: <folder>/<language>/<token>.wav, made once for each edition of the words."""

import hashlib
import os
import wave
from array import array
from collections.abc import Mapping
from pathlib import Path

from voice.espeak import WORDS_A_MINUTE, Espeak

# espeak-ng has no Javanese; its Indonesian voice reads Javanese spelling well enough.
VOICES = {"id": "id", "en": "en", "jv": "id"}
# Quieter than this is silence at either end: words follow each other without a gap but what is left here.
QUIET = 250
MARGIN_MS = 40
EDITION = 1


def make(folder: Path, language: str, words: Mapping[str, str], espeak: Espeak) -> int:
    """Make the clips of a language that are missing, or all when the words changed; return how many were made."""
    place = folder / language
    place.mkdir(parents=True, exist_ok=True)
    mark = place / ".edition"
    edition = _edition(language, words)
    is_new = not mark.exists() or mark.read_text() != edition
    wanted = [token for token in words if is_new or not (place / f"{token}.wav").exists()]
    for token in wanted:
        _write(place / f"{token}.wav", trimmed(espeak.say(words[token], VOICES[language]), espeak.rate), espeak.rate)
    if is_new:
        mark.write_text(edition)
    return len(wanted)


def trimmed(samples: array[int], rate: int) -> array[int]:
    """Cut the silence off both ends, but for a breath."""
    loud = [place for place, sample in enumerate(samples) if abs(sample) > QUIET]
    if not loud:
        return samples
    margin = rate * MARGIN_MS // 1000
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _edition(language: str, words: Mapping[str, str]) -> str:
    text = repr((EDITION, WORDS_A_MINUTE, VOICES[language], sorted(words.items())))
    return hashlib.sha256(text.encode()).hexdigest()


def _write(path: Path, samples: array[int], rate: int) -> None:
    # Written beside and renamed: whoever serves it never sees half a clip.
    draft = path.with_suffix(".new")
    with wave.open(str(draft), "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(rate)
        clip.writeframes(samples.tobytes())
    os.replace(draft, path)
