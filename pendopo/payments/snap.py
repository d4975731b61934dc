"""Signatures of SNAP, Bank Indonesia's national open API standard for payments (PADG 23/15/PADG/2021).

Three of them: of whoever asks for a token (RSA), of a call with a token (HMAC) and of a call without one (RSA), which
several providers use for what they tell us. Nothing here speaks to the network.
"""

import hashlib
import hmac
import json
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from django.utils.translation import gettext as _

from pendopo.kernel.errors import RuleViolation

# How far the clock of a partner may be from ours, before and after: an old call that was overheard opens nothing.
MOST_SKEW: Final = timedelta(minutes=5)
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)
# A text in quotes stays as it is; blanks between the signs of JSON go.
QUOTED_OR_BLANK = re.compile(r'("(?:[^"\\]|\\.)*")|[ \t\r\n]+')


class SnapRefused(RuleViolation):
    """A call is not from whom it says, or not what they signed."""

    code: ClassVar[str] = "snap_refused"
    status = 401


class SignatureWrong(SnapRefused):
    """The signature does not belong to this call."""

    code = "snap_signature"


class MomentWrong(SnapRefused):
    """The call's moment cannot be read, or is too far from now."""

    code = "snap_moment"


class BodyNotJson(SnapRefused):
    """The body is no JSON: what was signed cannot be known."""

    code = "snap_body"
    status = 400


@dataclass(frozen=True, slots=True)
class Call:
    """What is signed of a call: its method, its path, its body as sent, and its moment as written (X-TIMESTAMP)."""

    method: str
    path: str
    body: bytes
    moment: str

    def text(self, token: str | None = None) -> str:
        """Return the text that is signed, with or without a token. Raises BodyNotJson."""
        digest = hashlib.sha256(minified(self.body)).hexdigest()
        return ":".join([self.method.upper(), self.path, *([] if token is None else [token]), digest, self.moment])


def written_moment(at: datetime) -> str:
    """Write a moment as SNAP wants it: whole seconds and the offset of its own zone."""
    return at.isoformat(timespec="seconds")


def minified(body: bytes) -> bytes:
    """Return JSON without the blanks between its signs; order, numbers and texts stay. Raises BodyNotJson."""
    if not body:
        return b""
    try:
        text = body.decode()
        json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BodyNotJson(_("Isi panggilan ini bukan JSON.")) from error
    # What was just read has its quotes in pairs, so that the pattern passes over it once.
    return QUOTED_OR_BLANK.sub(lambda found: found[1] or "", text).encode()


def sign_token_request(client: str, moment: str, key: RSAPrivateKey) -> str:
    """Sign that we ask for a token (X-SIGNATURE of access-token/b2b)."""
    return _rsa(f"{client}|{moment}", key)


def sign_with_token(call: Call, token: str, secret: str) -> str:
    """Sign a call by the secret that we share with the provider."""
    return b64encode(_hmac(call.text(token), secret)).decode()


def sign_without_token(call: Call, key: RSAPrivateKey) -> str:
    """Sign a call by our own key."""
    return _rsa(call.text(), key)


def verify_token_request(client: str, moment: str, signature: str, key: RSAPublicKey, *, at: datetime) -> None:
    """Check that a partner asks for a token, now. Raises MomentWrong, SignatureWrong."""
    _near(moment, at)
    _verify_rsa(f"{client}|{moment}", signature, key)


def verify_with_token(call: Call, signature: str, token: str, secret: str, *, at: datetime) -> None:
    """Check a call by the secret that we share, in constant time. Raises MomentWrong, SignatureWrong, BodyNotJson."""
    _near(call.moment, at)
    if not hmac.compare_digest(_decoded(signature), _hmac(call.text(token), secret)):
        raise SignatureWrong(_("Tanda tangan panggilan ini tidak cocok."))


def verify_without_token(call: Call, signature: str, key: RSAPublicKey, *, at: datetime) -> None:
    """Check a call by the partner's key. Raises MomentWrong, SignatureWrong, BodyNotJson."""
    _near(call.moment, at)
    _verify_rsa(call.text(), signature, key)


def _near(moment: str, at: datetime) -> None:
    try:
        told = datetime.fromisoformat(moment) if MOMENT.fullmatch(moment) else None
        is_near = told is not None and abs(told - at) <= MOST_SKEW
    except (ValueError, OverflowError):
        is_near = False
    if not is_near:
        raise MomentWrong(_("Waktu panggilan ini tidak terbaca atau terlalu jauh dari jam kami."))


def _rsa(text: str, key: RSAPrivateKey) -> str:
    return b64encode(key.sign(text.encode(), PKCS1v15(), SHA256())).decode()


def _verify_rsa(text: str, signature: str, key: RSAPublicKey) -> None:
    try:
        key.verify(_decoded(signature), text.encode(), PKCS1v15(), SHA256())
    except InvalidSignature as error:
        raise SignatureWrong(_("Tanda tangan panggilan ini tidak cocok.")) from error


def _hmac(text: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), text.encode(), hashlib.sha512)


def _decoded(signature: str) -> bytes:
    try:
        return b64decode(signature, validate=True)
    except ValueError as error:
        raise SignatureWrong(_("Tanda tangan panggilan ini tidak cocok.")) from error


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
