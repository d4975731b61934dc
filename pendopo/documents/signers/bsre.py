"""BSrE's e-Sign client service, version 2 (JSON) and 1 (forms): a person's signature by NIK and passphrase, and the
seal (segel elektronik) by subscriber and one-time code.

What is published of it are clients, not the service: what is unsure is said in `simulators/bsre/README.md`.
"""

import base64
import binascii
from datetime import datetime

from asn1crypto import pem, x509

from pendopo.documents.models import IssuedDocument
from pendopo.documents.signers import Statement
from pendopo.documents.signers.asking import Answer, Line
from pendopo.documents.signers.judging import Trust, judged
from pendopo.documents.signers.problems import STATUSES, refusal
from pendopo.documents.signers.secret import Secret
from pendopo.documents.types import Partner
from pendopo.kernel.errors import NotUnderstood

PDF = "application/pdf"


class BsreSigner:
    """Signs for one person, whose NIK and passphrase go to the service and nowhere else."""

    method = IssuedDocument.Method.BSRE

    def __init__(self, partner: Partner, line: Line, *, nik: str, passphrase: Secret) -> None:
        self._partner, self._line, self._nik, self._passphrase = partner, line, nik, passphrase

    def look(self) -> None:
        """Ask whether the signer's certificate is good, before a passphrase is sent. Raises CannotSign."""
        if self._partner.version == 1:
            answer = self._line.fetch(f"/api/user/status/{self._nik}")
        else:
            answer = self._line.ask("/api/v2/user/check/status", {"nik": self._nik})
        judge_status(answer.json().get("status"))

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF as the service signed it. Raises CannotSign."""
        signed = self._by_form(pdf, statement) if self._partner.version == 1 else self._by_json(pdf, statement)
        return proven(pdf, signed, trust_of(self._partner), at=at)

    def _by_json(self, pdf: bytes, statement: Statement) -> bytes:
        who = {"nik": self._nik, "passphrase": self._passphrase.reveal()}
        return only_file(self._line.ask("/api/v2/sign/pdf", who | said(pdf, statement)))

    def _by_form(self, pdf: bytes, statement: Statement) -> bytes:
        fields = {
            "nik": self._nik,
            "passphrase": self._passphrase.reveal(),
            "tampilan": "invisible",
            "reason": statement.reason,
            "location": statement.location,
        }
        answer = self._line.send("/api/sign/pdf", fields, {"file": ("dokumen.pdf", pdf, PDF)})
        # The PDF itself, unless JSON was asked for.
        return answer.content


class BsreSeal:
    """Seals for the government that subscribed, with one-time codes that the first code of its owner brings."""

    method = IssuedDocument.Method.BSRE

    def __init__(self, partner: Partner, line: Line, *, code: Secret) -> None:
        self._partner, self._line, self._code = partner, line, code

    def look(self) -> None:
        """Say whether there is somebody to seal for. Raises CannotSign."""
        if self._partner.version == 1 or not self._partner.subscriber:
            raise refusal("not_configured")

    def sign(self, pdf: bytes, statement: Statement, *, at: datetime) -> bytes:
        """Return the same PDF as the service sealed it. Raises CannotSign."""
        whose = {"idSubscriber": self._partner.subscriber}
        asked = whose | {"totp": self._code.reveal(), "data": 1}
        code = self._line.ask("/api/v2/seal/get/totp", asked).json().get("totp")
        if not isinstance(code, str) or not code:
            raise refusal("rubbish")
        signed = only_file(self._line.ask("/api/v2/seal/pdf", whose | {"totp": code} | said(pdf, statement)))
        return proven(pdf, signed, trust_of(self._partner), at=at)


def judge_status(status: object) -> None:
    """Raise CannotSign, in words, for any state of a certificate but the good one."""
    if status != "ISSUE":
        raise refusal(STATUSES.get(str(status), "unknown_status"))


def said(pdf: bytes, statement: Statement) -> dict[str, object]:
    """Return what version 2 is told of a PDF: invisible, for the paper carries its own QR."""
    properties = {"tampilan": "INVISIBLE", "reason": statement.reason, "location": statement.location}
    return {"signatureProperties": [properties], "file": [base64.b64encode(pdf).decode()]}


def only_file(answer: Answer) -> bytes:
    """Return the one PDF of an answer of version 2. Raises CannotSign."""
    files = answer.json().get("file")
    if not (isinstance(files, list) and len(files) == 1 and isinstance(files[0], str)):
        raise refusal("rubbish")
    try:
        return base64.b64decode(files[0], validate=True)
    except (binascii.Error, ValueError) as error:
        raise refusal("rubbish") from error


def proven(pdf: bytes, signed: bytes, trust: Trust | None, *, at: datetime) -> bytes:
    """Return what came back if it is what was sent, signed once more and intact. Raises CannotSign.

    A signature is added to a file (ISO 32000-1, 12.8.1): its bytes stay where they were.
    """
    if not signed.startswith(pdf):
        raise refusal("not_signed" if signed.startswith(b"%PDF-") else "rubbish")
    try:
        found = judged(signed, [trust or Trust(())], at=at)
    except NotUnderstood as error:
        raise refusal("not_signed") from error
    if not found or not all(each.is_intact and (each.is_ours or trust is None) for each in found):
        raise refusal("not_signed")
    return signed


def trust_of(partner: Partner) -> Trust | None:
    """Return what vouches for the service's signatures; None where no authority was told. Raises CannotSign."""
    if not partner.authority:
        return None
    try:
        with open(partner.authority, "rb") as file:
            found = [x509.Certificate.load(der) for _kind, _headers, der in pem.unarmor(file.read(), multiple=True)]
    except (OSError, ValueError) as error:
        raise refusal("not_configured") from error
    # Their lists are fetched by whoever is online; here nothing is.
    return Trust(found, asks_revocation=False)
