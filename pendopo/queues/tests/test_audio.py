"""What counts as a recording is settled by its bytes."""

import io
import wave

import pytest

from pendopo.queues.speech.audio import kind_of


def wav(samples: int = 800) -> bytes:
    """Make a short silence."""
    written = io.BytesIO()
    with wave.open(written, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(8000)
        clip.writeframes(b"\0\0" * samples)
    return written.getvalue()


def mp3(*, tag: bytes = b"") -> bytes:
    """Make three frames of MPEG-1 layer III, 128 kbit/s at 44.1 kHz: 417 bytes each."""
    return tag + (b"\xff\xfb\x90\x00" + b"\0" * 413) * 3


ID3 = b"ID3\x03\x00\x00\x00\x00\x00\x0a" + b"\0" * 10
OPUS = b"OggS\0\x02" + b"\0" * 20 + b"\x01\x13OpusHead\x01\x01" + b"\0" * 60


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (wav(), "wav"),
        (OPUS, "ogg"),
        (OPUS.replace(b"OpusHead", b"\x01vorbis\0"), "ogg"),
        (mp3(), "mp3"),
        (mp3(tag=ID3), "mp3"),
        (b"", ""),
        (b"RIFF", ""),
        (wav(0), ""),
        (b"RIFF\x10\0\0\0WAVEdata\x04\0\0\0\0\0\0\0", ""),
        (b"OggS" + b"\0" * 200, ""),
        (b"\xff\xfb\x90\x00" + b"\0" * 600, ""),
        (b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f", ""),
        (b"<html>suara.mp3</html>" * 50, ""),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ""),
    ],
)
def test_content_decides(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
