"""Signing in and signing up by a code: the same pages for whoever has an account and who has none."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import audience
from pendopo.people import actions as people
from pendopo.people.actions import codes
from pendopo.people.forms.entering import ChannelForm, ContactForm, DigitsForm, NameForm
from pendopo.people.http import network_of
from pendopo.people.models import Account, Code, veiled
from pendopo.people.queries.accounts import account_of, channels_to

CODE, NEXT = "code", "code_next"
HOME = "portal:home"


@audience("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask where a code is to be sent."""
    if isinstance(request.user, Account):
        return redirect(next_of(request) or HOME)
    form = ContactForm(request.POST if request.method == "POST" else None)

    def ask() -> None:
        made = codes.ask(
            form.cleaned_data["contact"],
            purpose=Code.Purpose.ENTER,
            network=network_of(request),
            at=timezone.now(),
        )
        request.session[CODE], request.session[NEXT] = made.key, next_of(request)

    if request.method == "POST" and carried_out(form, ask):
        return redirect("account_code_confirm")
    context = {"form": form, "next": next_of(request)}
    return render(request, "people/code.html", context, status=422 if form.is_bound else 200)


@audience("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the digits that came, and let in whoever knows them."""
    pending = pending_code(request, CODE)
    if pending is None or pending.purpose != Code.Purpose.ENTER:
        return redirect("account_code")
    if pending.is_proven:
        return _enter(request, pending)
    form = DigitsForm(request.POST if request.method == "POST" else None)

    def prove() -> None:
        codes.prove(pending, form.cleaned_data["digits"], at=timezone.now())

    if request.method == "POST" and carried_out(form, prove):
        pending.refresh_from_db()
        return _enter(request, pending)
    context = {"form": form, **waiting_for(pending)}
    return render(request, "people/code_confirm.html", context, status=422 if form.is_bound else 200)


@audience("public")
@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    """Send another code, maybe by another way."""
    pending = pending_code(request, CODE)
    if pending is None or pending.purpose != Code.Purpose.ENTER or pending.is_proven:
        return redirect("account_code")
    form = DigitsForm()
    again = another(request, pending)
    if isinstance(again, Code):
        request.session[CODE] = again.key
        return redirect("account_code_confirm")
    context = {"form": form, "refusal": again, **waiting_for(pending)}
    return render(request, "people/code_confirm.html", context, status=422)


@audience("public")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest) -> HttpResponse:
    """Ask whoever has proven a contact for their name, and open their account."""
    pending = pending_code(request, CODE)
    if pending is None or not pending.is_proven or pending.purpose != Code.Purpose.ENTER:
        return redirect("account_code")
    form = NameForm(request.POST if request.method == "POST" else None)

    def open_account() -> None:
        people.open_own_account(pending, name=form.cleaned_data["name"], at=timezone.now())

    if request.method == "POST" and carried_out(form, open_account):
        return _enter(request, pending)
    context = {"form": form, "contact": pending.contact}
    return render(request, "people/account_name.html", context, status=422 if form.is_bound else 200)


def pending_code(request: HttpRequest, place: str) -> Code | None:
    """Return the code that this browser waits for, while it may still be typed or was just proven."""
    key = request.session.get(place)
    found = Code.objects.filter(key=key).first() if isinstance(key, str) else None
    if found is None or found.expires_at + codes.LIVES < timezone.now():
        return None
    return found


def another(request: HttpRequest, pending: Code) -> Code | str:
    """Have another code sent; return it, or in words why not."""
    form = ChannelForm(request.POST, ways=channels_to(pending.contact))
    if not form.is_valid():
        return _("Pilihan tidak dikenal. Muat ulang halaman ini.")
    try:
        return codes.ask_again(
            pending, channel=form.cleaned_data["channel"], network=network_of(request), at=timezone.now()
        )
    except codes.REFUSALS as refusal:
        return str(refusal)


def waiting_for(pending: Code) -> dict[str, object]:
    """Return what a page shows while a code is on its way."""
    return {
        "contact": veiled(pending.contact),
        "channel": pending.get_channel_display(),
        "ways": channels_to(pending.contact),
        "patience": int(codes.PATIENCE.total_seconds()),
    }


def next_of(request: HttpRequest) -> str:
    """Return where somebody wanted to go, on this host; "" for nowhere."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=own, require_https=request.is_secure())
    return wanted if is_ours and "\x00" not in wanted else ""


def _enter(request: HttpRequest, proven: Code) -> HttpResponse:
    account = account_of(proven.contact)
    if account is None:
        return redirect("account_name")
    where = request.session.pop(NEXT, "") or None
    del request.session[CODE]
    record_authentication(request, account, method="code")
    response: HttpResponse = perform_login(request, Login(user=account, redirect_url=where))
    return response
