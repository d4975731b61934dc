"""Whether a document is what it says: by the code that is printed on it, or by the PDF itself."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.documents import vault
from pendopo.documents.actions import issuing
from pendopo.documents.models import IssuedDocument
from pendopo.documents.queries import issued as shown
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import download


@audience("public")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, mall: str) -> HttpResponse:
    """Ask for a code or a PDF; say what the signatures of the PDF are worth (POST)."""
    context: dict[str, object] = {"most": attachments.MOST_MEGABYTES}
    code = request.GET.get("code", "").strip().lower()
    if code.isascii() and code.isalnum():
        return redirect("documents:document", mall, code)
    if code:
        context |= {"code": code, "problem": _("Kode terdiri dari 26 huruf dan angka.")}
    if request.method == "POST":
        try:
            sent = attachments.uploaded(request)
            if sent is None:
                raise NotUnderstood(_("Pilih berkas PDF yang akan diperiksa."))
            context |= {"name": sent[0], "checked": shown.check(request.mall, sent[1], at=timezone.now())}
        except NotUnderstood as refusal:
            context["problem"] = str(refusal)
    return answer(request, "documents/check.html", context, status=422 if "problem" in context else 200)


@audience("public")
@require_safe
def issued(request: Request, mall: str, document: str) -> HttpResponse:
    """Show whether the document with this code is valid, without anything else that stands in it."""
    try:
        found = shown.by_code(request.mall, document)
    except NotFound as missing:
        context = {"problem": str(missing), "code": document, "most": attachments.MOST_MEGABYTES}
        return answer(request, "documents/check.html", context, status=404)
    return _shown(request, found, ReasonForm())


@audience("public")
@require_safe
def described(request: Request, mall: str, document: str) -> HttpResponse:
    """Say the same to programs."""
    try:
        found = shown.by_code(request.mall, document)
    except NotFound as missing:
        return JsonResponse({"code": missing.code, "detail": str(missing)}, status=missing.status)
    follower = shown.follower(found)
    return JsonResponse(
        {
            "code": found.code,
            "number": found.number_text,
            "title": found.title,
            "issuer": request.mall.name,
            "state": found.state,
            "state_at": found.state_at.isoformat(),
            "reason": found.state_reason,
            "signed_at": found.signed_at.isoformat(),
            "sha256": bytes(found.sha256).hex(),
            "superseded_by": follower.code if follower else None,
        }
    )


@audience("public")
@require_safe
def file(request: Request, mall: str, document: str) -> HttpResponse:
    """Give the document as it was signed to whoever holds its code."""
    found = shown.by_code(request.mall, document)
    return download(vault.content(found), "application/pdf", f"{found.kind}-{found.number}.pdf")


@audience("manager")
@require_POST
def revocation(request: Request, mall: str, document: str) -> HttpResponse:
    """Let the manager take a document back, for a reason that everybody reads."""
    found, form = shown.by_code(request.mall, document), ReasonForm(request.POST)
    if carried_out(form, lambda: issuing.revoke(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        return redirect("documents:document", mall, found.code)
    return _shown(request, found, form, status=422)


def _shown(request: Request, found: IssuedDocument, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    context = {
        "document": found,
        "sha256": bytes(found.sha256).hex(),
        "follower": shown.follower(found),
        "form": form,
        "can_revoke": request.actor.manages and found.state == IssuedDocument.State.VALID,
    }
    return answer(request, "documents/document.html", context, status=status)
