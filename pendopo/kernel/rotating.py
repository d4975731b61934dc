"""Six digits that change each minute: whoever types them stands before a screen that shows them now."""

from datetime import datetime
from hmac import compare_digest

from pendopo.kernel.crypto import keyed_hash

STEP = 60  # seconds for which a code is shown
DIGITS = 6


def rotating_code(purpose: str, subject: int, at: datetime) -> str:
    """Return the six digits of a subject at a moment; another purpose has others."""
    return _code(purpose, subject, _step(at))


def seconds_left(at: datetime) -> int:
    """Return for how many seconds the code of a moment is still shown."""
    return STEP - int(at.timestamp()) % STEP


def is_rotating_code(purpose: str, subject: int, typed: str, at: datetime) -> bool:
    """Say whether a typed code is of now or of the step before: walking away from the screen takes a while."""
    if not (typed.isascii() and typed.isdigit()):
        return False
    return any(compare_digest(_code(purpose, subject, _step(at) - before), typed) for before in (0, 1))


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _code(purpose: str, subject: int, step: int) -> str:
    number = int.from_bytes(keyed_hash(purpose, f"{subject}:{step}")[:8]) % 10**DIGITS
    return f"{number:0{DIGITS}d}"
