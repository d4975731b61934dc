"""Claims in the QR of a document: a compact JWS (RFC 7515) by Ed25519 (RFC 8037), which verifies without a connection.

About 190 letters: a QR of them is read by a phone from paper. Nothing in it is personal: mall, number, kind, the
beginning of a digest, and the day.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext as _

from pendopo.documents.types import Claims
from pendopo.kernel.errors import NotUnderstood

# More is no claim of ours, and is not looked at.
LONGEST: Final = 1024
DIGITS: Final = 16
_SHAPE = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", re.ASCII)
_FIELDS = {"m": 50, "n": 120, "k": 40, "h": DIGITS, "d": 10}


def signed(claims: Claims, *, key: Ed25519PrivateKey, number: int) -> str:
    """Write claims and sign them; the same ones give the same text."""
    head = _encoded(_json({"alg": "EdDSA", "kid": str(number)}))
    told = {"m": claims.mall, "n": claims.number, "k": claims.kind, "h": claims.sha256, "d": claims.day.isoformat()}
    body = f"{head}.{_encoded(_json(told))}"
    return f"{body}.{_encoded(key.sign(body.encode()))}"


def verified(text: str, keys: Mapping[str, bytes]) -> Claims:
    """Return what a claim says, if one of these public keys (by number) signed it. Raises NotUnderstood."""
    text = text.strip()
    # The whole address of a QR, or what stands behind its mark.
    text = text.rpartition("#")[2]
    if len(text) > LONGEST or not _SHAPE.fullmatch(text):
        raise NotUnderstood(_("Ini bukan klaim dari kode QR dokumen."))
    body, _dot, signature = text.rpartition(".")
    head, _dot, told = body.partition(".")
    named = _read(head)
    key = keys.get(str(named.get("kid")))
    if named.get("alg") != "EdDSA" or key is None:
        raise NotUnderstood(_("Kunci yang menandatangani klaim ini tidak dikenal."))
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(_decoded(signature), body.encode())
    except (InvalidSignature, ValueError) as error:
        raise NotUnderstood(_("Tanda tangan klaim ini tidak cocok: isinya diubah, atau dibuat orang lain.")) from error
    return _claims(_read(told))


def digest_of(content: bytes) -> str:
    """Return as much of a digest as a claim holds."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def key_set(keys: Mapping[str, bytes], authorities: Iterable[tuple[bytes, bytes]]) -> dict[str, object]:
    """Write public keys as RFC 7517 wants them; beside them the authorities under which a mall's PDFs are signed, each
    with its list of revoked certificates.
    """
    listed = [
        {"kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": kid, "x": _encoded(public)}
        for kid, public in keys.items()
    ]
    told = [
        {"authority": base64.b64encode(authority).decode(), "revoked": base64.b64encode(revoked).decode()}
        for authority, revoked in authorities
    ]
    return {"keys": listed, "authorities": told}


def keys_of(told: object) -> dict[str, bytes]:
    """Read the public keys of a key set. Raises NotUnderstood."""
    listed = told.get("keys") if isinstance(told, dict) else None
    if not isinstance(listed, list):
        raise NotUnderstood(_("Berkas kunci ini tidak terbaca."))
    found = {}
    for each in listed:
        if isinstance(each, dict) and each.get("crv") == "Ed25519" and isinstance(each.get("x"), str):
            found[str(each.get("kid"))] = _decoded(each["x"])
    return found


def _claims(told: Mapping[str, object]) -> Claims:
    said = {name: value for name, value in told.items() if name in _FIELDS and isinstance(value, str)}
    if set(said) != set(_FIELDS) or any(len(value) > _FIELDS[name] for name, value in said.items()):
        raise NotUnderstood(_("Isi klaim ini tidak lengkap."))
    try:
        return Claims(said["m"], said["n"], said["k"], said["h"], date.fromisoformat(said["d"]))
    except ValueError as error:
        raise NotUnderstood(_("Isi klaim ini tidak lengkap.")) from error


def _json(told: Mapping[str, str]) -> bytes:
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()


def _read(part: str) -> dict[str, object]:
    try:
        told = json.loads(_decoded(part))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood(_("Ini bukan klaim dari kode QR dokumen.")) from error
    if not isinstance(told, dict):
        raise NotUnderstood(_("Ini bukan klaim dari kode QR dokumen."))
    return told


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotUnderstood(_("Ini bukan klaim dari kode QR dokumen.")) from error
