"""Files of issued documents."""

from django.utils.translation import gettext as _

from pendopo.documents.models import FILE_KEY, IssuedDocument
from pendopo.kernel.errors import NotFound
from pendopo.tenancy import sealing


def keep(document: IssuedDocument, content: bytes) -> None:
    """Write a document's file, whole or not at all, and put its place and its key into the row."""
    document.file_path = f"issued/{document.mall_id}/{document.code}.sealed"
    document.file_key = sealing.keep_file(
        document.mall_id, document.file_path, content, purpose=FILE_KEY, bound_to=document.bound_to
    )


def content(document: IssuedDocument) -> bytes:
    """Return a document's file as it was signed. Raises NotFound when it is gone, CannotOpen when it was altered."""
    found = sealing.file_content(
        document.mall_id, document.file_path, bytes(document.file_key), purpose=FILE_KEY, bound_to=document.bound_to
    )
    if found is None:
        raise NotFound(_("Berkas dokumen ini tidak ada lagi."))
    return found
