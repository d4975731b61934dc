"""What only the manager decides. For actions only."""

from pendopo.agencies.types import Actor
from pendopo.kernel.errors import NotAllowed


def refuse_others(by: Actor, message: str) -> None:
    """Refuse in these words whoever is not the manager."""
    if not by.manages:
        raise NotAllowed(message)
