"""Whether a document is what it says: by the code that is printed on it, or by the PDF itself."""

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.documents import claims, vault
from pendopo.documents.actions import issuing
from pendopo.documents.forms.signing import CorrectionForm
from pendopo.documents.models import IssuedDocument
from pendopo.documents.queries import issued as shown
from pendopo.documents.queries import trusting
from pendopo.documents.queries.issued import Checked
from pendopo.documents.types import Shown
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
    status = 422 if "problem" in context else 200
    if request.method == "POST" and request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _as_json(context, status)
    return answer(request, "documents/check.html", context, status=status)


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
    follower, shows = shown.follower(found), shown.shown(found)
    told: dict[str, object] = {
        "code": found.code,
        "issuer": request.mall.name,
        "state": shown.standing(found, at=timezone.now()),
        "state_at": found.state_at.isoformat(),
        "superseded_by": follower.code if follower and found.state == IssuedDocument.State.SUPERSEDED else None,
        "replaced_by": follower.code if follower and found.state == IssuedDocument.State.CORRECTED else None,
        "signed_with": found.method,
        "is_personal": found.is_personal,
    }
    allowed = {
        Shown.NUMBER: ("number", found.number_text),
        Shown.TITLE: ("title", found.title),
        Shown.REASON: ("reason", found.state_reason),
        Shown.SIGNED_AT: ("signed_at", found.signed_at.isoformat()),
        Shown.VALID_UNTIL: ("valid_until", found.valid_until.isoformat() if found.valid_until else None),
        Shown.SHA256: ("sha256", bytes(found.sha256).hex()),
    }
    told |= dict(value for name, value in allowed.items() if name in shows)
    # What the QR speaks of, to compare with what was read offline.
    told |= {"content_sha256": bytes(found.content_sha256).hex()} if Shown.SHA256 in shows else {}
    return JsonResponse(told)


@audience("public")
@require_safe
def key(request: Request, mall: str) -> HttpResponse:
    """Give the public keys of the claims (RFC 7517) and the authorities of the signatures, to verify offline."""
    told = claims.key_set(trusting.claim_keys(request.mall), trusting.authorities_of(request.mall))
    return JsonResponse(told, headers={"Cache-Control": "public, max-age=300"})


@audience("public")
@require_safe
def file(request: Request, mall: str, document: str) -> HttpResponse:
    """Give the document as it was signed to whoever holds its code, where its kind allows it, and to overseers."""
    found = shown.by_code(request.mall, document)
    if Shown.FILE not in shown.shown(found) and not request.actor.manages:
        raise NotFound(_("Berkas dokumen ini tidak dibuka untuk umum."))
    return download(vault.content(found), "application/pdf", f"{found.kind}-{found.number}.pdf")


@audience("manager")
@require_POST
def revocation(request: Request, mall: str, document: str) -> HttpResponse:
    """Let the manager take a document back, for a reason that everybody reads."""
    found, form = shown.by_code(request.mall, document), ReasonForm(request.POST)
    link = _address(request, found.code)
    act = partial(issuing.revoke, found, link=link, by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(**form.cleaned_data)):
        return redirect("documents:document", mall, found.code)
    return _shown(request, found, form, status=422)


@audience("manager")
@require_POST
def correction(request: Request, mall: str, document: str) -> HttpResponse:
    """Let the manager say which document is right in the place of this one, and why."""
    found, form = shown.by_code(request.mall, document), CorrectionForm(request.POST, auto_id="correct_%s")
    act = partial(issuing.correct, found, address_of=partial(_address, request), by=request.actor, at=timezone.now())
    if carried_out(form, lambda: act(**form.cleaned_data)):
        return redirect("documents:document", mall, found.code)
    return _shown(request, found, ReasonForm(), form, status=422)


def _address(request: Request, code: str) -> str:
    return request.build_absolute_uri(reverse("documents:document", args=[request.mall.slug, code]))


def _as_json(context: dict[str, object], status: int) -> JsonResponse:
    """Say to a program what the page says of a PDF that was brought."""
    checked = context.get("checked")
    if not isinstance(checked, Checked):
        return JsonResponse({"code": NotUnderstood.code, "detail": context["problem"]}, status=status)
    signatures = [
        {
            "signer": each.signer,
            "is_intact": each.is_intact,
            "is_ours": each.is_ours,
            "stamped_at": each.stamped_at.isoformat() if each.stamped_at else None,
            "expires_at": each.expires_at.isoformat() if each.expires_at else None,
        }
        for each in checked.signatures
    ]
    code = checked.document.code if checked.document else None
    return JsonResponse(
        {"is_ours": checked.is_ours, "is_altered": checked.is_altered, "document": code, "signatures": signatures}
    )


def _shown(
    request: Request, found: IssuedDocument, form: ReasonForm, correcting: CorrectionForm | None = None, *,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    state = shown.standing(found, at=timezone.now())
    can_decide = request.actor.manages
    context = {
        "document": found,
        "state": state,
        "shows": {each.value for each in shown.shown(found)},
        "sha256": bytes(found.sha256).hex(),
        "follower": shown.follower(found),
        "form": form,
        "correcting": correcting or CorrectionForm(auto_id="correct_%s"),
        "can_revoke": can_decide and found.state == IssuedDocument.State.VALID,
        "can_correct": can_decide and found.state in {IssuedDocument.State.VALID, IssuedDocument.State.SUPERSEDED},
    }
    return answer(request, "documents/document.html", context, status=status)
