"""A signature drawn on a screen, as a browser sends it."""

import base64

from django.utils.translation import gettext as _

from pendopo.kernel import pictures
from pendopo.kernel.errors import NotUnderstood

_BEGINNING = "data:image/png;base64,"
MOST_BYTES = 64 * 1024


def drawing(sent: str) -> bytes:
    """Return the PNG of a drawn signature, with nothing in it but the picture. Raises NotUnderstood."""
    if not sent.startswith(_BEGINNING) or len(sent) > MOST_BYTES * 4 // 3 + len(_BEGINNING):
        raise NotUnderstood(_("Tanda tangan belum ada. Tanda tangani di kotak, atau di buku serah terima."))
    try:
        content = base64.b64decode(sent.removeprefix(_BEGINNING), validate=True)
    except ValueError as error:
        raise NotUnderstood(_("Tanda tangan tidak terbaca. Tanda tangani sekali lagi.")) from error
    return pictures.bare(content)
