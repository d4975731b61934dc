"""A time stamper for trials (RFC 3161), in the process: it takes the moment of the act for the time."""

import secrets
from collections.abc import AsyncIterator
from datetime import datetime

from asn1crypto import cms, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from pendopo.documents.signers.keeping import KeySigner

# Under the number that is kept for examples (RFC 5612): this stamper follows nobody's policy.
POLICY = "1.3.6.1.4.1.32473.1"


class Stamper(TimeStamper):
    """Stamps with a certificate of the mall's own, at one moment."""

    def __init__(self, signer: KeySigner, certificate: x509.Certificate, *, at: datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # pyHanko tells no types here
        self._signer, self._certificate, self._at = signer, certificate, at

    async def validation_paths(self, validation_context: ValidationContext) -> AsyncIterator[ValidationPath]:
        """Give the path from this certificate to who is trusted, which others must ask for by stamping something."""
        validator = CertificateValidator(self._certificate, validation_context=validation_context)
        yield await validator.async_validate_usage(  # type: ignore[no-untyped-call] # pyHanko tells no types here
            set(), {"time_stamping"}
        )

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Grant whatever is asked."""
        said = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": req["message_imprint"],
            "serial_number": secrets.randbits(64),
            "gen_time": self._at,
            "tsa": x509.GeneralName("directory_name", self._certificate.subject),
        }
        if req["nonce"].native is not None:
            said["nonce"] = req["nonce"]
        content = cms.EncapsulatedContentInfo(
            {"content_type": "tst_info", "content": cms.ParsableOctetString(tsp.TSTInfo(said).dump())}
        )
        token = await self._signer.async_sign_general_data(content, "sha256", detached=False)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
