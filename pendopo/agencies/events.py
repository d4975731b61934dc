"""What happens to agencies, their places and people that modules above act upon, or refuse."""

from dataclasses import dataclass, field
from datetime import datetime

from pendopo.agencies.models import Agency, Counter, Membership, Outlet
from pendopo.agencies.types import Actor
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class EndAsked:
    """Somebody asks what else ends with an outlet, a counter or a role: each module that knows adds a sentence."""

    what: Outlet | Counter | Membership
    at: datetime
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AgencyChanged:
    """An agency has another name, or another agency above it."""

    agency: Agency
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CounterRetired:
    """A counter is taken away; whoever sits there or is called there stands against it."""

    counter: Counter
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class CounterMoved:
    """A counter got another number, zone or outlet; `has_left` says that it stands at another site now."""

    counter: Counter
    has_left: bool
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class OutletEnded:
    """An outlet receives nobody any more; whoever waits for it stands against it."""

    outlet: Outlet
    reason: str
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """From now on somebody no longer has a role in a mall."""

    account: Account
    mall: Mall
    by: Actor
    at: datetime
