"""Files of issued documents: below the data folder, each sealed under a key of its own, which its row keeps sealed."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from pendopo.documents.models import FILE_KEY, IssuedDocument
from pendopo.kernel import envelopes
from pendopo.kernel.attachments import write_whole
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.sealing import Sealer

# Each file has one key, which never changes.
NUMBER = 1


def keep(document: IssuedDocument, content: bytes) -> None:
    """Write a document's file, whole or not at all, and put its place and its key into the row."""
    key = envelopes.new_key()
    document.file_path = f"issued/{document.mall_id}/{document.code}.sealed"
    document.file_key = Sealer(document.mall_id, FILE_KEY).seal(key)
    # What a refused transaction leaves behind nobody can open: its key went with the row.
    sealed = envelopes.seal(key, NUMBER, content, bound_to=document.bound_to)
    write_whole(Path(settings.MEDIA_ROOT) / document.file_path, sealed)


def content(document: IssuedDocument) -> bytes:
    """Return a document's file as it was signed. Raises NotFound when it is gone, CannotOpen when it was altered."""
    place = Path(settings.MEDIA_ROOT) / document.file_path
    if not place.is_file():
        raise NotFound(_("Berkas dokumen ini tidak ada lagi."))
    key = Sealer(document.mall_id, FILE_KEY).unseal(bytes(document.file_key))
    return envelopes.unseal(key, place.read_bytes(), bound_to=document.bound_to)
