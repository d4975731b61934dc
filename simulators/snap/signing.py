"""How SNAP signs, from the gateway's side: written apart from the product, so that neither proves itself."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta, timezone

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

WIB = timezone(timedelta(hours=7))
SKEW = timedelta(minutes=5)


def now() -> datetime:
    """Return this moment in Jakarta."""
    return datetime.now(WIB)


def is_near(moment: str) -> bool:
    """Whether a moment can be read and is about now."""
    try:
        told = datetime.fromisoformat(moment)
    except ValueError:
        return False
    return told.tzinfo is not None and abs(now() - told) <= SKEW


def digest(body: bytes) -> str:
    """Return the digest of a body written without blanks, as it is signed."""
    if not body:
        return hashlib.sha256(b"").hexdigest()
    written = json.dumps(json.loads(body), separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def symmetric(path: str, token: str, body: bytes, moment: str, secret: str) -> str:
    """Sign a call with a token."""
    text = f"POST:{path}:{token}:{digest(body)}:{moment}"
    return base64.b64encode(hmac.digest(secret.encode(), text.encode(), hashlib.sha512)).decode()


def asymmetric(text: str, key: rsa.RSAPrivateKey) -> str:
    """Sign a text with a key."""
    return base64.b64encode(key.sign(text.encode(), padding.PKCS1v15(), SHA256())).decode()


def is_signed(text: str, signature: str, key: rsa.RSAPublicKey) -> bool:
    """Whether a text was signed with the other half of a key."""
    try:
        key.verify(base64.b64decode(signature, validate=True), text.encode(), padding.PKCS1v15(), SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True
