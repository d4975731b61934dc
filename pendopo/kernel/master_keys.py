"""The installation's master key: it wraps the keys of malls and nothing else, and never stands in the database.

Two kinds: a secret kept in a file, or an AES-256 key that does not leave its PKCS#11 token (hardware, or SoftHSM).
"""

import hashlib
import secrets
from functools import lru_cache
from typing import Literal, Protocol

from pendopo.kernel.envelopes import CannotOpen, derived, seal, unseal
from pendopo.kernel.tokens import SCHEME, Place, WrongToken

NONCE = 12
TAG_BITS = 128


class WrongMasterKey(ValueError):
    """What was given for a master key cannot be one, or the token does not hold it."""


class MasterKey(Protocol):
    """What wraps keys."""

    @property
    def fingerprint(self) -> str:
        """Sixteen characters by which the key is known, without telling anything of it."""

    def wrap(self, key: bytes, *, bound_to: str) -> bytes:
        """Seal a key."""

    def unwrap(self, wrapped: bytes, *, bound_to: str) -> bytes:
        """Give back a key. Raises CannotOpen."""


class KeptMasterKey:
    """A secret of 32 or more characters, kept in a file that only the service may read."""

    def __init__(self, secret: str) -> None:
        if len(secret) < 32:
            raise WrongMasterKey(f"The master key has {len(secret)} characters: it needs 32 or more.")
        self._key = derived(secret.encode(), "master key")
        self.fingerprint = hashlib.sha256(derived(secret.encode(), "fingerprint")).hexdigest()[:16]

    def wrap(self, key: bytes, *, bound_to: str) -> bytes:
        """Seal a key."""
        return seal(self._key, 0, key, bound_to=bound_to)

    def unwrap(self, wrapped: bytes, *, bound_to: str) -> bytes:
        """Give back a key. Raises CannotOpen."""
        return unseal(self._key, wrapped, bound_to=bound_to)


class TokenMasterKey:
    """An AES-256 key in a PKCS#11 token, named by a URI (RFC 7512) with `token`, `object`, `module-path`, `pin-source`.

    The PIN stands in the file that `pin-source` names. Wrapping is done inside the token (AES-GCM), at about a
    millisecond a key; keys of malls are unwrapped once a process.
    """

    def __init__(self, uri: str) -> None:
        try:
            self._place = Place.told(uri)
        except WrongToken as error:
            raise WrongMasterKey(f"Of the master key: {error}") from error
        self.fingerprint = hashlib.sha256(f"{self._place.token};{self._place.label}".encode()).hexdigest()[:16]

    def wrap(self, key: bytes, *, bound_to: str) -> bytes:
        """Seal a key."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._crypt("encrypt", key, nonce, bound_to)

    def unwrap(self, wrapped: bytes, *, bound_to: str) -> bytes:
        """Give back a key. Raises CannotOpen."""
        return self._crypt("decrypt", wrapped[NONCE:], wrapped[:NONCE], bound_to)

    def _crypt(self, way: Literal["encrypt", "decrypt"], value: bytes, nonce: bytes, bound_to: str) -> bytes:
        # Only where a token is configured: the library loads the module's own code into the process.
        import pkcs11
        from pkcs11.exceptions import EncryptedDataInvalid, GeneralError, PKCS11Error

        parameters = pkcs11.GCMParams(nonce, bound_to.encode(), TAG_BITS)
        try:
            with self._place.session() as session:
                kept = session.get_key(key_type=pkcs11.KeyType.AES, label=self._place.label)
                if not (isinstance(kept, pkcs11.EncryptMixin) and isinstance(kept, pkcs11.DecryptMixin)):
                    raise WrongMasterKey(f"The key {self._place.label} of the token may not encrypt and decrypt.")
                crypt = kept.encrypt if way == "encrypt" else kept.decrypt
                crypted = crypt(value, mechanism=pkcs11.Mechanism.AES_GCM, mechanism_param=parameters)
                return crypted if isinstance(crypted, bytes) else b"".join(crypted)
        # SoftHSM says GeneralError for a tag that does not fit.
        except (EncryptedDataInvalid, GeneralError) as error:
            raise CannotOpen("Wrapped by another master key, or altered.") from error
        except (PKCS11Error, RuntimeError) as error:
            raise WrongMasterKey(f"The token of the master key answers {type(error).__name__}.") from error


@lru_cache(maxsize=8)
def master_key(told: str) -> MasterKey:
    """Return the master key for a secret or a PKCS#11 URI. Raises WrongMasterKey."""
    return TokenMasterKey(told) if told.startswith(SCHEME) else KeptMasterKey(told)
