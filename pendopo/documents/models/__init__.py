"""Documents that were issued and who signs them; files that were given."""

from pendopo.documents.models.issued import (
    FILE_KEY,
    SIGNER_KEY,
    STAMPER_KEY,
    IssuedDocument,
    Register,
    SigningIdentity,
)
from pendopo.documents.models.stored import GIVEN_KEY, GIVEN_NAME, MOST_BYTES, Preview, StoredFile

__all__ = [
    "FILE_KEY",
    "GIVEN_KEY",
    "GIVEN_NAME",
    "MOST_BYTES",
    "SIGNER_KEY",
    "STAMPER_KEY",
    "IssuedDocument",
    "Preview",
    "Register",
    "SigningIdentity",
    "StoredFile",
]
