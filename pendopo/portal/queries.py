"""What waits for somebody in a mall where they work."""

from dataclasses import dataclass

from django.db.models import Q

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.documents.queries import signing
from pendopo.innovations.queries.competing import rounds_to_score
from pendopo.meetings.models import Decision
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many open decisions are somebody's own or their agency's, how many papers wait for their signature or seal.

    And whether they score proposals as a juror.
    """

    decisions: int
    papers: int
    scores: bool


def waiting(mall: Mall, account: Account) -> Waiting:
    """Return what waits for an account in a mall."""
    with wall.inside(mall.pk):
        actor = actor_of_account(mall, account)
        own = Decision.objects.filter(mall=mall, state=Decision.State.OPEN)
        mine = own.filter(Q(account=account) | Q(agency__in=actor.overseen or ()))
        papers = sum(len(signing.waiting(mall, actor, is_seal=is_seal)) for is_seal in (False, True))
        return Waiting(mine.count(), papers, bool(rounds_to_score(mall, actor)))
