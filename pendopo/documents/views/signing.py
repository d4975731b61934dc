"""A signer's desk: what waits, a batch of signatures with one passphrase, and how far it has come."""

import threading
from uuid import uuid4

import structlog
from django.contrib import messages
from django.db import connections, transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.agencies.types import Actor
from pendopo.documents.actions import batching, enrolling, running
from pendopo.documents.actions import waiting as papers
from pendopo.documents.forms.signing import CertificateForm, NikForm, PassphraseForm
from pendopo.documents.models import SigningBatch
from pendopo.documents.queries import signing as shown
from pendopo.documents.signers.secret import Secret
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience

log = structlog.get_logger("signing")
MINE, SEAL = "mine", "seal"


@sensitive_post_parameters("passphrase")
@audience("signer")
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request, mall: str) -> HttpResponse:
    """Show what waits for whoever looks, for the seal (`for=seal`) or their own signature; begin a batch (POST)."""
    asked = request.POST if request.method == "POST" else request.GET
    is_seal = asked.get("for", MINE) == SEAL
    form = PassphraseForm(request.POST) if request.method == "POST" else PassphraseForm(initial={"id": uuid4()})
    if request.method == "POST" and carried_out(form, lambda: _begin(request, form)):
        found = SigningBatch.objects.get(mall=request.mall, request_id=form.cleaned_data["id"])
        return redirect("documents:batch", mall, found.pk)
    lines = shown.waiting(request.mall, request.actor, is_seal=is_seal)
    context = {
        "lines": lines,
        "form": form,
        "chosen": _numbers(request),
        "is_seal": is_seal,
        "choice": SEAL if is_seal else MINE,
        "other": len(shown.waiting(request.mall, request.actor, is_seal=not is_seal)),
        "signer": shown.signer(request.mall, request.actor),
        "partner": shown.partner(request.mall),
        "seal_expires_at": shown.seal_expires_at(request.mall),
        "batches": shown.batches(request.mall, request.actor),
        "can_withdraw": request.actor.manages,
    }
    return answer(request, "documents/signing.html", context, status=422 if form.is_bound else 200)


@audience("signer")
@require_safe
def batch(request: Request, mall: str, batch: int) -> HttpResponse:
    """Show how far a batch has come."""
    return _progress(request, shown.batch(request.mall, batch, request.actor), PassphraseForm(initial={"id": uuid4()}))


@sensitive_post_parameters("passphrase")
@audience("signer")
@require_POST
def continuation(request: Request, mall: str, batch: int) -> HttpResponse:
    """Go on with a batch that stopped: the passphrase is typed again, for nobody kept it."""
    found, form = shown.batch(request.mall, batch, request.actor), PassphraseForm(request.POST)
    if carried_out(form, lambda: _resume(request, found, form)):
        return redirect("documents:batch", mall, found.pk)
    return _progress(request, found, form, status=422)


@sensitive_post_parameters("passphrase", "again")
@audience("signer")
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: Request, mall: str) -> HttpResponse:
    """Show with what one signs in one's own name, until when; make it anew (POST)."""
    partner = shown.partner(request.mall)
    sent = request.POST if request.method == "POST" else None
    form = NikForm(sent) if partner else CertificateForm(sent)
    if carried_out(form, lambda: _enrol(request, form)):
        messages.success(request, _("Anda siap menandatangani."))
        return redirect("documents:certificate", mall)
    context = {
        "form": form,
        "signer": shown.signer(request.mall, request.actor),
        "partner": partner,
        "seal_expires_at": shown.seal_expires_at(request.mall),
        "now": timezone.now(),
    }
    return answer(request, "documents/certificate.html", context, status=422 if form.is_bound else 200)


@audience("signer")
@require_POST
def withdrawal(request: Request, mall: str, waiting: int) -> HttpResponse:
    """Let the manager take back a paper that waits."""
    found, form = shown.awaited(request.mall, waiting), ReasonForm(request.POST)
    if carried_out(form, lambda: papers.withdraw(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Berkas ditarik."))
        return redirect("documents:signing", mall)
    raise NotUnderstood("; ".join(str(each) for told in form.errors.values() for each in told))


def _progress(request: Request, found: SigningBatch, form: PassphraseForm, *, status: int = 200) -> HttpResponse:
    told = shown.progress(found, at=timezone.now())
    is_own = request.actor.account_id == found.account_id
    context = {
        "told": told,
        "form": form,
        "can_continue": is_own and told.left and not told.is_moving,
        "needs_passphrase": _needs_passphrase(request, is_seal=found.is_seal),
    }
    return answer(request, "documents/batch.html#progress", context, status=status)


def _needs_passphrase(request: Request, *, is_seal: bool) -> bool:
    return not is_seal or shown.partner(request.mall) is not None


def _begin(request: Request, form: PassphraseForm) -> None:
    is_seal = request.POST.get("for") == SEAL
    secret = _told(request, form, is_seal=is_seal)
    before = timezone.now()
    found = batching.begin(
        request.mall, _numbers(request), request_id=form.cleaned_data["id"], by=request.actor, at=before
    )
    # Sent twice: the first runs already.
    if found.begun_at == before:
        _start(request, found, secret)


def _numbers(request: Request) -> list[int]:
    # More than 18 digits are no number of a row.
    told = [each for each in request.POST.getlist("paper") if each.isascii() and each.isdigit() and len(each) < 19]
    return [int(each) for each in told]


def _resume(request: Request, found: SigningBatch, form: PassphraseForm) -> None:
    secret = _told(request, form, is_seal=found.is_seal)
    if shown.progress(found, at=timezone.now()).is_moving:
        raise NotUnderstood(_("Penandatanganan ini sedang berjalan."))
    _start(request, batching.resume(found, by=request.actor, at=timezone.now()), secret)


def _told(request: Request, form: PassphraseForm, *, is_seal: bool) -> Secret:
    secret = form.cleaned_data["passphrase"]
    assert isinstance(secret, Secret)
    if _needs_passphrase(request, is_seal=is_seal) and not secret.reveal():
        raise NotUnderstood(_("Ketik frasa sandi Anda."))
    return secret


def _enrol(request: Request, form: NikForm | CertificateForm) -> None:
    told, at = form.cleaned_data, timezone.now()
    if isinstance(form, NikForm):
        enrolling.name_nik(request.mall, nik=told["nik"], by=request.actor, at=at)
    else:
        enrolling.make_certificate(request.mall, passphrase=told["passphrase"], by=request.actor, at=at)


def _start(request: Request, found: SigningBatch, secret: Secret) -> None:
    """Sign in a thread of this process once the batch is committed: the passphrase is in no job and no row.

    A thread that dies with its process leaves a batch that its owner goes on with.
    """
    pattern = request.build_absolute_uri(reverse("documents:document", args=[request.mall.slug, "CODE"]))
    thread = threading.Thread(target=_sign, args=(found, secret, pattern, request.actor), name="signing", daemon=True)
    transaction.on_commit(thread.start)


@sensitive_variables()
def _sign(found: SigningBatch, secret: Secret, pattern: str, by: Actor) -> None:
    try:
        running.run(found, secret, address_of=lambda code: pattern.replace("CODE", code), by=by, now=timezone.now)
    # Whatever it was, its page tells that it was broken off; no text of it goes to the log.
    except Exception as error:
        log.error("batch_broken_off", kind=type(error).__name__)
    finally:
        connections.close_all()
