"""What the demo mall is made of, before there are rows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from pendopo.agencies.types import Role
from pendopo.catalogue.actions.writing import Case
from pendopo.queues.types import Origin, Outcome, SentAwayReason

SLUG = "contoh"
PASSWORD = "Pendopo-2026!"  # noqa: S105 - printed for everybody; it opens test accounts only
DOMAIN = "contoh.test"


@dataclass(frozen=True, slots=True)
class WantedService:
    """A service as the sources name it, made readable."""

    name: str
    group: str
    kind: str
    cases: tuple[Case, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class WantedAgency:
    """An agency of the demo mall with its services, in the order of the sources."""

    code: str
    name: str
    short_name: str
    services: tuple[WantedService, ...]


@dataclass(frozen=True, slots=True)
class WantedQueue:
    """A queue: for which groups of an agency's services (none: all), with how many counters, for how many people.

    `share` is its part of a day's visitors, `minutes` how long a service takes on average.
    """

    code: str
    agency: str
    name: str
    groups: tuple[str, ...]
    floor: str
    counters: int
    share: float
    minutes: float

    def takes(self, group: str) -> bool:
        """Whether the services of a group stand in this queue."""
        return not self.groups or group in self.groups


@dataclass(frozen=True, slots=True)
class WantedCounter:
    """A counter: of which agency, on which floor, with which queue as its own."""

    number: int
    agency: str
    floor: str
    queue: str


@dataclass(frozen=True, slots=True)
class Login:
    """Somebody invented who signs in to the demo mall; without role a citizen. `agency` is a code or empty."""

    contact: str
    name: str
    role: Role | None
    agency: str = ""
    counter: int | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """One person of a played day: when they come, for what, and how it goes. All chance of the day is in here."""

    at: datetime
    service: str
    origin: Origin
    walks: float
    comes: bool
    minutes: float
    outcome: Outcome
    reason: SentAwayReason | None
    score: int | None
    words: str
    rests: float


@dataclass(frozen=True, slots=True)
class Moment:
    """How far a played day has come."""

    at: datetime
    total: int
    taken: int
    ended: int


@dataclass(slots=True)
class Summary:
    """What became of the visitors of a played day."""

    taken: int = 0
    served: int = 0
    sent_away: int = 0
    absent: int = 0
    cancelled: int = 0
    refused: int = 0
    rated: int = 0
    strangers: int = 0
    left_alone: int = 0

    @property
    def ended(self) -> int:
        """How many tickets of the day have come to an end."""
        return self.served + self.absent + self.cancelled + self.refused


type Tell = Callable[[int, int], None]
type Watch = Callable[[Moment], None]
