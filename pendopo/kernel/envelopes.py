"""Values sealed under one of several numbered keys (AES-256-GCM, NIST SP 800-38D): an envelope says which opens it.

`FORMAT (1 byte) | number of the key (2) | nonce (12) | ciphertext and tag`. What stands before the ciphertext, and what
the envelope is bound to, are authenticated with it: it opens nowhere else.
"""

import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = 1
KEY = 32
NONCE = 12
HEAD = struct.Struct(">BH")
SHORTEST = HEAD.size + NONCE + 16
LARGEST_NUMBER = 0xFFFF


class CannotOpen(ValueError):
    """The bytes were altered, or sealed under another key, or for something else."""


def new_key() -> bytes:
    """Return 32 random bytes."""
    return secrets.token_bytes(KEY)


def derived(key: bytes, purpose: str) -> bytes:
    """Return the key of one purpose (HKDF-SHA256, RFC 5869): what is made under it says nothing in another."""
    return HKDF(algorithm=hashes.SHA256(), length=KEY, salt=b"pendopo", info=purpose.encode()).derive(key)


def seal(key: bytes, number: int, plain: bytes, *, bound_to: str) -> bytes:
    """Seal bytes; the same ones give another envelope each time."""
    nonce = secrets.token_bytes(NONCE)
    head = HEAD.pack(FORMAT, number)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, head + bound_to.encode())


def number_of(envelope: bytes) -> int:
    """Return the number of the key that opens an envelope. Raises CannotOpen for what is none."""
    if len(envelope) < SHORTEST or envelope[0] != FORMAT:
        raise CannotOpen("Not an envelope of this format.")
    _format, number = HEAD.unpack_from(envelope)
    return int(number)


def unseal(key: bytes, envelope: bytes, *, bound_to: str) -> bytes:
    """Give back what was sealed. Raises CannotOpen."""
    number_of(envelope)
    head, rest = envelope[: HEAD.size], envelope[HEAD.size :]
    try:
        return AESGCM(key).decrypt(rest[:NONCE], rest[NONCE:], head + bound_to.encode())
    except InvalidTag as error:
        raise CannotOpen("Altered, or sealed under another key or for something else.") from error
