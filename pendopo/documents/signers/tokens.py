"""Signing by a key that never leaves its PKCS#11 token: it gets a digest and gives a signature."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from pendopo.documents.signers.problems import refusal
from pendopo.kernel.tokens import Place, WrongToken


@lru_cache(maxsize=4)
def public_key(uri: str) -> ec.EllipticCurvePublicKey:
    """Return the public key of the pair in the token. Raises CannotSign for another kind of key, or no answer."""
    import pkcs11
    from pkcs11.util.ec import encode_ec_public_key

    with _place(uri) as place, place.session() as session:
        kept = session.get_key(
            object_class=pkcs11.ObjectClass.PUBLIC_KEY, key_type=pkcs11.KeyType.EC, label=place.label
        )
        assert isinstance(kept, pkcs11.PublicKey)
        found = load_der_public_key(encode_ec_public_key(kept))
    if not (isinstance(found, ec.EllipticCurvePublicKey) and isinstance(found.curve, ec.SECP256R1)):
        raise refusal("token")
    return found


def signing(uri: str) -> Callable[[bytes], bytes]:
    """Return what signs bytes in the token (ECDSA with SHA-256, as DER). It raises CannotSign."""

    def sign(data: bytes) -> bytes:
        import pkcs11
        from pkcs11.util.ec import encode_ecdsa_signature

        with _place(uri) as place, place.session() as session:
            kept: Any = session.get_key(
                object_class=pkcs11.ObjectClass.PRIVATE_KEY, key_type=pkcs11.KeyType.EC, label=place.label
            )
            signed = kept.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
            der = encode_ecdsa_signature(signed if isinstance(signed, bytes) else b"".join(signed))
        assert isinstance(der, bytes)
        return der

    return sign


@contextmanager
def _place(uri: str) -> Iterator[Place]:
    from pkcs11.exceptions import PKCS11Error

    try:
        yield Place.told(uri)
    # RuntimeError: the module is not there.
    except (WrongToken, PKCS11Error, RuntimeError) as error:
        raise refusal("token") from error
