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
    STILL,
    WAITING_VALUES,
    BatchPaper,
    ClaimKey,
    PersonalSigner,
    SigningBatch,
    TokenIdentity,
    WaitingPaper,
)
from pendopo.documents.models.stored import GIVEN_KEY, GIVEN_NAME, MOST_BYTES, Preview, StoredFile

__all__ = [
    "CLAIM_KEY",
    "FILE_KEY",
    "GIVEN_KEY",
    "GIVEN_NAME",
    "MOST_BYTES",
    "PERSONAL_KEY",
    "SIGNER_KEY",
    "SIGNER_NIK",
    "STAMPER_KEY",
    "STILL",
    "WAITING_VALUES",
    "BatchPaper",
    "ClaimKey",
    "IssuedDocument",
    "PersonalSigner",
    "Preview",
    "Register",
    "SigningBatch",
    "SigningIdentity",
    "StoredFile",
    "TokenIdentity",
    "WaitingPaper",
]
