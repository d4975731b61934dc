"""Whose signatures a mall vouches for: its seals', its people's, and those of the service where it signs."""

from asn1crypto import x509
from django.conf import settings

from pendopo.documents.errors import CannotSign
from pendopo.documents.models import ClaimKey, PersonalSigner, SigningIdentity, TokenIdentity
from pendopo.documents.signers.bsre import trust_of
from pendopo.documents.signers.judging import Trust
from pendopo.documents.types import partner_of
from pendopo.tenancy.models import Mall


def trusts(mall: Mall) -> list[Trust]:
    """Return all that vouches for a signature of a mall; nothing where it never signed."""
    found = []
    if authorities := authorities_of(mall):
        stampers = [bytes(each) for each in SigningIdentity.objects.filter(mall=mall).values_list("stamper", flat=True)]
        found.append(
            Trust(
                [x509.Certificate.load(authority) for authority, _revoked in authorities],
                [revoked for _authority, revoked in authorities],
                [x509.Certificate.load(each) for each in stampers],
            )
        )
    partner = partner_of(settings.BSRE, mall.slug)
    try:
        theirs = trust_of(partner) if partner else None
    except CannotSign:
        theirs = None
    return [*found, *([theirs] if theirs else [])]


def authorities_of(mall: Mall) -> list[tuple[bytes, bytes]]:
    """Return every authority of a mall's own with its list of revoked certificates, as DER; the first one first."""
    found: list[tuple[bytes, bytes]] = []
    for model in (SigningIdentity, TokenIdentity):
        rows = model.objects.filter(mall=mall).order_by("pk").values_list("authority", "revoked")
        found += [(bytes(authority), bytes(revoked)) for authority, revoked in rows]
    people = PersonalSigner.objects.filter(mall=mall, method=PersonalSigner.Method.LOCAL).order_by("pk")
    for authority, revoked in people.values_list("authority", "revoked"):
        assert authority is not None
        assert revoked is not None
        found.append((bytes(authority), bytes(revoked)))
    return found


def claim_keys(mall: Mall) -> dict[str, bytes]:
    """Return the public keys under which a mall's claims were ever signed, by number."""
    rows = ClaimKey.objects.filter(mall=mall).order_by("number").values_list("number", "public")
    return {str(number): bytes(public) for number, public in rows}
