"""What somebody may try who has a signed file, and an authority that keeps its key, to revoke what it certified."""

import re
from datetime import datetime, timedelta
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader

from pendopo.documents.signers.certificates import as_asn1
from pendopo.documents.signers.local import Own

DAY = timedelta(days=1)
FORGED = b"/MediaBox [0 0 13 13]"


class Authority:
    """Certifies keys and says which certificates it took back."""

    def __init__(self, *, at: datetime) -> None:
        self._key, self._at = ec.generate_private_key(ec.SECP256R1()), at
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Otoritas contoh")])
        public = self._key.public_key()
        self._certificate = self._signed(
            self._built(self._name, public, timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        )
        self.der = self._certificate.public_bytes(Encoding.DER)

    def certify(self, *, life: timedelta = 900 * DAY) -> Own:
        """Certify a new key, with a list that names nobody."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Penanda tangan contoh")])
        certificate = self._signed(self._built(name, key.public_key(), life))
        return Own(self.der, certificate.public_bytes(Encoding.DER), self.revoked(), as_asn1(key))

    def revoked(self, *taken_back: Own) -> bytes:
        """Return the list of what was taken back."""
        listed = x509.CertificateRevocationListBuilder().issuer_name(self._name)
        listed = listed.last_update(self._at - DAY).next_update(self._at + 3650 * DAY)
        listed = listed.add_extension(self._of_key(), critical=False)
        for each in taken_back:
            number = x509.load_der_x509_certificate(each.signer).serial_number
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(self._at)
            listed = listed.add_revoked_certificate(entry.build())
        return listed.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _of_key(self) -> x509.AuthorityKeyIdentifier:
        return x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())

    def _built(self, name: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta) -> x509.CertificateBuilder:
        may = x509.KeyUsage(
            digital_signature=name != self._name, content_commitment=name != self._name, key_encipherment=False,
            data_encipherment=False, key_agreement=False, key_cert_sign=name == self._name, crl_sign=name == self._name,
            encipher_only=False, decipher_only=False,
        )  # fmt: skip
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._at - DAY)
            .not_valid_after(self._at + life)
            .add_extension(may, critical=True)
        )

    def _signed(self, built: x509.CertificateBuilder) -> x509.Certificate:
        return built.add_extension(self._of_key(), critical=False).sign(self._key, hashes.SHA256())


def wrapped(content: bytes) -> bytes:
    """Move the signed end of a file away from its signed beginning, and put a page of one's own between (signature
    wrapping): the same signature as a literal string, half as long as hex digits, leaves room for it.
    """
    reader = PdfFileReader(BytesIO(content))
    (signature,) = reader.embedded_regular_signatures
    _first, length, second, rest = (int(each) for each in signature.byte_range)
    held = reader.root["/AcroForm"]["/Fields"][0].raw_get("/V").idnum
    page = reader.root["/Pages"]["/Kids"].raw_get(0).idnum
    # Where the end of the file says that its last list of objects begins: in the gap, once the end has moved.
    listed_at, bytes_held = int(re.findall(rb"startxref\s+(\d+)", content)[-1]), 12_000
    gap = 2 * bytes_held + 2
    pages = reader.root.raw_get("/Pages").idnum
    contents = _literal(signature.pkcs7_content.rstrip(b"\0").ljust(bytes_held, b"\0"))
    objects = {
        held: b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [0 %d %d %d]"
        b" /Contents (%s) >>" % (length, length + gap, rest, contents),
        page: b"<< /Type /Page /Parent %d 0 R %s >>" % (pages, FORGED),
    }  # fmt: skip
    entries = dict(_entries(content, listed_at))
    written, place = b"", listed_at + 4000
    for number, told in objects.items():
        entries[number] = place + len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, told)
    listed = b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % each for each in sorted(entries.items()))
    trailer = content[content.rindex(b"trailer") : content.rindex(b"startxref")]
    between = (b"()>>\nendobj\n".ljust(listed_at - length) + listed + trailer).ljust(place - length) + written
    assert len(between) < gap
    return content[:length] + between.ljust(gap) + content[second:]


def _entries(content: bytes, place: int) -> list[tuple[int, int]]:
    """Read one list of objects and where they lie."""
    found, lines = [], iter(content[place : content.rindex(b"trailer")].split(b"\n")[1:-1])
    for head in lines:
        first, many = (int(each) for each in head.split())
        found += [(first + each, int(next(lines).split()[0])) for each in range(many)]
    return [(number, at) for number, at in found if number]


def _literal(held: bytes) -> bytes:
    for each, told in ((b"\\", b"\\\\"), (b"(", b"\\("), (b")", b"\\)"), (b"\r", b"\\r")):
        held = held.replace(each, told)
    return held
