"""What happens to agencies, their places and people that modules above act upon, or refuse."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pendopo.audit.types import Who


@dataclass(frozen=True, slots=True)
class EndAsked:
    """Somebody asks what else ends with an outlet, a counter or a role: each module that knows adds a sentence."""

    kind: Literal["outlet", "counter", "role"]
    number: int
    at: datetime
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class AgencyChanged:
    """An agency of the mall has another name, or another agency above it."""

    mall_id: int
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class CounterRetired:
    """A counter is taken away; whoever sits there or is called there stands against it."""

    counter_id: int
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class CounterMoved:
    """A counter gets another number, zone or outlet; `has_left`: at another site."""

    counter_id: int
    has_left: bool
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class OutletEnded:
    """An outlet receives nobody any more; whoever waits for it stands against it."""

    outlet_id: int
    reason: str
    by: Who
    at: datetime


@dataclass(frozen=True, slots=True)
class RoleEnded:
    """From now on somebody no longer has a role in a mall."""

    account_id: int
    mall_id: int
    by: Who
    at: datetime
