"""The LAN's own certificate authority: cameras, passkeys, service workers and secure cookies need HTTPS in a hall too.

The authority is made once and lives ten years; the server's certificate is renewed by `pendopo up --tls` a month before
its end, or when the machine has other names or addresses. RFC 5280; browsers take at most 825 days from a local one.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pendopo.config.place import own_folder, write_private

AUTHORITY_LIFE = timedelta(days=3650)
SERVER_LIFE = timedelta(days=820)
RENEW_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where the authority's certificate (handed to kiosks and TVs), the server's and its key are."""

    authority: Path
    server: Path
    key: Path


def names_of_this_machine() -> list[str]:
    """Return the names and IPv4 addresses by which the LAN can call this machine."""
    host = socket.gethostname()
    addresses = [
        address.address
        for interface in psutil.net_if_addrs().values()
        for address in interface
        if address.family == socket.AF_INET
    ]
    return ["localhost", host, f"{host}.local", *sorted(set(addresses) | {"127.0.0.1"})]


def ensure(folder: Path, names: Iterable[str], *, now: datetime | None = None) -> Certificates:
    """Make what is missing, too old or for other names in a folder that only its owner reads."""
    now = now or datetime.now(UTC)
    own_folder(folder)
    wanted = sorted(set(names))
    found = Certificates(folder / "authority.crt", folder / "server.crt", folder / "server.key")
    authority_key = folder / "authority.key"
    if not (found.authority.exists() and authority_key.exists()) or _ends(found.authority) < now + SERVER_LIFE:
        _make_authority(found.authority, authority_key, now)
        found.server.unlink(missing_ok=True)
    if not found.server.exists() or _ends(found.server) < now + RENEW_BEFORE or _names(found.server) != wanted:
        _make_server(found, authority_key, wanted, now)
    return found


def _load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _ends(path: Path) -> datetime:
    return _load(path).not_valid_after_utc


def _names(path: Path) -> list[str]:
    found = _load(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = [str(address) for address in found.get_values_for_type(x509.IPAddress)]
    return sorted([*found.get_values_for_type(x509.DNSName), *addresses])


def _subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    write_private(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())


def _make_authority(path: Path, key_path: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _subject(f"Pendopo {socket.gethostname()} {now:%Y-%m-%d}")
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + AUTHORITY_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write_key(key_path, key)
    path.write_bytes(certificate.public_bytes(Encoding.PEM))


def _make_server(found: Certificates, authority_key: Path, names: list[str], now: datetime) -> None:
    signer = load_pem_private_key(authority_key.read_bytes(), password=None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{authority_key} is not a key that we made")
    authority = _load(found.authority)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(_subject(names[0]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + SERVER_LIFE)
        .add_extension(x509.SubjectAlternativeName([_general_name(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        .sign(signer, hashes.SHA256())
    )
    _write_key(found.key, key)
    found.server.write_bytes(certificate.public_bytes(Encoding.PEM))


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
