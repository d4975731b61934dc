"""Talking to an e-Sign service: whatever it answers, or does not, becomes bytes or one of the known problems."""

import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from pendopo.documents.signers.problems import NOT_REGISTERED, WRONG_PASSPHRASE, refusal
from pendopo.documents.types import Partner

if TYPE_CHECKING:
    from httpx._types import RequestFiles

# The service is given a minute by its own clients. All of an answer has to be there by then: a number of a register
# is held meanwhile.
PATIENCE = 60.0
CONNECT = 10.0
# A signed PDF, in base64, of the largest file that is taken here; more is no answer.
MOST_BYTES = 32 * 1024 * 1024
CODES = {WRONG_PASSPHRASE: "passphrase", NOT_REGISTERED: "not_registered"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with 200."""

    content: bytes
    headers: Mapping[str, str]

    def json(self) -> dict[str, object]:
        """Return the object that it is. Raises CannotSign for anything else."""
        try:
            told = json.loads(self.content)
        # RecursionError: brackets without end.
        except (ValueError, RecursionError) as error:
            raise refusal("rubbish") from error
        if not isinstance(told, dict):
            raise refusal("rubbish")
        return told


class Line:
    """A connection to one service, for as long as one batch takes. Nothing of what is sent is ever logged."""

    def __init__(self, partner: Partner, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        try:
            trust = ssl.create_default_context(cafile=partner.ca or None)
        except OSError as error:
            raise refusal("insecure") from error
        self._http = httpx.Client(
            base_url=partner.url,
            auth=(partner.name, partner.password),
            verify=trust,
            timeout=httpx.Timeout(patience, connect=min(CONNECT, patience)),
            follow_redirects=False,
            # A proxy of the surroundings would see passphrases.
            trust_env=False,
        )

    def close(self) -> None:
        """Hang up."""
        self._http.close()

    def ask(self, path: str, body: Mapping[str, object]) -> Answer:
        """Send JSON. Raises CannotSign."""
        return self._sent(self._http.build_request("POST", path, json=body))

    def send(self, path: str, fields: Mapping[str, str], files: "RequestFiles") -> Answer:
        """Send a form with files. Raises CannotSign."""
        return self._sent(self._http.build_request("POST", path, data=dict(fields), files=files))

    def fetch(self, path: str) -> Answer:
        """Ask without a body. Raises CannotSign."""
        return self._sent(self._http.build_request("GET", path))

    def _sent(self, request: httpx.Request) -> Answer:
        until = time.monotonic() + self._patience
        try:
            response = self._http.send(request, stream=True)
            try:
                content = _whole(response, until)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise refusal("slow") from _bare(error)
        except httpx.TransportError as error:
            is_tls = isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error).upper()
            raise refusal("insecure" if is_tls else "unreachable") from _bare(error)
        except (httpx.HTTPError, ValueError) as error:
            raise refusal("rubbish") from _bare(error)
        if response.status_code == httpx.codes.OK:
            return Answer(content, response.headers)
        raise refusal(_problem(response.status_code, content))


def _bare(error: Exception) -> Exception:
    """Return an error that names its kind only: httpx's own holds the request, and that the passphrase."""
    return ConnectionError(type(error).__name__)


def _whole(response: httpx.Response, until: float) -> bytes:
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > MOST_BYTES:
            raise refusal("rubbish")
        if time.monotonic() > until:
            raise refusal("slow")
    return bytes(content)


def _problem(status: int, content: bytes) -> str:
    """Name the case of an answer other than 200. Its own words are not repeated: they may hold what was sent."""
    if status in {401, 403}:
        return "credentials"
    try:
        told = json.loads(content)
        code = told.get("status_code") if isinstance(told, dict) else None
    except (ValueError, RecursionError):
        code = None
    if isinstance(code, int | str) and str(code).isascii() and str(code).isdigit() and int(str(code)[:9]) in CODES:
        return CODES[int(str(code)[:9])]
    return "refused" if status in {400, 413, 415, 422} else "broken"
