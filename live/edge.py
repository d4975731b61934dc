"""The HTTP around the streams: what is asked, who may hear it, and refusals in words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, TypedDict
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from live.watchers import Send

LONGEST_ADDRESS = 400
LARGEST_NUMBER = 2**63 - 1
DEFAULT_PORTS = {"http": 80, "https": 443}


class Scope(TypedDict, total=False):
    """What ASGI tells of a request."""

    type: str
    method: str
    scheme: str
    path: str
    query_string: bytes
    headers: Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `heard` is the last event that the browser knows of, `zone` what it asks to see."""

    method: str
    path: str
    zone: str
    heard: int | None
    language: str
    origin: str
    is_too_long: bool

    @classmethod
    def of(cls, scope: Scope) -> Self:
        """Read a request; what is not understood is left out."""
        headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ())}
        raw = scope.get("query_string", b"")
        is_too_long = len(scope["path"]) + len(raw) > LONGEST_ADDRESS
        query = {} if is_too_long else parse_qs(raw.decode("latin-1"), max_num_fields=None)
        return cls(
            method=scope.get("method", "GET"),
            path=scope["path"],
            zone=query.get("zone", [""])[-1],
            heard=_number(headers.get(b"last-event-id", "") or query.get("last", [""])[-1]),
            language="en" if headers.get(b"accept-language", "").lower().startswith("en") else "id",
            origin=_permitted(scope.get("scheme", "http"), headers.get(b"host", ""), headers.get(b"origin", "")),
            is_too_long=is_too_long,
        )

    @property
    def cors(self) -> list[tuple[bytes, bytes]]:
        """Let the pages of this installation hear us, and nobody else's."""
        headers = [(b"vary", b"Origin, Accept-Language")]
        if self.origin:
            headers.append((b"access-control-allow-origin", self.origin.encode("latin-1")))
        return headers


async def problem(
    send: Send, request: Request, status: int, code: str, detail: str, *, headers: Sequence[tuple[bytes, bytes]] = ()
) -> None:
    """Answer with a problem document, as the API does."""
    body = {"type": "about:blank", "status": status, "code": code, "detail": detail}
    await answer(send, request, status, body, headers=headers, kind=b"application/problem+json")


async def answer(
    send: Send,
    request: Request,
    status: int,
    body: dict[str, object] | None,
    *,
    headers: Sequence[tuple[bytes, bytes]] = (),
    kind: bytes = b"application/json",
) -> None:
    """Answer with one document, or with none."""
    written = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
    all_headers = [
        (b"content-type", kind),
        (b"content-length", str(len(written)).encode()),
        (b"cache-control", b"no-store"),
        *request.cors,
        *headers,
    ]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": written, "more_body": False})


def words(request: Request, code: str) -> str:
    """Say a refusal in the language of whoever asked."""
    with translation.override(request.language):
        return {
            "not_found": _("Alamat ini tidak dikenal."),
            "method_not_allowed": _("Di alamat ini hanya dapat dibaca (GET)."),
            "too_long": _("Alamat terlalu panjang."),
            "too_many": _("Terlalu banyak layar terhubung. Coba lagi sebentar lagi."),
        }[code]


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_NUMBER
    return int(text) if is_number else None


def _permitted(scheme: str, host: str, origin: str) -> str:
    """Return the origin when it is a page of ours, else nothing.

    Pages are on the name under which we were called, at their own port; behind a proxy, on the installation's names.
    """
    try:
        page, here = urlsplit(origin), urlsplit(f"//{host}")
        port = page.port or DEFAULT_PORTS.get(page.scheme)
    except ValueError:
        return ""
    if not page.hostname or page.username is not None or origin != f"{page.scheme}://{page.netloc}":
        return ""
    if settings.LIVE_ORIGIN:
        name = f"[{page.hostname}]" if ":" in page.hostname else page.hostname
        is_ours = name in settings.ALLOWED_HOSTS and port == DEFAULT_PORTS.get(page.scheme)
    else:
        is_ours = (page.scheme, page.hostname, port) == (scheme, here.hostname, settings.PAGE_PORT)
    return origin if is_ours else ""
