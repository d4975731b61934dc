"""What happened, told to the modules above."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MessageCame:
    """Somebody wrote to a number of the mall; the row holds the words, sealed."""

    mall_id: int
    incoming_id: int
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MessageLost:
    """A message reached nobody by any channel; it stands in the recipient's own list all the same."""

    mall_id: int
    message_id: int
    about: str
    at: datetime
