"""The fast lane of the API: a good request to take a ticket or to call, without the framework's way to the view.

It only ever says yes. Whatever is odd (a refusal, a wrong body, a database that is away) it leaves, unread, to the
ordinary door, which asks everything anew and says it in words: a request that was refused may always be repeated.
Measured, the framework's way costs as much processor time as the ticket itself; see docs/decisions/0004-hot-sql.md.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from wsgiref.types import StartResponse, WSGIEnvironment

from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from pydantic import BaseModel

from pendopo.config.middleware import bearer_of
from pendopo.kernel.crypto import Bearer
from pendopo.kernel.errors import RuleViolation
from pendopo.queues import api as queues
from pendopo.tenancy.models import Mall
from pendopo.tenancy.queries import mall_by_slug

LONGEST = 4096  # bytes of a body that is read at once
TICKETS = re.compile(r"/api/v1/malls/([-\w]+)/tickets")
CALLS = re.compile(r"/api/v1/malls/([-\w]+)/counters/([1-9]\d{0,17})/calls")
ODD = (RuleViolation, ValueError, Error, SuspiciousOperation)
STATUS = {200: "200 OK", 201: "201 Created", 204: "204 No Content"}

type Answer = tuple[int, BaseModel | None]
type Act = Callable[[Mall, Bearer | None, bytes, str], Answer]


def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes] | None:
    """Answer a good request, or return None: then the ordinary door finds the request as it came."""
    found = _act_of(environ)
    length = str(environ.get("CONTENT_LENGTH", ""))
    # Cookies say which phone it is, and are read elsewhere.
    if found is None or not length.isdecimal() or int(length) > LONGEST or environ.get("HTTP_COOKIE"):
        return None
    slug, act = found
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    connections[DEFAULT_DB_ALIAS].close_if_unusable_or_obsolete()
    try:
        mall = mall_by_slug(slug)
        if mall is None:
            return None
        bearer = bearer_of(str(environ.get("HTTP_AUTHORIZATION", "")), mall)
        status, shown = act(mall, bearer, body, _origin(environ))
    except ODD:
        return None
    said = shown.model_dump_json().encode() if shown else b""
    start_response(STATUS[status], [*_headers(), ("Content-Length", str(len(said)))])
    return [said]


def _act_of(environ: WSGIEnvironment) -> tuple[str, Act] | None:
    if environ["REQUEST_METHOD"] != "POST":
        return None
    path = str(environ["PATH_INFO"])
    if tickets := TICKETS.fullmatch(path):
        return tickets[1], _take
    if calls := CALLS.fullmatch(path):
        counter = int(calls[2])
        return calls[1], lambda mall, bearer, body, _origin: _call(mall, bearer, body, counter)
    return None


def _take(mall: Mall, bearer: Bearer | None, body: bytes, origin: str) -> Answer:
    return queues.take(mall, bearer, queues.TicketIn.model_validate_json(body), origin)


def _call(mall: Mall, bearer: Bearer | None, body: bytes, counter: int) -> Answer:
    if bearer is None:
        raise ValueError("nobody calls without a token")
    called = queues.call(mall, bearer, counter, queues.CallIn.model_validate_json(body) if body else None)
    return (200, called) if called else (204, None)


_origins: dict[tuple[object, ...], str] = {}


def _origin(environ: WSGIEnvironment) -> str:
    """Say under which address we were asked; Django judges each host that comes, once."""
    key = tuple(environ.get(name) for name in ("wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "SERVER_PORT"))
    known = _origins.get(key)
    if known is None:
        known = queues.origin_of(WSGIRequest(environ))
        if len(_origins) < 256:
            _origins[key] = known
    return known


@lru_cache(maxsize=1)
def _headers() -> list[tuple[str, str]]:
    response = SecurityMiddleware(lambda _request: HttpResponse())(HttpRequest())
    assert isinstance(response, HttpResponse)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    return list(response.items())
