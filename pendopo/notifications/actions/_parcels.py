"""A message on its way, and what became of it. For actions only."""

from dataclasses import dataclass

from pendopo.notifications.models import Attempt
from pendopo.notifications.wording import Words


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one address."""

    message_id: int
    attempt_id: int
    channel: str
    address: str
    words: Words
    language: str
    key: str
    mall: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a parcel: the provider's number, or why it was not taken."""

    outcome: Attempt.Outcome
    provider_id: str = ""
    reason: str = ""
