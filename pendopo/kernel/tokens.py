"""Keys that stay in a PKCS#11 token (hardware, or SoftHSM): where they are, and a session in which they are used."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qs, unquote

if TYPE_CHECKING:
    from pkcs11 import Session

SCHEME = "pkcs11:"
# A process is signed in to a token once, whatever its sessions are: two at a time would refuse each other.
_ONE_AT_A_TIME = threading.Lock()


class WrongToken(ValueError):
    """What was told of a token cannot be one, or the token does not answer as it should; never with its PIN."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a key is, told by a URI (RFC 7512) with `token`, `object`, `module-path`, `pin-source` (a file)."""

    module: str
    token: str
    label: str
    pin: str = field(repr=False)

    @classmethod
    def told(cls, uri: str) -> Self:
        """Read a URI and the PIN in the file that it names. Raises WrongToken."""
        path, _mark, query = uri.removeprefix(SCHEME).partition("?")
        named = {name: unquote(value) for name, _is, value in (each.partition("=") for each in path.split(";"))}
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        try:
            module, token, label, pin = asked["module-path"], named["token"], named["object"], asked["pin-source"]
            return cls(module, token, label, Path(pin.removeprefix("file:")).read_text().strip())
        except KeyError as missing:
            raise WrongToken(f"The PKCS#11 URI has no {missing}.") from None
        except OSError as error:
            raise WrongToken(f"The PIN cannot be read ({error.strerror}).") from error

    @contextlib.contextmanager
    def session(self) -> Iterator["Session"]:
        """Be signed in to the token for the block; others of this process wait."""
        # Only where a token is configured: the library loads the module's own code into the process.
        import pkcs11

        with (
            _ONE_AT_A_TIME,
            pkcs11.lib(self.module).get_token(token_label=self.token).open(user_pin=self.pin) as session,
        ):
            yield session
