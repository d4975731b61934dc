"""What becomes of a finding: its owner answers, oversight closes it or opens it again."""

from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pendopo.agencies.http import Request
from pendopo.inspections.actions import finding as noting
from pendopo.inspections.actions import following as acts
from pendopo.inspections.forms.following import ClosingForm, ReopeningForm, ReplyForm
from pendopo.inspections.queries.findings import finding_of
from pendopo.inspections.types import Told
from pendopo.inspections.views.findings import finding_page
from pendopo.kernel import attachments
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import audience


@audience("overseer")
@require_POST
def reply(request: Request, mall: str, finding: int) -> HttpResponse:
    """Let the owner say what was done."""
    form = ReplyForm(request.POST, auto_id="reply-%s")
    return _step(request, finding, form, _("Jawaban tercatat. Sekarang menunggu diperiksa."))


@audience("oversight")
@require_POST
def closing(request: Request, mall: str, finding: int) -> HttpResponse:
    """Close a finding that is mended."""
    return _step(request, finding, ClosingForm(request.POST, auto_id="closing-%s"), _("Temuan selesai."))


@audience("oversight")
@require_POST
def reopening(request: Request, mall: str, finding: int) -> HttpResponse:
    """Open a finding again."""
    form = ReopeningForm(request.POST, auto_id="reopening-%s")
    return _step(request, finding, form, _("Temuan dibuka lagi."))


@audience("oversight")
@require_POST
def withdrawal(request: Request, mall: str, finding: int) -> HttpResponse:
    """Take back a slip before the signature, and go on with the inspection."""
    found = finding_of(request.mall, request.actor, finding)
    noting.withdraw(found, words=_("Salah catat"), by=request.actor, at=timezone.now())
    messages.success(request, _("Temuan ditarik."))
    return redirect("inspections:form", mall, found.place.inspection_id)


def _step(request: Request, number: int, form: forms.Form, done: str) -> HttpResponse:
    found, at = finding_of(request.mall, request.actor, number), timezone.now()
    if not form.is_valid():
        return finding_page(request, found, form)
    words, by = form.cleaned_data["words"], request.actor
    try:
        sent = attachments.uploaded(request)
        picture, told = (sent[1], Told(_part(request), at)) if sent else (None, None)
        if isinstance(form, ReplyForm):
            acts.reply(found, words, picture=picture, told=told, by=by, at=at)
        elif isinstance(form, ClosingForm):
            acts.close(found, words, picture=picture, told=told, by=by, at=at)
        else:
            acts.reopen(found, words, by=by, at=at)
    except RuleViolation as refusal:
        form.add_error(None, str(refusal))
        return finding_page(request, finding_of(request.mall, by, number), form)
    messages.success(request, done)
    return redirect("inspections:finding", request.mall.slug, number)


def _part(request: Request) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid4()
