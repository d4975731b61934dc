"""What a mall knows of whoever is signed in, given and changed by themselves."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pendopo.kernel.forms import carried_out, understood
from pendopo.kernel.http import audience
from pendopo.people.actions import introducing, limits, representing
from pendopo.people.errors import NumberTaken, TooOften
from pendopo.people.forms import entering
from pendopo.people.forms.me import TOLD, NumberForm, PowerForm, ReachForm
from pendopo.people.http import AccountRequest, By, signed_in
from pendopo.people.models import Person, veiled
from pendopo.people.numbers import masked
from pendopo.people.queries import representing as powers
from pendopo.people.queries.accounts import proven_contacts
from pendopo.tenancy.models import Mall

# Each number that is refused as taken tells that this mall knows it: nobody may try many.
NUMBERS_A_DAY = 10


class MallRequest(AccountRequest):
    """A signed-in request in a mall."""

    mall: Mall


@audience("account")
@never_cache
@require_safe
@signed_in
def me(request: MallRequest, mall: str) -> HttpResponse:
    """Show what the mall knows of whoever asks."""
    return _page(request)


@audience("account")
@require_POST
@signed_in
def name(request: MallRequest, mall: str) -> HttpResponse:
    """Tell the mall one's name."""
    form = entering.NameForm(request.POST)

    def tell() -> None:
        introducing.introduce(
            request.mall, request.user, name=form.cleaned_data["name"], at=timezone.now(), by=By(request)
        )

    if carried_out(form, tell):
        messages.success(request, _("Nama Anda tersimpan."))
        return redirect("people:me", mall)
    return _page(request, name=form)


@audience("account")
@require_POST
@signed_in
def number(request: MallRequest, mall: str) -> HttpResponse:
    """Tell the mall one's NIK or KK."""
    form, at = NumberForm(request.POST), timezone.now()
    if not form.is_valid():
        return _page(request, number=form)
    told = form.cleaned_data
    person = _person(request)
    # Refusals are told on the next page: an answer of 4xx would undo the count.
    try:
        limits.spend("number", f"{mall}:{request.user.pk}", most=NUMBERS_A_DAY, within=timedelta(days=1), at=at)
        noted = introducing.tell_number(person, told["kind"], told["value"], at=at, by=By(request))
    except TooOften as refusal:
        messages.error(request, str(refusal))
    except NumberTaken:
        messages.error(request, _("Nomor ini tidak dapat dicatat dari sini. Bawa kartunya ke meja informasi."))
    else:
        messages.success(request, _("Nomor Anda tersimpan."))
        for warning in noted.warnings:
            messages.warning(request, warning)
    return redirect("people:me", mall)


@audience("account")
@require_POST
@signed_in
def reach(request: MallRequest, mall: str) -> HttpResponse:
    """Choose by which contacts the mall may reach one."""
    form = _reach_form(request, request.POST)

    def choose() -> None:
        own = proven_contacts(request.user)
        chosen = [own[place] for place in form.cleaned_data["contacts"]]
        introducing.be_reached(_person(request), chosen, at=timezone.now(), by=By(request))

    if carried_out(form, choose):
        messages.success(request, _("Pilihan Anda tersimpan."))
        return redirect("people:me", mall)
    return _page(request, reach=form)


@audience("account")
@require_POST
@signed_in
def power(request: MallRequest, mall: str) -> HttpResponse:
    """Let somebody act for one."""
    form = PowerForm(request.POST)

    def give() -> None:
        told = form.cleaned_data
        representing.give_power(
            _person(request), told["code"], ends_on=told["ends_on"], at=timezone.now(), by=By(request)
        )

    if carried_out(form, give):
        messages.success(request, _("Wakil Anda tercatat."))
        return redirect("people:me", mall)
    return _page(request, power=form)


@audience("account")
@require_POST
@signed_in
def power_end(request: MallRequest, mall: str) -> HttpResponse:
    """End a power that one gave or holds."""
    form = understood(entering.NumberForm(request.POST))

    def end() -> None:
        representing.end_power(_person(request), form.cleaned_data["number"], at=timezone.now(), by=By(request))

    if carried_out(form, end):
        messages.success(request, _("Kuasa itu sudah berakhir."))
        return redirect("people:me", mall)
    return _page(request, refusal=form)


def _person(request: MallRequest) -> Person:
    """Return the mall's record of whoever asks; their account's name begins it."""
    found = Person.objects.filter(mall=request.mall, account=request.user).first()
    if found is not None:
        return found
    return introducing.introduce(request.mall, request.user, name=request.user.name, at=timezone.now(), by=By(request))


def _reach_form(request: MallRequest, data: object = None, person: Person | None = None) -> ReachForm:
    own = proven_contacts(request.user)
    known = {each.value for each in person.contacts.filter(removed_at=None)} if person else set()
    chosen = [place for place, contact in enumerate(own) if contact in known]
    return ReachForm(data, lines=[veiled(contact) for contact in own], initial={"contacts": chosen})


def _page(
    request: MallRequest,
    *,
    name: forms.Form | None = None,
    number: forms.Form | None = None,
    reach: forms.Form | None = None,
    power: forms.Form | None = None,
    refusal: forms.Form | None = None,
) -> HttpResponse:
    is_refused = any((name, number, reach, power, refusal))
    person = Person.objects.filter(mall=request.mall, account=request.user).first()
    today = request.mall.local(timezone.now()).date()
    numbers = list(person.identifiers.order_by("kind", "pk")) if person else []
    context = {
        "person": person,
        "account": request.user,
        "numbers": [(each.get_kind_display(), masked(each.value)) for each in numbers],
        "told": [kind.label for kind in TOLD],
        "name_form": name or entering.NameForm(initial={"name": person.name if person else request.user.name}),
        "number_form": number or NumberForm(),
        "reach_form": reach or _reach_form(request, person=person),
        "power_form": power or PowerForm(initial={"ends_on": today + timedelta(days=30)}),
        "refusal": " ".join(str(error) for error in refusal.non_field_errors()) if refusal else "",
        "pass": powers.pass_of(person) if person else "",
        "given": powers.given_by(person, today=today) if person else [],
        "held": powers.held_by(person, today=today) if person else [],
        "open": next((key for key, form in (("name", name), ("number", number), ("power", power)) if form), ""),
    }
    return render(request, "people/me.html", context, status=422 if is_refused else 200)
