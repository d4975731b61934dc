"""What goes wrong at a provider, and what it has taken."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Taken:
    """One message that a provider will carry."""

    to: str
    text: str
    number: str
    key: str = ""
    language: str = ""
    subject: str = ""


@dataclass
class Faults:
    """Change them while the provider runs; they hold from the next message on.

    `down`: "refuses" answers that it cannot, "silent" hangs up without an answer. `busy` messages are told to come
    later; `refused` addresses do not exist; `delay` seconds pass before each answer; of `breaks`
    messages the answer is lost after they were taken.
    """

    down: Literal["", "refuses", "silent"] = ""
    busy: int = 0
    breaks: int = 0
    delay: float = 0.0
    refused: set[str] = field(default_factory=set)

    def is_busy(self) -> bool:
        """Count one message that is told to come later, if any is."""
        if not self.busy:
            return False
        self.busy -= 1
        return True

    def is_broken(self) -> bool:
        """Count one message whose answer is lost, if any is."""
        if not self.breaks:
            return False
        self.breaks -= 1
        return True
