"""What a file is by how it begins, and what it may be called. What is inside is looked at by the worker, apart."""

import unicodedata

from pendopo.documents.errors import FileRefused
from pendopo.documents.types import FileKind, Refusal

ENOUGH = 1024
LONGEST_NAME = 120
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")


def kind_of(beginning: bytes) -> FileKind:
    """Return what a file is by its first kilobyte. Raises FileRefused, in words, for what is not taken."""
    found = _kind(beginning)
    if found is None:
        raise FileRefused(_why(beginning).label)
    return found


def refusal_of(beginning: bytes) -> Refusal | None:
    """Say why a file that begins so is not taken; None when it is."""
    return None if _kind(beginning) else _why(beginning)


def clean_name(name: str, kind: str) -> str:
    """Return a name that is only a name: one line, no folders, no letters that hide or turn others, the true ending."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    # C: control characters, and what turns the direction of writing, so that exe.pdf can look like fdp.exe.
    plain = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in plain)
    stem, dot, _ending = " ".join(plain.split()).strip(". ").rpartition(".")
    stem = (stem if dot else _ending).strip(". ")
    return f"{stem[: LONGEST_NAME - 5].rstrip() or 'berkas'}{'.' if kind else ''}{kind}"


def _kind(beginning: bytes) -> FileKind | None:
    if beginning.startswith(b"%PDF-"):
        return FileKind.PDF
    if beginning.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return FileKind.WEBP
    return None


def _why(beginning: bytes) -> Refusal:
    if not beginning:
        return Refusal.EMPTY
    if beginning[4:8] == b"ftyp" and beginning[8:12] in _HEIF:
        return Refusal.HEIC
    # Readers look for the header in the first kilobyte: what stands before it is another format's.
    if b"%PDF-" in beginning[:ENOUGH]:
        return Refusal.MIXED
    if b"<svg" in beginning[:ENOUGH].lower():
        return Refusal.SVG
    return Refusal.TYPE
