"""Certificates for trials: an authority, who signs below it, and the server's own for TLS, all made anew at a start."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Held:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        """The certificate."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def key_der(self) -> bytes:
        """The key, for pyHanko."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def authority(name: str) -> Held:
    """Make an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _certificate(name, name, key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return Held(builder.add_extension(_usage(certifies=True), critical=True).sign(key, hashes.SHA256()), key)


def signer(name: str, under: Held) -> Held:
    """Certify somebody who signs."""
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _certificate(name, _name_of(under), key).add_extension(_usage(certifies=False), critical=True)
    return Held(_signed(builder, under), key)


def server(under: Held) -> Held:
    """Certify the server at 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1")), x509.DNSName("localhost")])
    builder = _certificate("127.0.0.1", _name_of(under), key).add_extension(names, critical=False)
    return Held(_signed(builder, under), key)


def _signed(builder: x509.CertificateBuilder, under: Held) -> x509.Certificate:
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(under.key.public_key())
    return builder.add_extension(issued_by, critical=False).sign(under.key, hashes.SHA256())


def _name_of(held: Held) -> str:
    found = held.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    assert isinstance(found, str)
    return found


def _certificate(name: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    # What is signed in a test may bear an earlier day than today.
    since = datetime(2020, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=7300))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies, content_commitment=not certifies, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=certifies, crl_sign=certifies,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
