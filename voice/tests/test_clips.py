"""The clips as files; with the real voice where it is installed."""

import subprocess
import wave
from array import array
from pathlib import Path

from pendopo.config.env import CHECKOUT
from pendopo.queues.speech.numbers import LANGUAGES
from pendopo.queues.speech.sentence import vocabulary
from voice import clips

REAL = CHECKOUT / ".voice" / "bin" / "python"


class Humming:
    """Says everything as the same hum between two silences."""

    rate = 1000

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    def say(self, text: str, voice: str) -> array[int]:
        self.said.append((text, voice))
        return array("h", [0] * 500 + [9000] * 300 + [0] * 500)


def test_every_word_gets_a_clip_without_silence_once(tmp_path: Path) -> None:
    espeak = Humming()
    words = {"k": "ka", "sepuluh": "sepuluh"}

    assert clips.make(tmp_path, "jv", words, espeak) == 2
    assert clips.make(tmp_path, "jv", words, espeak) == 0

    assert espeak.said == [("ka", "id"), ("sepuluh", "id")]
    with wave.open(str(tmp_path / "jv" / "k.wav")) as clip:
        assert (clip.getnframes(), clip.getframerate(), clip.getsampwidth()) == (379, 1000, 2)


def test_a_missing_clip_is_made_again_and_all_when_the_words_change(tmp_path: Path) -> None:
    espeak = Humming()
    clips.make(tmp_path, "id", {"k": "ka", "w": "we"}, espeak)
    (tmp_path / "id" / "w.wav").unlink()

    assert clips.make(tmp_path, "id", {"k": "ka", "w": "we"}, espeak) == 1
    assert clips.make(tmp_path, "id", {"k": "kah", "w": "we"}, espeak) == 2


def test_the_real_voice_says_every_word_of_every_language(tmp_path: Path) -> None:
    assert REAL.exists(), "the voice is not installed: make .voice/.made"
    subprocess.run([str(REAL), "-m", "voice", str(tmp_path)], cwd=CHECKOUT, check=True, timeout=60)

    for language in LANGUAGES:
        made = {path.stem: path for path in (tmp_path / language).glob("*.wav")}
        assert set(made) == set(vocabulary(language))
        for token, path in made.items():
            with wave.open(str(path)) as clip:
                assert 0.1 < clip.getnframes() / clip.getframerate() < 2.5, token
