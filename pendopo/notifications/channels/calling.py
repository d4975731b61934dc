"""One HTTP client for all carriers, and what its failures mean for a message."""

import threading

import httpx

from pendopo.kernel.texts import fit
from pendopo.notifications.errors import ChannelDown, Unsure

TIMEOUT = httpx.Timeout(10, connect=5)
# Something before the gateway gave up waiting for it: the gateway may have worked.
UNSURE_STATUSES = frozenset({504})


# Threads meet here: of two that make a client one would be lost with its connections.
_lock = threading.Lock()
_clients: list[httpx.Client] = []


def _client() -> httpx.Client:
    with _lock:
        if not _clients:
            # A connection that was idle for longer may be closed on the other side: a call on it would end as unsure.
            limits = httpx.Limits(max_connections=32, keepalive_expiry=4)
            _clients.append(httpx.Client(timeout=TIMEOUT, limits=limits))
        return _clients[0]


def call(method: str, url: str, *, headers: dict[str, str], body: bytes) -> httpx.Response:
    """Call a gateway once. Raises ChannelDown where it surely took nothing, Unsure where the line broke after."""
    try:
        answer = _client().request(method, url, headers=headers, content=body or None)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
        raise ChannelDown(type(error).__name__) from None
    except (httpx.TransportError, httpx.DecodingError) as error:
        raise Unsure(type(error).__name__) from None
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeEncodeError, ValueError) as error:
        raise ChannelDown(type(error).__name__) from None
    if answer.status_code in UNSURE_STATUSES:
        raise Unsure(f"HTTP {answer.status_code}")
    if answer.status_code >= 500 or answer.status_code in {401, 403, 408, 425, 429}:
        raise ChannelDown(f"HTTP {answer.status_code}")
    return answer


def found_at(path: str, answer: object) -> str:
    """Return the text or number at a dotted path of a JSON answer, "" where there is none."""
    for step in path.split("."):
        if isinstance(answer, dict):
            answer = answer.get(step)
        elif isinstance(answer, list) and step.isascii() and step.isdigit() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            return ""
    is_plain = isinstance(answer, str | int | float) and not isinstance(answer, bool)
    return fit(str(answer)) if is_plain else ""


def json_of(answer: httpx.Response) -> object:
    """Return what a gateway answered, None where it is no JSON."""
    try:
        return answer.json()
    except (ValueError, RecursionError):
        return None
