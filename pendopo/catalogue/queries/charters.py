"""Who signs an agency's maklumat pelayanan."""

from pendopo.catalogue.models import CharterSigner
from pendopo.tenancy.models import Mall


def signers(mall: Mall, agency: str) -> list[CharterSigner]:
    """Return who was named for an agency's maklumat, the one who signs now first."""
    found = CharterSigner.objects.filter(mall=mall, agency__code=agency).select_related("account")
    return list(found.order_by("-pk")[:20])


def signer(mall: Mall, agency: str) -> CharterSigner | None:
    """Return who signs an agency's maklumat now, None where nobody was named."""
    return next(iter(signers(mall, agency)), None)
