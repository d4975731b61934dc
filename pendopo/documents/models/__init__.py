"""Documents that were issued and who signs them; papers that wait for a signature; files that were given."""

from pendopo.documents.models.issued import (
    FILE_KEY,
    SIGNER_KEY,
    STAMPER_KEY,
    IssuedDocument,
    Register,
    SigningIdentity,
)
from pendopo.documents.models.signing import (
    CLAIM_KEY,
    PERSONAL_KEY,
    SIGNER_NIK,
    WAITING_VALUES,
    BatchPaper,
    ClaimKey,
    PersonalSigner,
    SigningBatch,
    TokenIdentity,
    WaitingPaper,
)

__all__ = [
    "CLAIM_KEY", "FILE_KEY", "PERSONAL_KEY", "SIGNER_KEY", "SIGNER_NIK", "STAMPER_KEY", "WAITING_VALUES", "BatchPaper",
    "ClaimKey", "IssuedDocument", "PersonalSigner", "Register", "SigningBatch", "SigningIdentity", "TokenIdentity",
    "WaitingPaper",
]  # fmt: skip
