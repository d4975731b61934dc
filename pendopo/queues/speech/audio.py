"""What an uploaded recording is, by its content: names and types that a browser sends say nothing."""

MOST_BYTES = 1024 * 1024
CONTENT_TYPES = {"wav": "audio/wav", "ogg": "audio/ogg", "mp3": "audio/mpeg"}
_MP3_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def kind_of(content: bytes) -> str:
    """Return wav, ogg or mp3; '' for what is none of these or holds no sound."""
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return "wav" if _has_samples(content) else ""
    if content[:4] == b"OggS":
        return "ogg" if any(mark in content[:100] for mark in (b"OpusHead", b"\x01vorbis")) else ""
    return "mp3" if _has_frames(content) else ""


def _has_samples(content: bytes) -> bool:
    place, formatted = 12, False
    while place + 8 <= len(content):
        name, size = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if name == b"fmt ":
            formatted = size >= 16
        if name == b"data":
            # Recorders that were cut off write a size of 0 or of all ones; what counts is that samples follow.
            return formatted and len(content) > place + 8
        place += 8 + size + size % 2
    return False


def _has_frames(content: bytes) -> bool:
    """Look for two MPEG layer III frames, the second exactly where the first says: chance bytes have not that."""
    place = 0
    if content[:3] == b"ID3" and len(content) > 10:
        size = 0
        for byte in content[6:10]:
            size = size << 7 | byte & 0x7F
        place = 10 + size
    # Between tag and sound some programs leave padding.
    for start in range(place, min(place + 4096, len(content) - 4)):
        length = _frame_length(content[start : start + 4])
        if length and _frame_length(content[start + length : start + length + 4]):
            return True
    return False


def _frame_length(head: bytes) -> int:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bits, rate = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or bits in {0, 15} or rate == 3:
        return 0
    is_first = version == 3
    samples = 144 if is_first else 72
    return samples * _MP3_BITRATES[is_first][bits] * 1000 // _MP3_RATES[version][rate] + (head[2] >> 1 & 1)
