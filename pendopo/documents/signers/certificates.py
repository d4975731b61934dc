"""A mall's own authority for trials, with a signer and a time stamper below it. Each name says that it is one (UJI).

Not a certified electronic signature in the sense of UU 1/2024 article 13 and PP 71/2019 article 60: such a one is given
by an authority that the ministry recognises. Profiles: RFC 5280, RFC 3161 (one critical purpose for the stamper).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import keys
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE = timedelta(days=3650)
# Clocks of readers differ: a certificate is valid a day before it is first used.
EARLIER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Made:
    """Certificates and the list of revoked ones as DER; keys as PKCS#8, to be sealed."""

    authority: bytes
    signer: bytes
    stamper: bytes
    revoked: bytes
    signer_key: bytes
    stamper_key: bytes


@dataclass(frozen=True, slots=True)
class Certified:
    """One certificate with the authority that gave it and its list of revoked ones, as DER."""

    authority: bytes
    signer: bytes
    revoked: bytes


def certify(name: str, key: ec.EllipticCurvePublicKey, *, at: datetime, life: timedelta = LIFE) -> Certified:
    """Certify a key that is elsewhere (a token, or only under a passphrase), by an authority of its own for trials.

    As with a mall's, the authority's own key is thrown away.
    """
    authority_key, root = ec.generate_private_key(ec.SECP256R1()), _name(name, "Otoritas UJI")
    return Certified(
        *(
            each.public_bytes(Encoding.DER)
            for each in (
                _authority(root, authority_key, at),
                _signer(_name(name, "Penanda tangan UJI"), root, key, authority_key, at, life),
                _list(root, authority_key, at),
            )
        )
    )


def as_asn1(key: PrivateKeyTypes) -> keys.PrivateKeyInfo:
    """Return a key in memory as pyHanko wants it."""
    return keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))


def make(mall: str, *, at: datetime) -> Made:
    """Make an authority for one mall and let it certify its signer and its time stamper.

    Its own key is thrown away: it certifies nobody else, and what it never revokes nobody can forge.
    """
    authority_key, signer_key, stamper_key = (ec.generate_private_key(ec.SECP256R1()) for _key in range(3))
    root = _name(mall, "Otoritas UJI")
    authority = _authority(root, authority_key, at)
    signer = _signer(_name(mall, "Penanda tangan UJI"), root, signer_key.public_key(), authority_key, at, LIFE)
    stamper = (
        _certificate(_name(mall, "Stempel waktu UJI"), root, stamper_key.public_key(), at, LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .add_extension(_issued_by(authority_key), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    revoked = _list(root, authority_key, at)
    return Made(
        *(each.public_bytes(Encoding.DER) for each in (authority, signer, stamper, revoked)),
        *(each.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()) for each in (signer_key, stamper_key)),
    )


def _authority(root: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    return (
        _certificate(root, root, key.public_key(), at, LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certifies=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def _signer(
    name: x509.Name, root: x509.Name, key: ec.EllipticCurvePublicKey, authority: ec.EllipticCurvePrivateKey,
    at: datetime, life: timedelta,
) -> x509.Certificate:  # fmt: skip
    return (
        _certificate(name, root, key, at, life)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(_issued_by(authority), critical=False)
        .sign(authority, hashes.SHA256())
    )


def _list(root: x509.Name, authority: ec.EllipticCurvePrivateKey, at: datetime) -> x509.CertificateRevocationList:
    return (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root)
        .last_update(at - EARLIER)
        .next_update(at + LIFE)
        .add_extension(_issued_by(authority), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(authority, hashes.SHA256())
    )


def _name(mall: str, role: str) -> x509.Name:
    # RFC 5280 allows a common name 64 letters, cryptography as many bytes.
    shortened = f"{role} {mall}".encode()[:64].decode(errors="ignore")
    named = x509.NameAttribute(NameOID.COMMON_NAME, shortened)
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), named])


def _certificate(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, life: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - EARLIER)
        .not_valid_after(at + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _issued_by(authority: ec.EllipticCurvePrivateKey) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies, content_commitment=not certifies, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=certifies, crl_sign=certifies,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
