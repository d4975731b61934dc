"""A citizen's own files: given, listed with what became of them, opened by signed links, removed."""

from collections.abc import Iterator
from itertools import chain

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request
from pendopo.documents import links, shelf, sniffing
from pendopo.documents.actions import giving, storing
from pendopo.documents.errors import FileRefused
from pendopo.documents.forms.giving import GivingForm
from pendopo.documents.links import How
from pendopo.documents.models import StoredFile
from pendopo.documents.queries import stored as shown
from pendopo.documents.shelf import Slot
from pendopo.documents.types import FileKind, Purpose, Refusal
from pendopo.documents.uploading import SealedUpload, SealingHandler
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.kernel.http import answer, audience

MEDIA_TYPES = {
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
}
# What strangers gave runs nothing, loads nothing and is no part of our pages, even where a browser shows it.
SHUT_IN = "default-src 'none'; img-src 'self'; style-src 'none'; script-src 'none'; frame-ancestors 'none'; sandbox"


# The body is read by our own handler, which must be there before anybody reads the form: the check follows it.
@audience("account")
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: Request, mall: str) -> HttpResponse:
    """List one's files; take one more (POST)."""
    if request.method != "POST":
        return _list(request, GivingForm())
    handler = SealingHandler(request, request.mall.pk)
    request.upload_handlers = [handler]
    response: HttpResponse = _take(request, handler)
    if response.status_code >= 400:
        handler.discard()
    return response


@csrf_protect
def _take(request: Request, handler: SealingHandler) -> HttpResponse:
    form = GivingForm(request.POST)
    sent = request.FILES.get("file")
    if form.is_valid():
        try:
            file = _given(request, form, sent if isinstance(sent, SealedUpload) else None, handler)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Berkas terkirim. Pemeriksaan biasanya selesai dalam semenit."))
            return redirect("documents:file", request.mall.slug, file.code)
    return _list(request, form, status=422)


def _given(request: Request, form: GivingForm, sent: SealedUpload | None, handler: SealingHandler) -> StoredFile:
    if handler.is_too_large:
        raise FileRefused(Refusal.LARGE.label)
    if sent is None:
        raise FileRefused(_("Pilih berkas yang akan diunggah."))
    kind = sniffing.kind_of(sent.beginning)
    told = form.cleaned_data
    return giving.give(
        request.mall, sent.slot, size=sent.size or 0, kind=kind, name=sent.name or "", purpose=Purpose(told["purpose"]),
        request_id=told["id"], by=request.actor, at=timezone.now(),
    )  # fmt: skip


def _list(request: Request, form: GivingForm, *, status: int = 200) -> HttpResponse:
    page = shown.mine(request.mall, request.actor, cursor=request.GET.get("cursor", ""))
    context = {
        "form": form,
        "files": page.items,
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "is_scanning": shown.is_scanning(request.mall, timezone.now()),
        "waits": any(file.state == StoredFile.State.WAITING for file in page.items),
    }
    return answer(request, "documents/files.html", context, status=status)


@audience("account")
@require_safe
def file(request: Request, mall: str, file: str) -> HttpResponse:
    """Show one of one's files: what became of it, how it looks, by what it was proven."""
    found = shown.of_mine(request.mall, request.actor, file)
    context = {"file": found, "is_scanning": shown.is_scanning(request.mall, timezone.now())} | opened(request, found)
    return answer(request, "documents/file.html", context)


@audience("account")
@require_http_methods(["GET", "HEAD", "POST"])
def removal(request: Request, mall: str, file: str) -> HttpResponse:
    """Ask whether a file shall go for good; then let it go (POST)."""
    found = shown.of_mine(request.mall, request.actor, file)
    if request.method == "POST":
        giving.take_back(request.mall, found.code, by=request.actor, at=timezone.now())
        messages.success(request, _("Berkas dihapus."))
        return redirect("documents:files", mall)
    return answer(request, "documents/file_removal.html", {"file": found})


@audience("account")
@require_safe
def content(request: Request, mall: str, file: str) -> HttpResponseBase:
    """Give a file to whoever holds a signed link for it."""
    asked = request.GET.dict()
    if "seal" not in asked:
        return redirect("documents:file", mall, shown.of_mine(request.mall, request.actor, file).code)
    holder, at = request.actor.account_id or 0, timezone.now()
    how = links.checked(request.mall.pk, file, asked, holder=holder, at=at)
    found = shown.by_code(request.mall, file)
    if how is How.PREVIEW:
        drawn = shown.preview_of(found)
        if drawn is None:
            raise NotFound(_("Gambar kecil berkas ini belum ada."))
        return _streamed(shelf.preview(drawn), FileKind.JPEG, drawn.size, "", is_attachment=False)
    if not storing.is_own(found, request.actor):
        storing.look(found, how=how, by=request.actor, at=at)
    # Browsers do not show PDFs that are shut in: those are always saved.
    is_attachment = how is How.DOWNLOAD or found.kind == FileKind.PDF
    return _streamed(
        shelf.kept(found), FileKind(found.kind), found.size or 0, _name(found), is_attachment=is_attachment
    )


def opened(request: Request, file: StoredFile) -> dict[str, object]:
    """Return the signed links to a file's content that a page shows; none for one that nobody may open."""
    holder, at = request.actor.account_id, timezone.now()
    if file.state != StoredFile.State.CLEAN or holder is None:
        return {"links": None}
    drawn = shown.preview_of(file)
    return {
        "links": {str(how): links.query(file, how, holder=holder, at=at) for how in How},
        "drawn": drawn,
        "is_picture": file.kind != FileKind.PDF,
    }


def _name(file: StoredFile) -> str:
    return sniffing.clean_name(file.name, file.kind)


def _streamed(slot: Slot, kind: FileKind, size: int, name: str, *, is_attachment: bool) -> StreamingHttpResponse:
    content = slot.read()
    # Opened here, so that what is gone or altered is refused in words.
    first: Iterator[bytes] = iter([next(content)])
    return StreamingHttpResponse(
        chain(first, content),
        content_type=MEDIA_TYPES[kind],
        headers={
            "Content-Length": str(size),
            "Content-Disposition": content_disposition_header(is_attachment, name) or "inline",
            "Content-Security-Policy": SHUT_IN,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
