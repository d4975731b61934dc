"""Keyed hashes, encryption and signatures from the installation's one secret.

Each purpose gets its own key (HKDF, RFC 5869), so that a value made for one purpose says nothing in another.
"""

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotSignedIn

NONCE = 12


@lru_cache(maxsize=4096)
def _key(purpose: str) -> bytes:
    derivation = HKDF(algorithm=hashes.SHA256(), length=32, salt=b"pendopo", info=purpose.encode())
    return derivation.derive(settings.SECRET_KEY.encode())


def keyed_hash(purpose: str, value: str) -> bytes:
    """Return 32 bytes by which a value can be found again without being stored."""
    return hmac.digest(_key("hash:" + purpose), value.encode(), hashlib.sha256)


def encrypt(purpose: str, value: str) -> bytes:
    """Encrypt a text (AES-256-GCM); the same text gives another result each time."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_key("seal:" + purpose)).encrypt(nonce, value.encode(), purpose.encode())


def decrypt(purpose: str, sealed: bytes) -> str:
    """Give back the text. Raises ValueError when the bytes were changed or made for another purpose."""
    try:
        plain = AESGCM(_key("seal:" + purpose)).decrypt(sealed[:NONCE], sealed[NONCE:], purpose.encode())
    except InvalidTag as error:
        raise ValueError("Not sealed for this purpose, or altered.") from error
    return plain.decode()


@dataclass(frozen=True, slots=True)
class Bearer:
    """What a signed token says: an account or a device, in one mall, until a moment (seconds since 1970)."""

    kind: Literal["account", "device"]
    subject: int
    mall: int
    token: str
    expires: int


def sign_bearer(bearer: Bearer) -> str:
    """Write a token that is checked without a query."""
    body = _encode(json.dumps(asdict(bearer), separators=(",", ":")).encode())
    return f"pdp_{body}.{_encode(_mac(body))}"


@lru_cache(maxsize=4096)
def _verified(text: str) -> Bearer:
    body, _dot, mac = text.removeprefix("pdp_").partition(".")
    try:
        if not hmac.compare_digest(_decode(mac), _mac(body)):
            raise NotSignedIn(_("Token tidak sah."))
        return Bearer(**json.loads(_decode(body)))
    except (ValueError, TypeError) as error:
        raise NotSignedIn(_("Token tidak sah.")) from error


def read_bearer(text: str, *, now: float | None = None) -> Bearer:
    """Give back what a token says. Raises NotSignedIn for a forged or expired one; a revoked one is not known here."""
    if len(text) > 512 or not text.startswith("pdp_"):
        raise NotSignedIn(_("Token tidak sah."))
    bearer = _verified(text)
    if bearer.expires < (time.time() if now is None else now):
        raise NotSignedIn(_("Token kedaluwarsa. Buat token baru."))
    return bearer


def _mac(body: str) -> bytes:
    return hmac.digest(_key("bearer"), body.encode(), hashlib.sha256)


def _encode(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
