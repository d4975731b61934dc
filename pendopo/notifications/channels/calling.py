"""Calls to gateways for all carriers, and what their failures mean for a message."""

import json
from collections.abc import Mapping

import aiohttp

from pendopo.kernel.texts import fit
from pendopo.notifications.channels.exchange import Reply, exchange
from pendopo.notifications.errors import ChannelDown, Unsure

# Nothing has gone out yet: no connection, no way through a proxy, an address or a header that cannot be.
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    ValueError,
)
# Something before the gateway gave up waiting for it: the gateway may have worked.
UNSURE_STATUSES = frozenset({504})


def call(method: str, url: str, *, headers: Mapping[str, str], body: bytes) -> Reply:
    """Call a gateway once. Raises ChannelDown where it surely took nothing, Unsure where the line broke after."""
    try:
        answer = exchange().ask(method, url, headers=headers, body=body)
    except NOT_SENT as error:
        raise ChannelDown(type(error).__name__) from None
    except (aiohttp.ClientError, OSError) as error:
        raise Unsure(type(error).__name__) from None
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


def json_of(answer: Reply) -> object:
    """Return what a gateway answered, None where it is no JSON."""
    try:
        return json.loads(answer.content)
    except (ValueError, RecursionError):
        return None
