"""Where somebody is signed in."""

from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import understood
from pendopo.kernel.http import audience
from pendopo.people.actions import sessions as acts
from pendopo.people.forms.entering import NumberForm
from pendopo.people.http import AccountRequest, By, signed_in
from pendopo.people.queries.accounts import sessions_of


@audience("account")
@never_cache
@require_safe
@signed_in
def sessions(request: AccountRequest) -> HttpResponse:
    """Show the browsers in which somebody is signed in."""
    return _page(request)


@audience("account")
@require_POST
@signed_in
def session_end(request: AccountRequest) -> HttpResponse:
    """Sign one of them out."""
    number = understood(NumberForm(request.POST)).cleaned_data["number"]
    try:
        acts.end_session(request.user, number, at=timezone.now(), by=By(request))
    except RuleViolation as refusal:
        return _page(request, refusal=str(refusal), status=422)
    messages.success(request, _("Peramban itu sudah keluar dari akun Anda."))
    return redirect("account_sessions")


@audience("account")
@require_POST
@signed_in
def sessions_end(request: AccountRequest) -> HttpResponse:
    """Sign somebody out everywhere but here."""
    here = request.session.session_key or ""
    acts.end_others(request.user, but=here, at=timezone.now(), by=By(request))
    request.session[HASH_SESSION_KEY] = request.user.get_session_auth_hash()
    messages.success(request, _("Akun Anda sudah keluar dari semua peramban lain."))
    return redirect("account_sessions")


def _page(request: AccountRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    found = sessions_of(request.user, at=timezone.now())
    lines = [(each, each.key == request.session.session_key) for each in found]
    return render(request, "people/sessions.html", {"lines": lines, "refusal": refusal}, status=status)
