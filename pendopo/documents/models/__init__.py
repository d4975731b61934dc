"""Documents that were issued and who signs them; files that were given."""

from pendopo.documents.models.issued import (
    FILE_KEY,
    SIGNER_KEY,
    STAMPER_KEY,
    IssuedDocument,
    Register,
    SigningIdentity,
)

__all__ = ["FILE_KEY", "SIGNER_KEY", "STAMPER_KEY", "IssuedDocument", "Register", "SigningIdentity"]
