"""What the scanner held back: the manager removes it, or lets it pass and says why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.documents.actions import quarantine as acts
from pendopo.documents.models import StoredFile
from pendopo.documents.queries import stored as shown
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience


@audience("manager")
@require_safe
def quarantine(request: Request, mall: str) -> HttpResponse:
    """List the files that the scanner held back; nobody opens them."""
    return _list(request)


@audience("manager")
@require_POST
def release(request: Request, mall: str, file: str) -> HttpResponse:
    """Let a file pass."""
    return _decided(request, file, acts.release, _("Berkas dilepas dari karantina dan diperiksa lagi isinya."))


@audience("manager")
@require_POST
def removal(request: Request, mall: str, file: str) -> HttpResponse:
    """Remove a file for good."""
    return _decided(request, file, acts.remove, _("Berkas dihapus."))


def _decided(request: Request, code: str, act: Callable[..., StoredFile], done: str) -> HttpResponse:
    found, form = shown.by_code(request.mall, code), ReasonForm(request.POST, auto_id=f"id_{code}_%s")
    if carried_out(form, lambda: act(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, done)
        return redirect("documents:quarantine", request.mall.slug)
    return _list(request, wrong=(found, form), status=422)


def _list(request: Request, *, wrong: tuple[StoredFile, ReasonForm] | None = None, status: int = 200) -> HttpResponse:
    page = shown.quarantined(request.mall, cursor=request.GET.get("cursor", ""))
    lines = [
        (each, wrong[1] if wrong and wrong[0].pk == each.pk else ReasonForm(auto_id=f"id_{each.code}_%s"))
        for each in page.items
    ]
    context = {
        "lines": lines,
        # A refusal about a file that is not on this page stands above the list.
        "problem": wrong[1] if wrong and all(each.pk != wrong[0].pk for each, _form in lines) else None,
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "is_scanning": shown.is_scanning(request.mall, timezone.now()),
        "can_decide": request.actor.manages,
    }
    return answer(request, "documents/quarantine.html", context, status=status)
