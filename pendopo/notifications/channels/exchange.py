"""Requests over connections that are kept open, in a loop of its own; threads hand theirs in and wait.

A blocking client would take several times as long of the processor for each message.
"""

import asyncio
import atexit
import os
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock, Thread
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

# The whole of a request ends at last, however slowly it comes in drops.
TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5, sock_connect=5, sock_read=10)
CONNECTIONS = 32
# A connection that was idle for longer may be closed on the other side: a call on it would end as unsure.
KEPT_OPEN = 4  # s


@dataclass(frozen=True, slots=True)
class Reply:
    """What a gateway answered."""

    status_code: int
    content: bytes


class Exchange:
    """One loop and its connections; for any number of threads, until it is closed."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="exchange", daemon=True)
        self._thread.start()
        self._session = self._wait_for(_opened())

    def ask(self, method: str, url: str, *, headers: Mapping[str, str], body: bytes) -> Reply:
        """Ask once, and wait for the whole answer. Raises aiohttp.ClientError, TimeoutError, ValueError, OSError."""
        return self._wait_for(self._asked(method, url, headers, body))

    def close(self) -> None:
        """End its connections, its loop and its thread."""
        self._wait_for(self._session.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _asked(self, method: str, url: str, headers: Mapping[str, str], body: bytes) -> Reply:
        parts = urlsplit(url)
        proxy = _proxy_for(parts.scheme, parts.hostname or "")
        asked = self._session.request(
            method, url, headers=headers, data=body or None, allow_redirects=False, proxy=proxy
        )
        async with asked as answer:
            return Reply(answer.status, await answer.read())

    def _wait_for[T](self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _opened() -> aiohttp.ClientSession:
    connections = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT_OPEN)
    jar = aiohttp.DummyCookieJar()
    return aiohttp.ClientSession(connector=connections, timeout=TIMEOUT, cookie_jar=jar)


@lru_cache(maxsize=64)
def _proxy_for(scheme: str, host: str) -> str | None:
    """Return the proxy that the surroundings of the process name, if any; read once, not at each request."""
    return None if proxy_bypass(host) else getproxies().get(scheme)


# Threads meet here: of two that make one, one would be lost with its connections.
_lock = Lock()
_open: list[Exchange] = []
# A fork has its parent's connections, and not its thread; it must not even close them, for they are the parent's.
_parents: list[Exchange] = []


def exchange() -> Exchange:
    """Return the process's own, opened when it is first needed."""
    with _lock:
        if not _open:
            _open.append(Exchange())
        return _open[0]


def close() -> None:
    """Close the process's own, if it is open."""
    with _lock:
        while _open:
            _open.pop().close()


def _forget() -> None:
    global _lock
    _lock = Lock()
    _parents.extend(_open)
    _open.clear()


atexit.register(close)
os.register_at_fork(after_in_child=_forget)
