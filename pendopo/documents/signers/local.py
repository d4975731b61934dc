"""PAdES by pyHanko (ETSI EN 319 142-1, level B-LT): certificates, revocation list and time stamp stand in the file.

All is at hand: nothing is fetched, neither to sign nor to verify.
"""

import logging
from datetime import datetime
from io import BytesIO

from asn1crypto import keys, x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pendopo.documents.models import SIGNER_KEY, STAMPER_KEY, SigningIdentity
from pendopo.documents.signers import Statement
from pendopo.documents.signers.keeping import KeySigner
from pendopo.documents.signers.stamping import Stamper
from pendopo.documents.types import Found
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.sealing import Sealer

FIELD = "Pengesahan"
# It says with each signature that it fetches nothing, and with each hostile file what is wrong there: both are wanted.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class LocalSigner:
    """Signs and stamps with a mall's own trial certificates, and trusts nobody else's."""

    def __init__(self, identity: SigningIdentity) -> None:
        self._identity = identity
        self._authority = x509.Certificate.load(bytes(identity.authority))
        self._signer = x509.Certificate.load(bytes(identity.signer))
        self._stamper = x509.Certificate.load(bytes(identity.stamper))

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF, certified: from now on nothing in it may change."""
        chain = SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call] # the only way, and untyped
            [self._authority, self._stamper]
        )
        said = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=statement.reason,
            location=statement.location,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            embed_validation_info=True,
            validation_context=self._trust(at),
        )
        by = KeySigner(self._signer, self._key(SIGNER_KEY, self._identity.signer_key), chain)
        stamps = KeySigner(self._stamper, self._key(STAMPER_KEY, self._identity.stamper_key), chain)
        stamper = Stamper(stamps, self._stamper, at=at)
        signed: BytesIO = signers.PdfSigner(said, by, timestamper=stamper).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf))
        )
        return signed.getvalue()

    def verify(self, pdf: bytes, *, at: datetime) -> list[Found]:
        """Return what each signature in a PDF is worth at a moment. Raises NotUnderstood for what cannot be read."""
        try:
            reader = PdfFileReader(BytesIO(pdf))
            if not reader.encrypted:
                return [self._judged(each, at) for each in reader.embedded_regular_signatures]
        except Exception as error:  # a reader of hostile bytes ends in every way there is
            raise NotUnderstood(_("PDF ini rusak, atau isinya diubah setelah dibuat.")) from error
        raise NotUnderstood(_("PDF ini dikunci dengan kata sandi: tanda tangannya tidak dapat diperiksa."))

    def _judged(self, signature: EmbeddedPdfSignature, at: datetime) -> Found:
        told = validate_pdf_signature(signature, self._trust(at))
        stamp = told.timestamp_validity
        # Certificates and stamps may be added to a signed file; anything else makes it another document.
        added_at_most = told.modification_level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
        return Found(
            signer=str(told.signing_cert.subject.native.get("common_name", "")),
            is_intact=told.intact and told.valid and added_at_most,
            is_ours=told.trusted,
            stamped_at=stamp.timestamp if stamp and stamp.intact and stamp.valid and stamp.trusted else None,
        )

    def _trust(self, at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=[self._authority],
            crls=[bytes(self._identity.revoked)],
            other_certs=[self._signer, self._stamper],
            allow_fetching=False,
            revocation_mode="require",
            moment=at,
        )

    def _key(self, purpose: str, sealed: bytes) -> keys.PrivateKeyInfo:
        return keys.PrivateKeyInfo.load(Sealer(self._identity.mall_id, purpose).unseal(bytes(sealed)))
