"""Where files that people give lie: below the data folder, each sealed under a key of its own, sealed in its row."""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from pendopo.documents import pieces
from pendopo.documents.models import GIVEN_KEY, Preview, StoredFile
from pendopo.documents.pieces import Writer
from pendopo.kernel import envelopes
from pendopo.kernel.attachments import write_whole
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.sealing import Sealer

FOLDER = "given"
# Each file has one key, which never changes.
NUMBER = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one file and its key. `part` is raw (as it arrived), kept (as it is opened) or preview."""

    mall_id: int
    code: str
    part: str
    path: str
    key: bytes

    @property
    def place(self) -> Path:
        """Where it lies."""
        return Path(settings.MEDIA_ROOT) / self.path

    @property
    def bound_to(self) -> str:
        """For what it was sealed: it opens as no other file's, and as no other part of the same."""
        return f"mall:{self.mall_id}:given:{self.code}:{self.part}"

    def sealed_key(self) -> bytes:
        """Seal its key for the row. Stand inside the mall."""
        return Sealer(self.mall_id, GIVEN_KEY).seal(self.key)

    def writer(self) -> Writer:
        """Begin to write it."""
        return Writer(self.place, self.key, bound_to=self.bound_to)

    def keep(self, content: bytes) -> None:
        """Write all of it."""
        with self.writer() as writer:
            writer.write(content)
            writer.finish()

    def read(self) -> Iterator[bytes]:
        """Give it back piece by piece. Raises NotFound when it is gone, CannotOpen when it was altered."""
        if not self.place.is_file():
            raise NotFound(_("Berkas ini tidak ada lagi."))
        yield from pieces.read(self.place, self.key, bound_to=self.bound_to)

    def resumed(self, size: int) -> Writer:
        """Go on with a file of which so many bytes were kept. Raises NotFound, CannotOpen."""
        if not size:
            return self.writer()
        if not (self.place.is_file() and self._tail(size).is_file()):
            raise NotFound(_("Unggahan ini tidak ada lagi. Mulai lagi dari awal."))
        tail = envelopes.unseal(self.key, self._tail(size).read_bytes(), bound_to=self._tail_bound(size))
        return Writer(self.place, self.key, bound_to=self.bound_to, index=pieces.whole_pieces(size), tail=tail)

    def pause(self, writer: Writer) -> None:
        """Put the unfinished piece beside the whole ones. The one before stays until the row says which one counts."""
        size, tail = writer.size, writer.pause()
        write_whole(self._tail(size), envelopes.seal(self.key, NUMBER, tail, bound_to=self._tail_bound(size)))

    def drop_tails(self, *, but: int | None = None) -> None:
        """Remove unfinished pieces of earlier requests."""
        for tail in self.place.parent.glob(f"{self.place.name}.*.tail"):
            if but is None or tail != self._tail(but):
                tail.unlink(missing_ok=True)

    def erase(self) -> None:
        """Remove it and whatever is unfinished of it."""
        self.drop_tails()
        self.place.unlink(missing_ok=True)

    def _tail(self, size: int) -> Path:
        return self.place.with_name(f"{self.place.name}.{size}.tail")

    def _tail_bound(self, size: int) -> str:
        return f"{self.bound_to}:tail:{size}"


def new(mall_id: int, code: str, part: str) -> Slot:
    """Return a place that nothing has used, and a new key."""
    path = f"{FOLDER}/{mall_id}/{code}.{secrets.token_hex(4)}.{part}"
    return Slot(mall_id, code, part, path, envelopes.new_key())


def raw(file: StoredFile) -> Slot:
    """Return where a file lies as it arrived. Stand inside the mall."""
    return _slot(file, "raw", file.raw_path, file.raw_key)


def kept(file: StoredFile) -> Slot:
    """Return where a file lies as it is opened. Stand inside the mall."""
    return _slot(file, "kept", file.kept_path, file.kept_key)


def preview(found: Preview) -> Slot:
    """Return where a preview lies. Stand inside the mall."""
    return _slot(found.file, "preview", found.path, found.key)


def _slot(file: StoredFile, part: str, path: str, key: bytes) -> Slot:
    if not path:
        raise NotFound(_("Berkas ini tidak ada lagi."))
    return Slot(file.mall_id, file.code, part, path, Sealer(file.mall_id, GIVEN_KEY).unseal(bytes(key)))


def erase(*paths: str) -> None:
    """Remove what lies at these places, if it still does."""
    for path in filter(None, paths):
        place = Path(settings.MEDIA_ROOT) / path
        for tail in place.parent.glob(f"{place.name}.*.tail"):
            tail.unlink(missing_ok=True)
        place.unlink(missing_ok=True)


def lying(mall_id: int, *, older_than: float) -> list[str]:
    """Name all that lies on a mall's shelf and was last written before a moment (seconds since 1970)."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER / str(mall_id)
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return [f"{FOLDER}/{mall_id}/{each.name}" for each in entries if each.stat().st_mtime < older_than]
