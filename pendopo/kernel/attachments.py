"""Files that people attach as evidence: known by their content, kept below the data folder under their digest."""

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotUnderstood

MOST_BYTES = 10 * 1024 * 1024
MOST_MEGABYTES = MOST_BYTES // 1024 // 1024
LONGEST_NAME = 120
# What a browser is told a file is comes from its content, never from its name or from whoever sent it.
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
_BEGINNINGS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as rows remember it: its name for people, its place below the data folder, its digest."""

    name: str
    path: str
    sha256: bytes


def uploaded(request: HttpRequest, field: str = "file") -> tuple[str, bytes] | None:
    """Return the name and content of a file that was sent; None without one. Raises NotUnderstood."""
    sent = request.FILES.get(field)
    if not isinstance(sent, UploadedFile) or not sent.size:
        return None
    # One byte more than may be is enough to know, without reading all of it.
    content: bytes = sent.read(MOST_BYTES + 1)
    kind_of(content)
    return (sent.name or field), content


def keep(folder: str, name: str, content: bytes) -> Kept:
    """Write a file below the data folder and return what a row remembers of it. Raises NotUnderstood."""
    kind = kind_of(content)
    digest = hashlib.sha256(content)
    path = f"{folder}/{digest.hexdigest()}.{kind}"
    # Named by its content: a file that a refused transaction leaves behind harms nobody.
    write_whole(Path(settings.MEDIA_ROOT) / path, content)
    return Kept(_plain(name, kind), path, digest.digest())


def write_whole(place: Path, content: bytes) -> None:
    """Write a file whole or not at all, also when somebody else writes the same one; make the folders above it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(f".{secrets.token_hex(8)}.new")
    draft.write_bytes(content)
    os.replace(draft, place)


def content(path: str) -> bytes | None:
    """Return a kept file; None when it is gone, as after a backup without files, or where there never was one."""
    place = Path(settings.MEDIA_ROOT) / path
    return place.read_bytes() if place.is_file() else None


def served(path: str, name: str) -> HttpResponse:
    """Answer with a kept file, to be saved and not shown as part of our pages. Raises Http404 when it is gone."""
    kept = content(path)
    if kept is None:
        raise Http404
    return HttpResponse(
        kept,
        content_type=CONTENT_TYPES[Path(path).suffix[1:]],
        headers={
            "Content-Disposition": content_disposition_header(True, name) or "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def shown(path: str) -> HttpResponse:
    """Answer with a kept picture that everybody may see, as part of a page. Raises Http404 when it is gone."""
    kind = Path(path).suffix
    kept = content(path) if kind in {".jpg", ".png"} else None
    if kept is None:
        raise Http404
    return HttpResponse(
        kept,
        content_type=CONTENT_TYPES[kind[1:]],
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "public, max-age=300"},
    )


def kind_of(content: bytes) -> str:
    """Return pdf, jpg or png. Raises NotUnderstood for anything else, and for too much."""
    if len(content) > MOST_BYTES:
        raise NotUnderstood(_("Berkas lebih besar dari %(size)s MB.") % {"size": MOST_MEGABYTES})
    for beginning, kind in _BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    raise NotUnderstood(_("Isi berkas ini bukan PDF, JPEG, atau PNG."))


def _plain(name: str, kind: str) -> str:
    stem = "".join(letter for letter in Path(name.replace("\\", "/")).stem if letter.isprintable())
    return f"{stem[: LONGEST_NAME - 5] or 'berkas'}.{kind}"
