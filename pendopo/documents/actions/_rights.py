"""Who signs what."""

from pendopo.agencies.types import Actor, Role
from pendopo.documents.models import WaitingPaper


def may_sign(by: Actor, paper: WaitingPaper) -> bool:
    """Whether somebody signs a paper: the one person that it names; under the seal the managers, and the signers of the
    agency that it is from.
    """
    if by.account is None:
        return False
    if not paper.is_sealed:
        return paper.signer_id == by.account.pk
    return any(
        held.role is Role.MANAGER or (held.role is Role.SIGNER and held.agency_id in {None, paper.agency_id})
        for held in by.memberships
    )
