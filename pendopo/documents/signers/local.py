"""PAdES by pyHanko (ETSI EN 319 142-1, level B-LT): certificates, revocation list and time stamp stand in the file.

All is at hand: nothing is fetched, neither to sign nor to verify.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, IssuedDocument, SigningIdentity
from pendopo.documents.signers import Statement
from pendopo.documents.signers.judging import Trust, judged
from pendopo.documents.signers.keeping import Key, KeySigner
from pendopo.documents.signers.stamping import Stamper
from pendopo.documents.types import Found
from pendopo.tenancy.sealing import Sealer

FIELD = "Pengesahan"
# Digests, moments, numbers and the two signatures themselves take 1,200 bytes.
BESIDE = 1536
# Certificates and the list stand in the part that is signed: nothing follows the signature, and whoever verifies it
# need not judge what was added. The index by signature (VRI) could only follow; it is optional (ISO 32000-2, 12.8.4.3).
WITHIN = DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE)


@dataclass(frozen=True, slots=True)
class Own:
    """A certificate other than the mall's first one, the authority that gave it, and its key or what signs by it."""

    authority: bytes
    signer: bytes
    revoked: bytes
    key: Key
    method: str = IssuedDocument.Method.LOCAL


class _Addition(IncrementalPdfFileWriter):
    """What a signature adds to a paper, and nothing else."""

    def _update_meta(self) -> None:
        """Leave as it is what a paper says of itself (XMP): it was not made anew, nor by pyHanko, nor at this hour."""


class LocalSigner:
    """Signs with a trial certificate and stamps with the mall's own; trusts the authorities of both and nobody else."""

    def __init__(self, identity: SigningIdentity, own: Own | None = None) -> None:
        self._identity, self._own = identity, own
        self._authority = x509.Certificate.load(bytes(identity.authority))
        self._stamper = x509.Certificate.load(bytes(identity.stamper))
        self._signer = x509.Certificate.load(own.signer if own else bytes(identity.signer))
        self._certifier = x509.Certificate.load(own.authority) if own else self._authority
        self._lists = [bytes(identity.revoked), *([own.revoked] if own else [])]

    @property
    def method(self) -> str:
        """How it signs, as `IssuedDocument.Method`."""
        return self._own.method if self._own else IssuedDocument.Method.LOCAL

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF, certified: from now on nothing in it may change. Raises CannotSign (a token)."""
        # Who certified them stands in the trust: between them and their certificates there is nobody.
        nobody = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko tells no types here
        said = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=statement.reason,
            location=statement.location,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            embed_validation_info=True,
            dss_settings=WITHIN,
            validation_context=self._trust().at(at),
        )
        key = self._own.key if self._own else self._key(SIGNER_KEY, self._identity.signer_key)
        by = KeySigner(self._signer, key, nobody)
        stamps = KeySigner(self._stamper, self._key(STAMPER_KEY, self._identity.stamper_key), nobody)
        stamper = Stamper(stamps, self._stamper, at=at)
        signed: BytesIO = signers.PdfSigner(said, by, timestamper=stamper).sign_pdf(
            _Addition(BytesIO(pdf)), bytes_reserved=self._room()
        )
        return signed.getvalue()

    def verify(self, pdf: bytes, *, at: datetime) -> list[Found]:
        """Return what each signature in a PDF is worth at a moment. Raises NotUnderstood for what cannot be read."""
        return judged(pdf, [self._trust()], at=at)

    def _room(self) -> int:
        """Return how many hex digits hold any signature with its stamp, so that none is made to see how long it gets.

        Each has its certificate within and repeats its names; all else in them is of a known length.
        """
        certificates = len(self._signer.dump()) + len(self._stamper.dump())
        return 2 * (2 * certificates + BESIDE)

    def _trust(self) -> Trust:
        authorities = [self._authority] if self._own is None else [self._authority, self._certifier]
        return Trust(authorities, self._lists, [self._signer, self._stamper])

    def _key(self, purpose: str, sealed: bytes) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(Sealer(self._identity.mall_id, purpose).unseal(bytes(sealed)))
