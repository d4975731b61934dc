"""What tus 1.0.0 says in headers (https://tus.io/protocols/resumable-upload): read strictly, refused in words."""

import base64
import binascii
from collections.abc import Mapping

from django.utils.translation import gettext as _

from pendopo.documents.errors import TooMuch, WrongOffset
from pendopo.documents.models import MOST_BYTES
from pendopo.kernel.errors import NotUnderstood

VERSION = "1.0.0"
EXTENSIONS = "creation,expiration,termination"
CONTENT = "application/offset+octet-stream"
MOST_PAIRS = 20
LONGEST = 4096


def length(headers: Mapping[str, str]) -> int:
    """Return the announced length. Raises NotUnderstood, and TooMuch for more than may be."""
    if headers.get("Upload-Defer-Length") is not None:
        raise NotUnderstood(_("Unggahan harus menyebut panjangnya (Upload-Length)."))
    told = _number(headers.get("Upload-Length"), "Upload-Length")
    if told == 0:
        raise NotUnderstood(_("Berkas ini kosong."))
    if told > MOST_BYTES:
        raise TooMuch(_("Berkas lebih besar dari 10 MB."))
    return told


def offset(headers: Mapping[str, str]) -> int:
    """Return where what is sent begins. Raises WrongOffset for a place that no file has, NotUnderstood."""
    told = _number(headers.get("Upload-Offset"), "Upload-Offset")
    if told > MOST_BYTES:
        raise WrongOffset(_("Bagian ini tidak menyambung. Lanjutkan dari tempat terakhir."))
    return told


def metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """Return what was told beside the file: `key base64, key base64`. Raises NotUnderstood."""
    text = headers.get("Upload-Metadata") or ""
    if len(text) > LONGEST:
        raise _unreadable()
    pairs = [pair.strip() for pair in text.split(",") if pair.strip()]
    if len(pairs) > MOST_PAIRS:
        raise _unreadable()
    found: dict[str, str] = {}
    for pair in pairs:
        key, _space, value = pair.partition(" ")
        if not key.isascii() or not key.isprintable() or key in found:
            raise _unreadable()
        try:
            found[key] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, ValueError) as error:
            raise _unreadable() from error
    return found


def _number(text: str | None, name: str) -> int:
    if not (text and text.isascii() and text.isdigit() and len(text) <= 15):
        raise NotUnderstood(_("%(name)s harus bilangan bulat.") % {"name": name})
    return int(text)


def _unreadable() -> NotUnderstood:
    return NotUnderstood(_("Upload-Metadata tidak terbaca."))
