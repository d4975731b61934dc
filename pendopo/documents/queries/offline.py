"""Verifying without a database or a connection: a PDF or a claim, with the key file that a mall publishes."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import datetime

from asn1crypto import crl, x509
from django.utils.translation import gettext as _

from pendopo.documents import claims
from pendopo.documents.signers.judging import Trust, judged
from pendopo.documents.types import Claims, Found
from pendopo.kernel.errors import NotUnderstood


def key_file(text: str) -> Mapping[str, object]:
    """Read the file that stands at /m/{mall}/v/key.json. Raises NotUnderstood."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(_("Berkas kunci ini tidak terbaca.")) from error
    if not isinstance(told, dict):
        raise NotUnderstood(_("Berkas kunci ini tidak terbaca."))
    return told


def signatures(pdf: bytes, keys: Mapping[str, object] | None, *, at: datetime) -> list[Found]:
    """Return what the signatures in a PDF are worth; without keys nobody is vouched for. Raises NotUnderstood."""
    return judged(pdf, [_trust(keys or {})], at=at)


def claim(text: str, keys: Mapping[str, object]) -> Claims:
    """Return what the QR of a document says, if the mall of these keys signed it. Raises NotUnderstood."""
    return claims.verified(text, claims.keys_of(keys))


def _trust(keys: Mapping[str, object]) -> Trust:
    listed = keys.get("authorities", [])
    authorities, revoked = [], []
    try:
        for each in listed if isinstance(listed, list) else []:
            authorities.append(x509.Certificate.load(base64.b64decode(each["authority"]), strict=True))
            revoked.append(base64.b64decode(each["revoked"]))
            crl.CertificateList.load(revoked[-1], strict=True)
    except (binascii.Error, ValueError, TypeError, KeyError) as error:
        raise NotUnderstood(_("Berkas kunci ini tidak terbaca.")) from error
    return Trust(authorities, revoked)
