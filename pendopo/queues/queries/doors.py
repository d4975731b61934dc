"""The code at the door of a site: whoever types it stands before a board of the hall."""

from datetime import datetime

from pendopo.kernel import rotating
from pendopo.kernel.rotating import seconds_left

__all__ = ["door_code", "is_door_code", "seconds_left"]
PURPOSE = "door-code"


def door_code(site_id: int, at: datetime) -> str:
    """Return the six digits that the boards of a site show at a moment."""
    return rotating.rotating_code(PURPOSE, site_id, at)


def is_door_code(site_id: int, typed: str, at: datetime) -> bool:
    """Say whether a typed code is of now or of the step before: walking from the board to a seat takes a while."""
    return rotating.is_rotating_code(PURPOSE, site_id, typed, at)
