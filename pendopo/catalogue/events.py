"""What the catalogue tells and asks the modules above it; `config/wiring.py` knows who answers."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OfferEnding:
    """A service, or one of its variants, is about to be ended. Whoever knows of people waiting for it refuses."""

    mall_id: int
    service_id: int
    variant_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class QueuesAsked:
    """Which services of a mall have a queue? Whoever knows adds their numbers."""

    mall_id: int
    services: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """How many forwarded cases of each agency are open, and how many of these are late? Whoever knows fills it in."""

    mall_id: int
    today: date
    agencies: dict[int, tuple[int, int]] = field(default_factory=dict)
