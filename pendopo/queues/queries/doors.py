"""The code at the door of a site: whoever types it stands before a board of the hall."""

from datetime import datetime
from hmac import compare_digest

from pendopo.kernel.crypto import keyed_hash

STEP = 60  # seconds for which a code is shown
DIGITS = 6


def door_code(site_id: int, at: datetime) -> str:
    """Return the six digits that the boards of a site show at a moment."""
    return _code(site_id, _step(at))


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of a moment is still shown."""
    return STEP - int(at.timestamp()) % STEP


def is_door_code(site_id: int, typed: str, at: datetime) -> bool:
    """Say whether a typed code is of now or of the step before: walking from the board to a seat takes a while."""
    if not (typed.isascii() and typed.isdigit()):
        return False
    return any(compare_digest(_code(site_id, _step(at) - before), typed) for before in (0, 1))


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(site_id: int, step: int) -> str:
    number = int.from_bytes(keyed_hash("door-code", f"{site_id}:{step}")[:8]) % 10**DIGITS
    return f"{number:0{DIGITS}d}"
