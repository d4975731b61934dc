"""Passkeys, codes of an app, and recovery codes: django-allauth's own pages, behind our doors."""

from collections.abc import Callable

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.mfa.webauthn.internal.flows import remove_authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.kernel.forms import understood
from pendopo.kernel.http import audience
from pendopo.people.forms.entering import NumberForm
from pendopo.people.http import AccountRequest, confirmed, signed_in
from pendopo.people.models import Account, veiled
from pendopo.people.queries.accounts import sessions_of

type View = Callable[[HttpRequest], HttpResponseBase]
KEY, TOTP, RECOVERY = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES


@audience("account")
@never_cache
@require_safe
@signed_in
def index(request: AccountRequest) -> HttpResponse:
    """Show how somebody's account is kept safe, and the way to change it."""
    found = list(Authenticator.objects.filter(user=request.user).order_by("pk"))
    context = {
        "name": request.user.name,
        "contact": veiled(request.user.contact),
        "contacts": 1 + request.user.addresses.count(),
        "sessions": len(sessions_of(request.user, at=timezone.now())),
        "keys": [(each.pk, each.wrap().name, each.created_at) for each in found if each.type == KEY],
        "totp": any(each.type == TOTP for each in found),
        "recovery": next((len(each.wrap().get_unused_codes()) for each in found if each.type == RECOVERY), None),
    }
    return render(request, "people/security.html", context)


@audience("account")
@require_POST
@confirmed
def key_removal(request: AccountRequest) -> HttpResponse:
    """Remove a passkey."""
    number = understood(NumberForm(request.POST)).cleaned_data["number"]
    found = Authenticator.objects.filter(user=request.user, type=KEY, pk=number).first()
    if found is not None:
        remove_authenticator(request, found)
    return redirect("mfa_index")


def _with(kind: str, view: View) -> View:
    """Show a page only to whoever has what it is about; everybody else is sent to all of it."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        account = request.user
        if isinstance(account, Account) and not Authenticator.objects.filter(user=account, type=kind).exists():
            return redirect("mfa_index")
        return view(request)

    return guarded


add_key = audience("account")(never_cache(confirmed(keys.add_webauthn)))
activate_totp = audience("account")(never_cache(confirmed(totp.activate_totp)))
deactivate_totp = audience("account")(never_cache(confirmed(_with(TOTP, totp.deactivate_totp))))
recovery_codes = audience("account")(never_cache(confirmed(_with(RECOVERY, recovery.view_recovery_codes))))
new_recovery_codes = audience("account")(never_cache(confirmed(_with(RECOVERY, recovery.generate_recovery_codes))))
reauthenticate_key = audience("account")(never_cache(signed_in(_with(KEY, keys.reauthenticate_webauthn))))
login_key = audience("public")(never_cache(keys.login_webauthn))
authenticate = audience("public")(base.authenticate)
