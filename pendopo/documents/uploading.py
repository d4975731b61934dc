"""How a file of a form is taken: sealed piece by piece while it comes, never open on a disk, never whole in memory."""

import time
from io import BytesIO
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.db import connection
from django.http import HttpRequest

from pendopo.documents import shelf, sniffing
from pendopo.documents.models import MOST_BYTES
from pendopo.documents.pieces import Writer
from pendopo.documents.shelf import Slot
from pendopo.kernel.ids import new_key

# A browser shows our words only when all it sends is read: of what is far too large, nothing is.
MOST_READ = 64 * 1024 * 1024
# A database connection that stands still for 30 seconds is ended; a slow phone sends for longer.
NUDGE = 8.0


class Awake:
    """Keeps the transaction of a request alive while its body comes slowly."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def nudge(self) -> None:
        """Ask the database something, if it has not heard of us for long."""
        if time.monotonic() - self._last > NUDGE:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            self._last = time.monotonic()


if TYPE_CHECKING:
    Uploaded = UploadedFile[bytes]
else:
    Uploaded = UploadedFile


class SealedUpload(Uploaded):
    """A file that lies sealed in a slot: its name and size are known, its content is not here."""

    def __init__(self, slot: Slot, beginning: bytes, *, name: str | None, size: int) -> None:
        super().__init__(BytesIO(beginning), name=name, size=size)
        self.slot, self.beginning = slot, beginning


class SealingHandler(FileUploadHandler):
    """Takes the first file of a form; whoever uses it erases what is not used."""

    def __init__(self, request: HttpRequest, mall_id: int) -> None:
        super().__init__(request)
        self._mall_id, self._awake = mall_id, Awake()
        self.slot: Slot | None = None
        self.is_too_large = False
        self._writer: Writer | None = None
        self._beginning = b""

    def new_file(
        self,
        field_name: str,
        file_name: str,
        content_type: str,
        content_length: int | None,
        charset: str | None = None,
        content_type_extra: dict[str, bytes] | None = None,
    ) -> None:
        """Begin the one file."""
        super().new_file(field_name, file_name, content_type, content_length, charset, content_type_extra)
        if self.slot is not None:
            raise SkipFile
        self.slot = shelf.new(self._mall_id, new_key(), "raw")
        self._writer = self.slot.writer()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal the next bytes."""
        assert self._writer
        self._awake.nudge()
        if self.is_too_large or start + len(raw_data) > MOST_BYTES:
            self.is_too_large = True
            if start > MOST_READ:
                raise StopUpload(connection_reset=True)
            return
        if len(self._beginning) < sniffing.ENOUGH:
            self._beginning += raw_data[: sniffing.ENOUGH]
        self._writer.write(raw_data)

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Give the form its file."""
        assert self._writer
        assert self.slot
        if self.is_too_large:
            return None
        self._writer.finish()
        return SealedUpload(self.slot, self._beginning, name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        """Leave nothing of a form that ended in the middle."""
        self.discard()

    def discard(self) -> None:
        """Remove what was written."""
        if self._writer:
            self._writer.__exit__()
        if self.slot:
            self.slot.erase()
