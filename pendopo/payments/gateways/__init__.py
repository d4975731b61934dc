"""What a gateway does for us: give out a code for a bill, tell whether it was paid, take it back, give money back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.money import Money
from pendopo.payments.types import Told


class GatewayAway(RuleViolation):
    """No answer came, or one that nobody can read: it may have done what was asked, or not. Try again."""

    code: ClassVar[str] = "gateway_away"
    status = 503


class GatewayRefused(RuleViolation):
    """It answered, and will not: trying again changes nothing. `answer` and `said` are its own code and words."""

    code: ClassVar[str] = "gateway_refused"

    def __init__(self, message: object, *, answer: str = "", said: str = "") -> None:
        super().__init__(message)
        self.answer, self.said = answer, said


class AskedBefore(GatewayRefused):
    """It has given out a code under this number already, in an answer that we never saw."""

    code = "gateway_asked_before"


class NotKnownThere(GatewayRefused):
    """It knows no code of this number."""

    code = "gateway_not_known"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A code that we want: our number of it, what it asks, until when."""

    reference: str
    amount: Money
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Given:
    """A code as it was given out: what the picture says, and the gateway's number of it."""

    content: str
    gateway_reference: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the gateway says of a code."""

    told: Told
    amount: Money | None = None
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WantedBack:
    """Money that goes back: of which code, by both numbers; under which number of ours; how much, why."""

    reference: str
    gateway_reference: str
    number: str
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """That money went back: the gateway's number of it and when, where it says so."""

    gateway_number: str = ""
    at: datetime | None = None


class Gateway(Protocol):
    """One merchant's account at a gateway. Everything raises GatewayAway, GatewayRefused."""

    def generate(self, wanted: Wanted) -> Given:
        """Ask for a code. Raises AskedBefore."""
        ...

    def query(self, reference: str, gateway_reference: str) -> Answer:
        """Ask what became of a code. Raises NotKnownThere."""
        ...

    def cancel(self, reference: str, gateway_reference: str, reason: str) -> None:
        """Take a code back. Raises NotKnownThere."""
        ...

    def refund(self, wanted: WantedBack) -> GivenBack:
        """Give money back; asked again under the same number, it answers the same and gives nothing more."""
        ...
