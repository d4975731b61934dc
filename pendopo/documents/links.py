"""Signed links to a file's content: for one account, for ten minutes, to look at it or to save it."""

import hmac
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from pendopo.documents.errors import LinkOver
from pendopo.documents.models import IssuedDocument, StoredFile
from pendopo.kernel import crypto
from pendopo.kernel.errors import NotFound

GOOD_FOR = timedelta(minutes=10)


class How(StrEnum):
    """What a link lets its holder do."""

    VIEW = "view"
    DOWNLOAD = "download"
    PREVIEW = "preview"


def query(file: StoredFile | IssuedDocument, how: How, *, holder: int, at: datetime) -> str:
    """Return what the address of a file's content asks with, good for this account until ten minutes from `at`."""
    until = int((at + GOOD_FOR).timestamp())
    return urlencode({"how": how, "until": until, "seal": _seal(file.mall_id, file.code, how, holder, until)})


def checked(mall_id: int, code: str, asked: dict[str, str], *, holder: int, at: datetime) -> How:
    """Return what a link is for. Raises NotFound for one that we did not make for this account, and LinkOver."""
    try:
        how, until = How(asked.get("how", "")), int(asked.get("until", "")[:12])
    except ValueError as error:
        raise NotFound(_("Tidak ditemukan.")) from error
    if not hmac.compare_digest(_seal(mall_id, code, how, holder, until).encode(), asked.get("seal", "").encode()):
        raise NotFound(_("Tidak ditemukan."))
    if at > datetime.fromtimestamp(until, UTC):
        raise LinkOver(_("Tautan ini hanya berlaku 10 menit. Kembali ke halaman berkas dan buka lagi."))
    return how


def _seal(mall_id: int, code: str, how: str, holder: int, until: int) -> str:
    return crypto.keyed_hash("documents.link", f"{mall_id}:{code}:{how}:{holder}:{until}").hex()
