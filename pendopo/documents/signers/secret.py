"""A passphrase in memory: it is not shown, compared, stored or sent anywhere by accident."""

from collections.abc import Callable
from typing import NoReturn


class Secret:
    """What a person typed to sign. It lives as long as the request or the thread that signs, and has no text of itself:
    neither a log, a traceback nor a job's arguments can hold it.
    """

    __slots__ = ("_open",)

    def __init__(self, text: str) -> None:
        # Behind a function: whatever prints the attributes of everything prints no passphrase.
        self._open: Callable[[], str] = lambda: text

    def reveal(self) -> str:
        """Return the passphrase, for the one call that needs it."""
        return self._open()

    def __repr__(self) -> str:
        return "Secret(•••)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A passphrase is never written down.")
