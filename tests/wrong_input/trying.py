"""How a wrong request is written down."""

import json
from dataclasses import dataclass, field, replace

from pendopo.agencies.types import Role

SCRIPT = "<script>alert(1)</script>"
SQL = "x' OR 1=1; DROP TABLE queues_ticket; --"
FORM = "application/x-www-form-urlencoded"
UUID = "7d9f5a3e-9d0c-4f6e-8f3e-0d9a3c1b2a10"


@dataclass(frozen=True)
class Try:
    """A request. In its path and body {mall}, {key}, {ticket}, {counter} and {service} stand for the world's own."""

    path: str
    method: str = "GET"
    body: bytes | str = ""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    role: Role | None = None
    expected: frozenset[int] = frozenset({400, 404, 422})

    def __str__(self) -> str:
        return f"{self.method} {self.path[:70]} {self.body[:60]!r} {self.headers or ''}"


API = "/api/v1/malls/{mall}"
HERE = "/m/{mall}"


def api(path: str, body: object = None, **other: object) -> Try:
    """A request to the API; a body that is no text is sent as JSON."""
    text = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
    return replace(Try(API + path, body=text), **other)  # type: ignore[arg-type]


def post(path: str, body: str | bytes, **other: object) -> Try:
    """A form that was sent."""
    return replace(Try(HERE + path, method="POST", body=body, kind=FORM), **other)  # type: ignore[arg-type]


def ticket(**other: object) -> dict[str, object]:
    return {"service": "{service}", "origin": "phone", "id": UUID} | other
