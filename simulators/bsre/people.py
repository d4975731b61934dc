"""Invented people whom the service knows, the state of each one's certificate, and their passphrases."""

from dataclasses import dataclass
from io import BytesIO

from asn1crypto import keys, x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from simulators.bsre.authority import Held


@dataclass(frozen=True)
class Known:
    """Somebody invented."""

    name: str
    passphrase: str
    status: str = "ISSUE"


GOOD = "3576014101900001"
PASSPHRASE = "Rahasia#Uji-2026"
# Each state that a certificate can be in, by the NIK of whom it is.
PEOPLE = {
    GOOD: Known("Sri Wahyuni (contoh)", PASSPHRASE),
    "3576010101900002": Known("Budi Santoso (contoh)", PASSPHRASE, "EXPIRED"),
    "3576010101900003": Known("Rina Kartika (contoh)", PASSPHRASE, "SUSPEND"),
    "3576010101900004": Known("Agus Salim (contoh)", PASSPHRASE, "REVOKE"),
    "3576010101900005": Known("Dewi Lestari (contoh)", PASSPHRASE, "NEW"),
    "3576010101900006": Known("Joko Susilo (contoh)", PASSPHRASE, "NO_CERTIFICATE"),
    "3576010101900007": Known("Tuti Alawiyah (contoh)", PASSPHRASE, "RENEW"),
    "3576010101900008": Known("Hadi Wibowo (contoh)", PASSPHRASE, "WAITING_FOR_VERIFICATION"),
}
SUBSCRIBER, FIRST_CODE = "contoh-segel", "112233"


def signed(pdf: bytes, by: Held, issuer: Held, *, number: int, reason: str, location: str) -> bytes:
    """Add a signature to a PDF, as ETSI.CAdES.detached; the file's own bytes stay."""
    chain = SimpleCertificateStore.from_certs([_asn1(issuer)])  # type: ignore[no-untyped-call] # the only way
    signer = signers.SimpleSigner(_asn1(by), keys.PrivateKeyInfo.load(by.key_der), chain)
    said = signers.PdfSignatureMetadata(
        field_name=f"Bsre{number}", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES,
        reason=reason or None, location=location or None,
    )  # fmt: skip
    made: BytesIO = signers.PdfSigner(said, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return made.getvalue()


def _asn1(held: Held) -> x509.Certificate:
    return x509.Certificate.load(held.certificate.public_bytes(Encoding.DER))
