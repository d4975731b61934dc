"""How each screen looks when there is nothing, when there is too much, and when the server does not answer.

An address in braces is one of `halls`. What a screen never is has its reason instead.
"""

from dataclasses import dataclass

MANAGER, OFFICER, PUBLIC = "manager", "officer", ""


@dataclass(frozen=True)
class Never:
    """A screen is never in this state, because."""

    because: str


@dataclass(frozen=True)
class Look:
    """An address, and words that stand there."""

    path: str
    words: str


@dataclass(frozen=True)
class Goes:
    """Pressing this leads to another page; when that does not come, this one still serves."""

    path: str
    press: str


@dataclass(frozen=True)
class Asks:
    """This page asks by itself, or sends what is pressed, and stays: it says on the spot that no answer came."""

    path: str
    press: str = ""
    says: str = "#failure"


@dataclass(frozen=True)
class Listens:
    """This page hears news; when it hears none it says how old its words are."""

    path: str
    words: str


@dataclass(frozen=True)
class Screen:
    """The three states of a screen, and who sees it."""

    empty: Look | Never
    full: Look | Never
    failing: Goes | Asks | Listens | Never
    who: str = PUBLIC


ABOUT_ONE = Never("it is about one ticket; without it nobody has the address")
SEARCH = ".searchbar button"
SEND = "main form[method=post] button[type=submit]:visible"
AWAY = "#kiosk-away"
WORD = "Dispendukcapil"
BARE, IDLE, FULL = "/m/{bare}/", "/m/{idle}/", "/m/{full}/"
