"""Uploads that go on where a connection broke: tus 1.0.0 with creation, expiration and termination."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pendopo.agencies.http import Request
from pendopo.documents import tus
from pendopo.documents.actions import giving
from pendopo.documents.errors import UploadOver
from pendopo.documents.models import MOST_BYTES, StoredFile
from pendopo.documents.queries import stored as shown
from pendopo.documents.types import Purpose
from pendopo.documents.uploading import Awake
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import audience

type View = Callable[..., HttpResponseBase]
OWN_PAGES = {404, 409, 422}


def _speaking(view: View) -> View:
    """Let a view speak tus: the version with every answer, and refusals as a program reads them, or a person."""

    @wraps(view)
    def speaking(request: Request, *args: str, **kwargs: str) -> HttpResponseBase:
        told = request.headers.get("Tus-Resumable")
        try:
            if told not in {None, tus.VERSION} and request.method != "OPTIONS":
                response: HttpResponseBase = HttpResponse(status=412, headers={"Tus-Version": tus.VERSION})
            else:
                response = view(request, *args, **kwargs)
        except RuleViolation as refusal:
            transaction.set_rollback(True)
            response = _refused(request, refusal)
        response.headers["Tus-Resumable"] = tus.VERSION
        return response

    return speaking


@audience("account")
@require_http_methods(["OPTIONS", "POST"])
@_speaking
def uploads(request: Request, mall: str) -> HttpResponse:
    """Say what is possible; expect a new file (POST)."""
    if request.method == "OPTIONS":
        able = {"Tus-Version": tus.VERSION, "Tus-Extension": tus.EXTENSIONS, "Tus-Max-Size": str(MOST_BYTES)}
        return HttpResponse(status=204, headers=able)
    length, told = tus.length(request.headers), tus.metadata(request.headers)
    if told.get("purpose") not in Purpose.values:
        raise NotUnderstood(_("Pilih untuk apa berkas ini (purpose)."))
    file = giving.begin(
        request.mall, length=length, name=told.get("filename", ""), purpose=Purpose(told["purpose"]), by=request.actor,
        at=timezone.now(),
    )  # fmt: skip
    place = reverse("documents:upload", args=[mall, file.code])
    return HttpResponse(status=201, headers={"Location": place, **_state(file)})


@audience("account")
@require_http_methods(["HEAD", "PATCH", "DELETE", "POST"])
@_speaking
def upload(request: Request, mall: str, file: str) -> HttpResponse:
    """Say how much has come (HEAD), take the next piece (PATCH), forget all of it (DELETE)."""
    # For networks that let nothing but GET and POST through.
    method = request.headers.get("X-HTTP-Method-Override", request.method or "").upper()
    act = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}.get(method)
    if act is None:
        return HttpResponse(status=405, headers={"Allow": "HEAD, PATCH, DELETE"})
    return act(request, file)


def _head(request: Request, code: str) -> HttpResponse:
    file = shown.of_mine(request.mall, request.actor, code)
    if file.state == StoredFile.State.ARRIVING and file.expires_at and file.expires_at <= timezone.now():
        raise UploadOver(_("Unggahan ini kedaluwarsa. Mulai lagi dari awal."))
    return HttpResponse(headers={"Upload-Length": str(file.length), "Cache-Control": "no-store", **_state(file)})


def _patch(request: Request, code: str) -> HttpResponse:
    if request.content_type != tus.CONTENT:
        return HttpResponse(status=415)
    offset, awake = tus.offset(request.headers), Awake()

    def read(most: int) -> bytes:
        awake.nudge()
        return request.read(most)

    file = giving.append(request.mall, code, offset=offset, read=read, by=request.actor, at=timezone.now())
    return HttpResponse(status=204, headers=_state(file))


def _delete(request: Request, code: str) -> HttpResponse:
    giving.take_back(request.mall, code, by=request.actor, at=timezone.now())
    return HttpResponse(status=204)


def _state(file: StoredFile) -> dict[str, str]:
    state = {"Upload-Offset": str(file.offset)}
    return state | ({"Upload-Expires": http_date(file.expires_at.timestamp())} if file.expires_at else {})


def _refused(request: Request, refusal: RuleViolation) -> HttpResponse:
    if "text/html" not in request.headers.get("Accept", ""):
        return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=refusal.status)
    template = f"{refusal.status}.html" if refusal.status in OWN_PAGES else "400.html"
    return render(request, template, {"message": str(refusal)}, status=refusal.status)
