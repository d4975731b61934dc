"""Saying again who one is, before contacts and second factors are changed."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import audience
from pendopo.people.actions import codes
from pendopo.people.errors import WrongNumber
from pendopo.people.forms.entering import DigitsForm, PasswordForm
from pendopo.people.http import AccountRequest, By, is_fresh, network_of, signed_in
from pendopo.people.models import Code, veiled
from pendopo.people.numbers import contact_in
from pendopo.people.queries.accounts import channels_to
from pendopo.people.views.entering import another, next_of, pending_code, waiting_for

CODE, NEXT = "confirm_code", "confirm_next"
PASSWORD = "password"  # noqa: S105 - the name of a way


@audience("account")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reauthenticate(request: AccountRequest) -> HttpResponse:
    """Ask for the password, or for the digits that were sent to the first contact."""
    if where := next_of(request):
        request.session[NEXT] = where
    if request.method != "POST":
        return _back(request) if is_fresh(request) else _page(request)
    if "password" in request.POST:
        form: forms.Form = PasswordForm(request.POST)
        if form.is_valid() and _is_password(request, form):
            return _confirmed(request, PASSWORD)
        return _page(request, password=form, status=422)
    form = DigitsForm(request.POST)
    pending = _pending(request)
    if pending is None:
        return redirect("account_reauthenticate")

    def prove() -> None:
        codes.prove(pending, form.cleaned_data["digits"], at=timezone.now(), by=By(request))

    if carried_out(form, prove):
        return _confirmed(request, "code")
    return _page(request, digits=form, status=422)


@audience("account")
@require_POST
@signed_in
def reauthenticate_code(request: AccountRequest) -> HttpResponse:
    """Send a code to the first contact, or another one."""
    pending = _pending(request)
    if pending is not None:
        again = another(request, pending) if "channel" in request.POST else pending
    else:
        again = _first(request)
    if isinstance(again, str):
        return _page(request, refusal=again, status=422)
    request.session[CODE] = again.key
    return redirect("account_reauthenticate")


def _first(request: AccountRequest) -> Code | str:
    try:
        contact = contact_in(request.user.contact)
    except WrongNumber:
        return _("Ke kontak utama Anda tidak ada yang dapat dikirim.")
    try:
        return codes.ask(
            contact,
            purpose=Code.Purpose.CONFIRM,
            network=network_of(request),
            at=timezone.now(),
            account=request.user,
            by=By(request),
        )
    except codes.REFUSALS as refusal:
        return str(refusal)


def _pending(request: AccountRequest) -> Code | None:
    found = pending_code(request, CODE)
    if found is None or found.account_id != request.user.pk or found.ended_at or found.expires_at < timezone.now():
        return None
    return found


def _is_password(request: AccountRequest, form: forms.Form) -> bool:
    try:
        is_right = request.user.has_usable_password() and get_adapter().reauthenticate(
            request.user, form.cleaned_data["password"]
        )
    except forms.ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    if not is_right:
        form.add_error("password", _("Kata sandi ini salah."))
    return bool(is_right)


def _confirmed(request: AccountRequest, method: str) -> HttpResponse:
    request.session.pop(CODE, None)
    record_authentication(request, request.user, method=method, reauthenticated=True)
    return _back(request)


def _back(request: AccountRequest) -> HttpResponse:
    return redirect(request.session.pop(NEXT, "") or "mfa_index")


def _page(
    request: AccountRequest,
    *,
    password: forms.Form | None = None,
    digits: forms.Form | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    pending = _pending(request)
    try:
        can_send = bool(channels_to(contact_in(request.user.contact)))
    except WrongNumber:
        can_send = False
    context = {
        "password": (password or PasswordForm()) if request.user.has_usable_password() else None,
        "digits": (digits or DigitsForm()) if pending else None,
        "refusal": refusal,
        "first": veiled(request.user.contact),
        "can_send": can_send,
        "has_key": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).exists(),
        **(waiting_for(pending) if pending else {}),
    }
    return render(request, "people/reauthenticate.html", context, status=status)
