"""What every edge shares: who a route is for, and one answer for htmx and for whole pages."""

from collections.abc import Callable, Mapping
from typing import Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from pydantic import BaseModel

# Who may use a route. "key" = holder of a ticket's key; "staff" = any membership in the mall of the URL.
# "account" = whoever has signed in; what such an address names is its owner's alone.
# "partner" = a machine of another house: the view checks its signature or token, and opens its own transaction.
# "desk" = the common desk's officers, and managers. "overseer" = managers, heads, inspectors, and agencies' admins for
# their own agency; "oversight" = the same without the admins; "behind" = overseers and the agencies' back offices.
# "keeper" = who keeps products and hands them over, and who watches it.
# "signer" = whoever signs documents: the agencies' signers, managers, heads.
Audience = Literal[
    "public",
    "key",
    "device",
    "staff",
    "officer",
    "desk",
    "manager",
    "overseer",
    "oversight",
    "behind",
    "keeper",
    "signer",
    "account",
    "partner",
]


def audience[V: Callable[..., HttpResponseBase]](who: Audience) -> Callable[[V], V]:
    """Declare whom a view is for. The middleware enforces it; a route without it fails the structure test."""

    def declare(view: V) -> V:
        setattr(view, "audience", who)  # noqa: B010 - a function has no such attribute for the type checker
        return view

    return declare


def answer(request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200) -> HttpResponse:
    """Render `page.html#part` for htmx, the whole `page.html` for everybody else."""
    if not request.headers.get("HX-Request"):
        template = template.partition("#")[0]
    return render(request, template, dict(context), status=status)


def query_of(request: HttpRequest) -> str:
    """Return what the address asks besides its place in the list: links to the next page and to files add it."""
    query = request.GET.copy()
    query.pop("cursor", None)
    return query.urlencode()


def document(status: int, shown: BaseModel) -> HttpResponse:
    """Write a checked answer as JSON. For hot operations: ninja would check and copy it once more."""
    return HttpResponse(shown.model_dump_json(), content_type="application/json; charset=utf-8", status=status)
