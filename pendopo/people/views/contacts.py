"""The contacts by which an account signs in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.forms import carried_out, understood
from pendopo.kernel.http import audience
from pendopo.people.actions import codes
from pendopo.people.actions import contacts as acts
from pendopo.people.forms.entering import ContactForm, DigitsForm, NumberForm
from pendopo.people.http import AccountRequest, By, confirmed, network_of, signed_in
from pendopo.people.models import Code, veiled
from pendopo.people.queries.accounts import contacts_of
from pendopo.people.views.entering import another, pending_code, waiting_for

CODE = "contact_code"


@audience("account")
@never_cache
@require_safe
@signed_in
def contacts(request: AccountRequest) -> HttpResponse:
    """Show by which contacts somebody signs in."""
    return _page(request)


@audience("account")
@require_POST
@confirmed
def contact_first(request: AccountRequest) -> HttpResponse:
    """Make another contact the first one."""
    number = understood(NumberForm(request.POST)).cleaned_data["number"]
    try:
        acts.make_first(request.user, number, at=timezone.now(), by=By(request))
    except RuleViolation as refusal:
        return _page(request, refusal=str(refusal), status=422)
    messages.success(request, _("Kontak utama Anda berganti."))
    return redirect("account_contacts")


@audience("account")
@require_POST
@confirmed
def contact_removal(request: AccountRequest) -> HttpResponse:
    """Remove a contact."""
    number = understood(NumberForm(request.POST)).cleaned_data["number"]
    try:
        acts.remove_contact(request.user, number, at=timezone.now(), by=By(request))
    except RuleViolation as refusal:
        return _page(request, refusal=str(refusal), status=422)
    messages.success(request, _("Kontak dihapus."))
    return redirect("account_contacts")


@audience("account")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def contact_new(request: AccountRequest) -> HttpResponse:
    """Ask for a further contact, and send a code there."""
    form = ContactForm(request.POST if request.method == "POST" else None)

    def ask() -> None:
        made = codes.ask(
            form.cleaned_data["contact"],
            purpose=Code.Purpose.ADD,
            network=network_of(request),
            at=timezone.now(),
            account=request.user,
            by=By(request),
        )
        request.session[CODE] = made.key

    if request.method == "POST" and carried_out(form, ask):
        return redirect("account_contact_confirm")
    return render(request, "people/contact_new.html", {"form": form}, status=422 if form.is_bound else 200)


@audience("account")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def contact_confirm(request: AccountRequest) -> HttpResponse:
    """Ask for the digits that came to the further contact, and add it; `again` sends others."""
    pending = pending_code(request, CODE)
    if pending is None or pending.account_id != request.user.pk or pending.ended_at:
        return redirect("account_contact_new")
    form, refusal = DigitsForm(), ""
    if request.method == "POST" and "channel" in request.POST:
        again = another(request, pending)
        if isinstance(again, Code):
            request.session[CODE] = again.key
            return redirect("account_contact_confirm")
        refusal = again
    elif request.method == "POST":
        form = DigitsForm(request.POST)

        def add() -> None:
            proven = codes.prove(pending, form.cleaned_data["digits"], at=timezone.now(), by=By(request))
            acts.add_contact(proven, at=timezone.now(), by=By(request))

        if carried_out(form, add):
            messages.success(request, _("Kontak ditambahkan. Anda dapat masuk dengannya."))
            return redirect("account_contacts")
    context = {"form": form, "refusal": refusal, **waiting_for(pending)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/contact_confirm.html", context, status=status)


def _page(request: AccountRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    lines = [(veiled(contact), row) for contact, row in contacts_of(request.user)]
    return render(request, "people/contacts.html", {"lines": lines, "refusal": refusal}, status=status)
