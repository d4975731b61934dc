"""What the signatures in a PDF are worth, by the certificates that one trusts. Needs no database and no network."""

import binascii
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import x509
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from pendopo.documents.signers import reading
from pendopo.documents.types import Found
from pendopo.kernel.errors import NotUnderstood

# It says with each signature that it fetches nothing, and with each hostile file what is wrong there: both are wanted.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
reading.quickly()
# A paper of ours has one; each takes the time of a signature.
MOST_SIGNATURES = 20


@dataclass(frozen=True, slots=True)
class Trust:
    """Authorities that one trusts, with what they certified and revoked.

    `asks_revocation` is False for an authority whose lists are not at hand: a revoked certificate below it is not seen.
    """

    authorities: Sequence[x509.Certificate]
    revoked: Sequence[bytes] = ()
    others: Sequence[x509.Certificate] = ()
    asks_revocation: bool = True

    def at(self, moment: datetime) -> ValidationContext:
        """Return what pyHanko judges by at a moment; nothing is fetched."""
        return ValidationContext(
            trust_roots=list(self.authorities),
            crls=list(self.revoked),
            other_certs=list(self.others),
            allow_fetching=False,
            revocation_mode="require" if self.asks_revocation else "soft-fail",
            moment=moment,
        )


def judged(pdf: bytes, trusts: Sequence[Trust], *, at: datetime) -> list[Found]:
    """Return what each signature in a PDF is worth at a moment: it is ours when one of these trusts vouches for it.

    Raises NotUnderstood for what cannot be read.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf))
        if not reader.encrypted:
            signatures = reader.embedded_regular_signatures
            if len(signatures) > MOST_SIGNATURES:
                raise NotUnderstood(_("PDF ini memuat terlalu banyak tanda tangan untuk diperiksa."))
            return [_judged(each, _says_all(pdf, each), trusts, at) for each in signatures]
    except NotUnderstood:
        raise
    except Exception as error:  # a reader of hostile bytes ends in every way there is
        raise NotUnderstood(_("PDF ini rusak, atau isinya diubah setelah dibuat.")) from error
    raise NotUnderstood(_("PDF ini dikunci dengan kata sandi: tanda tangannya tidak dapat diperiksa."))


def _says_all(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Say whether a file leaves out of what is signed the signature's own hex digits and nothing else.

    pyHanko reckons how long they would be. Who writes them shorter, as a literal string, and moves the signed end of
    the file (signature wrapping) finds room there for pages of their own, in a file that counts as covered wholly.
    """
    if len(signature.byte_range) != 4:
        return False
    first, length, second, _rest = (int(each) for each in signature.byte_range)
    left_out = pdf[length:second] if 0 == first < length < second else b""
    if not (left_out.startswith(b"<") and left_out.endswith(b">")):
        return False
    try:
        return binascii.unhexlify(left_out[1:-1]) == signature.pkcs7_content
    except binascii.Error:
        return False


def _judged(signature: EmbeddedPdfSignature, says_all: bool, trusts: Sequence[Trust], at: datetime) -> Found:
    found = _by(signature, says_all, trusts[0], at)
    for trust in trusts[1:]:
        if found.is_ours or not found.is_intact:
            break
        found = _by(signature, says_all, trust, at)
    return found


def _by(signature: EmbeddedPdfSignature, says_all: bool, trust: Trust, at: datetime) -> Found:
    told = validate_pdf_signature(signature, trust.at(at))
    stamp = told.timestamp_validity
    # Certificates and stamps may be added to a signed file; anything else makes it another document.
    added_at_most = told.modification_level in {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES}
    reason = signature.sig_object.get("/Reason", "")
    return Found(
        signer=str(told.signing_cert.subject.native.get("common_name", "")),
        is_intact=says_all and told.intact and told.valid and added_at_most,
        is_ours=told.trusted,
        stamped_at=stamp.timestamp if stamp and stamp.intact and stamp.valid and stamp.trusted else None,
        reason=str(reason)[:300],
        expires_at=told.signing_cert.not_valid_after,
    )
