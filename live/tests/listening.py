"""A browser's side of a stream: raw, so that headers, breaks and times are seen as they are."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """One event."""

    name: str
    number: int | None
    data: dict[str, object]


@dataclass
class Listener:
    """An open stream."""

    connection: http.client.HTTPConnection
    response: http.client.HTTPResponse
    heard: list[Heard] = field(default_factory=list)

    def until(self, name: str, *, patience: float = 5.0) -> Heard:
        """Read on to the next event of a name."""
        end = time.monotonic() + patience
        while time.monotonic() < end:
            event = self._event(end)
            if event is None:
                continue
            self.heard.append(event)
            if event.name == name:
                return event
        raise AssertionError(f"no event “{name}” within {patience} s; heard {self.heard}")

    def _event(self, end: float) -> Heard | None:
        fields: dict[str, str] = {}
        if self.connection.sock:
            self.connection.sock.settimeout(max(end - time.monotonic(), 0.01))
        while line := self.response.readline().decode().rstrip("\n"):
            key, _colon, value = line.partition(": ")
            fields[key] = value
        if "data" not in fields:
            return None
        number = int(fields["id"]) if "id" in fields else None
        return Heard(fields["event"], number, json.loads(fields["data"]))


@contextmanager
def listening(port: int, path: str, **headers: str) -> Iterator[Listener]:
    """Open a stream, and close it at the end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    assert response.status == 200, response.read()
    try:
        yield Listener(connection, response)
    finally:
        response.close()
        connection.close()


def ask(port: int, path: str, *, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask for something that is no stream: status, headers (small letters), body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, body
