"""Errors of the API as problem documents (RFC 9457) with a `code` that never changes."""

import json

from django.http import HttpResponse


def problem(status: int, code: str, detail: str, *, fields: list[dict[str, str]] | None = None) -> HttpResponse:
    """Answer in words for a person, with a code for the program; `fields` names each wrong field."""
    body: dict[str, object] = {"type": "about:blank", "status": status, "code": code, "detail": detail}
    if fields:
        body["fields"] = fields
    return HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/problem+json")
