"""espeak-ng (GPL-3.0) as a shared library: text in, samples out."""

import ctypes
from array import array
from collections.abc import Sequence
from typing import Protocol

SYNCHRONOUS, CHARACTERS, UTF8 = 2, 1, 1
RATE, PITCH = 1, 3
WORDS_A_MINUTE = 135
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Espeak(Protocol):
    """What says texts in a voice."""

    rate: int

    def say(self, text: str, voice: str) -> array[int]:
        """Return the samples, 16 bits each at `rate`."""


class Library:
    """The library that PyPI's `espeakng-loader` carries. One a process: it keeps its state in globals."""

    def __init__(self, library: str, data: str) -> None:
        self._espeak = ctypes.CDLL(library)
        self._samples: array[int] = array("h")
        self._callback = _CALLBACK(self._take)
        self.rate: int = self._espeak.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), 0)
        if self.rate <= 0:
            raise OSError(f"espeak-ng does not start with {data}")
        self._espeak.espeak_SetSynthCallback(self._callback)
        self._espeak.espeak_SetParameter(RATE, WORDS_A_MINUTE, 0)

    def say(self, text: str, voice: str) -> array[int]:
        """Return the samples of a text. Raises OSError for a voice that is not there."""
        if self._espeak.espeak_SetVoiceByName(voice.encode()) != 0:
            raise OSError(f"espeak-ng has no voice {voice}")
        self._samples = array("h")
        written = text.encode() + b"\0"
        self._espeak.espeak_Synth(written, ctypes.c_size_t(len(written)), 0, CHARACTERS, 0, UTF8, None, None)
        self._espeak.espeak_Synchronize()
        return self._samples

    def _take(self, samples: Sequence[int], number: int, _events: int) -> int:
        if samples and number > 0:
            self._samples.extend(samples[:number])
        return 0
