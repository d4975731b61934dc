"""At the desk: somebody shows the code of a file on a phone, an officer looks at it and says whether it is right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pendopo.agencies.http import Request
from pendopo.documents.actions import storing
from pendopo.documents.forms.giving import CodeForm, ProofForm
from pendopo.documents.models import StoredFile
from pendopo.documents.queries import stored as shown
from pendopo.documents.types import Source
from pendopo.documents.views.files import opened
from pendopo.kernel.errors import NotFound
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience


@audience("officer")
@require_safe
def given(request: Request, mall: str) -> HttpResponse:
    """Ask for the code of a file."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        try:
            found = shown.shown_to_officer(request.mall, form.cleaned_data["code"])
        except NotFound as missing:
            form.add_error("code", str(missing))
        else:
            return redirect("documents:given_file", mall, found.code)
    return answer(request, "documents/given.html", {"form": form}, status=422 if form.is_bound else 200)


@audience("officer")
@require_safe
def given_file(request: Request, mall: str, file: str) -> HttpResponse:
    """Show a file that was shown; looking is noted."""
    found = shown.shown_to_officer(request.mall, file)
    storing.look(found, how="page", by=request.actor, at=timezone.now())
    return _shown(request, found, ProofForm())


@audience("officer")
@require_POST
def proof(request: Request, mall: str, file: str) -> HttpResponse:
    """Let an officer say that a file is right, and by what it is known."""
    found, form = shown.shown_to_officer(request.mall, file), ProofForm(request.POST)

    def act() -> None:
        told = form.cleaned_data
        source = Source(told["source"])
        storing.prove(found, source=source, reason=told["reason"], by=request.actor, at=timezone.now())

    if carried_out(form, act):
        messages.success(request, _("Berkas terbukti. Warga tidak perlu membawanya lagi."))
        return redirect("documents:given_file", mall, found.code)
    return _shown(request, found, form, status=422)


def _shown(request: Request, file: StoredFile, form: ProofForm, *, status: int = 200) -> HttpResponse:
    context = {
        "file": file,
        "form": form,
        "is_own": storing.is_own(file, request.actor),
        "owner": file.account.name if file.account else "",
    }
    return answer(request, "documents/given_file.html", context | opened(request, file), status=status)
