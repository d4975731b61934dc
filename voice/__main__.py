import sys
from pathlib import Path

import espeakng_loader

from pendopo.queues.speech.numbers import LANGUAGES
from pendopo.queues.speech.sentence import vocabulary
from voice.clips import make
from voice.espeak import Library


def main() -> None:
    """Make all clips in the folder given, and end."""
    folder = Path(sys.argv[1])
    espeak = Library(espeakng_loader.get_library_path(), espeakng_loader.get_data_path())
    made = sum(make(folder, language, vocabulary(language), espeak) for language in LANGUAGES)
    if made:
        sys.stdout.write(f"{made} klip suara dibuat / voice clips made\n")


if __name__ == "__main__":
    main()
