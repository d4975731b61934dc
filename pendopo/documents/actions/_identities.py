"""Under which certificates and keys a mall signs: each is made when it is first needed, under the mall's lock."""

import hashlib
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key
from django.conf import settings

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import claims
from pendopo.documents.models import (
    CLAIM_KEY,
    PERSONAL_KEY,
    SIGNER_KEY,
    STAMPER_KEY,
    ClaimKey,
    IssuedDocument,
    PersonalSigner,
    SigningIdentity,
    TokenIdentity,
)
from pendopo.documents.signers import Signer, certificates, tokens
from pendopo.documents.signers.local import LocalSigner, Own
from pendopo.documents.signers.problems import refusal
from pendopo.documents.signers.secret import Secret
from pendopo.documents.types import Claims
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer


def seal(mall: Mall, *, by: Actor, at: datetime) -> Signer:
    """Return the mall's own seal: its key in the installation's token, where there is one. Raises CannotSign."""
    identity = _identity(mall, by, at)
    if not settings.SIGNING_TOKEN:
        return LocalSigner(identity)
    held = _held_in_token(mall, by, at)
    return LocalSigner(
        identity,
        Own(
            bytes(held.authority), bytes(held.signer), bytes(held.revoked), tokens.signing(settings.SIGNING_TOKEN),
            IssuedDocument.Method.TOKEN,
        ),
    )  # fmt: skip


def person(signer: PersonalSigner, passphrase: Secret, *, by: Actor, at: datetime) -> Signer:
    """Return a person's signature of trial, opened by their passphrase. Raises CannotSign."""
    if signer.expires_at and signer.expires_at <= at:
        raise refusal("expired")
    kept = Sealer(signer.mall_id, PERSONAL_KEY).unseal(bytes(signer.key))
    try:
        key = load_der_private_key(kept, password=passphrase.reveal().encode())
    except ValueError:
        # Its cause says nothing more, and this one has no frame that holds the passphrase.
        raise refusal("passphrase") from None
    assert signer.authority is not None
    assert signer.signer is not None
    assert signer.revoked is not None
    own = Own(bytes(signer.authority), bytes(signer.signer), bytes(signer.revoked), certificates.as_asn1(key))
    return LocalSigner(_identity(signer.mall, by, at), own)


def claim(mall: Mall, told: Claims, *, by: Actor, at: datetime) -> str:
    """Sign what a QR says, under the mall's newest key for it."""
    key = ClaimKey.objects.filter(mall=mall).order_by("-number").first() or _first_claim_key(mall, by, at)
    secret = Sealer(mall.pk, CLAIM_KEY).unseal(bytes(key.secret))
    return claims.signed(told, key=Ed25519PrivateKey.from_private_bytes(secret), number=key.number)


def _first_claim_key(mall: Mall, by: Actor, at: datetime) -> ClaimKey:
    _hold(mall)
    found = ClaimKey.objects.filter(mall=mall).first()
    if found:
        return found
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    key = ClaimKey.objects.create(
        mall=mall, number=1, made_at=at, public=public,
        secret=Sealer(mall.pk, CLAIM_KEY).seal(secret.private_bytes_raw()),
    )  # fmt: skip
    audit.record("claim_key.made", f"claim_key:{key.pk}", by=by, at=at, after={"public": public.hex()})
    return key


def _held_in_token(mall: Mall, by: Actor, at: datetime) -> TokenIdentity:
    public = tokens.public_key(settings.SIGNING_TOKEN)
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    fingerprint = hashlib.sha256(der).hexdigest()
    found = TokenIdentity.objects.filter(mall=mall, fingerprint=fingerprint).first()
    if found is None:
        _hold(mall)
        found = TokenIdentity.objects.filter(mall=mall, fingerprint=fingerprint).first()
    if found:
        return found
    made = certificates.certify(mall.name, public, at=at)
    identity = TokenIdentity.objects.create(
        mall=mall, fingerprint=fingerprint, made_at=at, authority=made.authority, signer=made.signer,
        revoked=made.revoked,
    )  # fmt: skip
    after = {"fingerprint": fingerprint}
    audit.record("token_identity.made", f"token_identity:{identity.pk}", by=by, at=at, after=after)
    return identity


def _identity(mall: Mall, by: Actor, at: datetime) -> SigningIdentity:
    found = SigningIdentity.objects.filter(mall=mall).first()
    if found is None:
        # Two first signatures at once, of different registers: the second waits and finds what the first has made.
        _hold(mall)
        found = SigningIdentity.objects.filter(mall=mall).first()
    return found or _made_identity(mall, by, at)


def _hold(mall: Mall) -> None:
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _made_identity(mall: Mall, by: Actor, at: datetime) -> SigningIdentity:
    made = certificates.make(mall.name, at=at)
    identity = SigningIdentity.objects.create(
        mall=mall, made_at=at, authority=made.authority, signer=made.signer, stamper=made.stamper,
        revoked=made.revoked, signer_key=Sealer(mall.pk, SIGNER_KEY).seal(made.signer_key),
        stamper_key=Sealer(mall.pk, STAMPER_KEY).seal(made.stamper_key),
    )  # fmt: skip
    after = {"signer": hashlib.sha256(made.signer).hexdigest()}
    audit.record("signing_identity.made", f"signing_identity:{identity.pk}", by=by, at=at, after=after)
    return identity
