"""Services as a registrar lists and writes them; each change has its reason, and is published at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.queries import directory
from pendopo.audit.queries import decisions_about
from pendopo.catalogue.actions import fees as fee_acts
from pendopo.catalogue.actions import registering as acts
from pendopo.catalogue.forms.registering import (
    CHANNELS,
    NewServiceForm,
    OfferingForm,
    SieveForm,
    VariantForm,
    WordsForm,
)
from pendopo.catalogue.models import Offering, Service
from pendopo.catalogue.queries import registering as shown
from pendopo.catalogue.queries.coverage import outlets_for
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def services(request: Request, mall: str) -> HttpResponse:
    """Show the services that may be written, with what they lack."""
    wanted, cursor = _sieve(request), request.GET.get("cursor", "")
    page = shown.service_lines(request.mall, request.actor, wanted, todays_date(request), cursor=cursor)
    asked = {"q": wanted.words, "agency": wanted.agency, "state": wanted.state}
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "wanted": wanted,
        "agencies": directory.agencies_seen(request.mall, request.actor),
        "states": shown.states(),
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "can_add": request.actor.steers_any,
    }
    return answer(request, "catalogue/service_list.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    wanted, today = _sieve(request), todays_date(request)
    lines = shown.service_lines(request.mall, request.actor, wanted, today, size=shown.ALL).items
    heads = [
        _("Layanan"), _("Kode"), _("Instansi"), _("Keadaan"), _("Varian"), _("Tanpa biaya tercatat"), _("Antrean"),
    ]  # fmt: skip
    rows: list[list[Value]] = [
        [
            each.service.name, each.service.code, each.service.agency.name, each.state, each.variants, each.unpriced,
            _("ya") if each.has_queue else _("belum"),
        ]
        for each in lines
    ]  # fmt: skip
    return table_file(kind, f"{mall}-layanan", Sheet(_("Layanan"), heads, rows))


def _sieve(request: Request) -> shown.Filter:
    form = SieveForm(request.GET)
    if not form.is_valid() or form.cleaned_data["state"] not in {"", *(name for name, _label in shown.states())}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    said = form.cleaned_data
    return shown.Filter(said["q"], said["agency"], said["state"])


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def service_new(request: Request, mall: str) -> HttpResponse:
    """Ask for a new service; add, offer and publish it (POST)."""
    agencies = directory.agencies_steered(request.mall, request.actor)
    outlets = directory.outlets_of(request.mall)
    own = [each for each in outlets if each.agency_id is None or each.agency in agencies]
    form = NewServiceForm(agencies, own, request.POST if request.method == "POST" else None)
    made: list[Service] = []

    def act() -> None:
        said, at = form.cleaned_data, timezone.now()
        service = acts.open_service(
            said["agency"], form.words, form.case, outlet=said["outlet"], reason=said["reason"], by=request.actor, at=at
        )
        if said["amount"] is not None:
            fee_acts.set_fee(
                service.variants.get(), amount=said["amount"], basis=said["basis"], valid_from=todays_date(request),
                reason=said["reason"], by=request.actor, at=at,
            )  # fmt: skip
        made.append(service)

    if carried_out(form, act):
        messages.success(request, _("%(name)s sudah terbit.") % {"name": made[0].name})
        return redirect("catalogue:service_settings", mall, made[0].code)
    context = {"form": form, "can_add": bool(agencies)}
    return answer(request, "catalogue/service_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def service_settings(request: Request, mall: str, code: str) -> HttpResponse:
    """Show all that is kept of a service; write its words anew (POST)."""
    found = shown.service_of(request.mall, request.actor, code)
    if request.method != "POST":
        return page_of_service(request, found)
    form = WordsForm(request.POST)
    if carried_out(
        form,
        lambda: acts.change_service(
            found, form.words, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()
        ),
    ):
        messages.success(request, _("Perubahan tersimpan dan terbit."))
        return redirect("catalogue:service_settings", mall, code)
    return page_of_service(request, found, words=form)


@audience("overseer")
@require_POST
def offering(request: Request, mall: str, code: str) -> HttpResponse:
    """Decide whether and how a service is given at a place."""
    found = shown.service_of(request.mall, request.actor, code)
    form = OfferingForm(outlets_for(found), request.POST, auto_id="offering-%s")

    def act() -> None:
        said = form.cleaned_data
        acts.set_offering(
            found, said["outlet"], status=said["status"], channels=form.how, reason=said["reason"], by=request.actor,
            at=timezone.now(),
        )  # fmt: skip

    if carried_out(form, act):
        messages.success(request, _("Tempat layanan tersimpan dan terbit."))
        return redirect("catalogue:service_settings", mall, code)
    return page_of_service(request, found, offering=form)


@audience("overseer")
@require_POST
def ending(request: Request, mall: str, code: str) -> HttpResponse:
    """End a service."""
    found = shown.service_of(request.mall, request.actor, code)
    form = ReasonForm(request.POST, auto_id="ending-%s")
    if carried_out(
        form,
        lambda: acts.end_service(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("%(name)s diakhiri dan tidak tampil lagi untuk warga.") % {"name": found.name})
        return redirect("catalogue:service_settings", mall, code)
    return page_of_service(request, found, ending=form)


@audience("overseer")
@require_POST
def resumption(request: Request, mall: str, code: str) -> HttpResponse:
    """Take up an ended service again."""
    found = shown.service_of(request.mall, request.actor, code)
    form = ReasonForm(request.POST, auto_id="resumption-%s")
    if carried_out(
        form,
        lambda: acts.resume_service(found, reason=form.cleaned_data["reason"], by=request.actor, at=timezone.now()),
    ):
        messages.success(request, _("Layanan dibuka lagi. Tentukan di mana ia diberikan."))
        return redirect("catalogue:service_settings", mall, code)
    return page_of_service(request, found, resumption=form)


def page_of_service(
    request: Request,
    found: Service,
    *,
    words: WordsForm | None = None,
    offering: OfferingForm | None = None,
    variant: VariantForm | None = None,
    ending: ReasonForm | None = None,
    resumption: ReasonForm | None = None,
) -> HttpResponse:
    """Show all that is kept of a service, with the form that was refused, if one was."""
    places = shown.offerings(found)
    names = dict(CHANNELS)
    refused = [form for form in (words, offering, variant, ending, resumption) if form]
    context = {
        "service": found,
        "variants": shown.variants(found, todays_date(request)),
        "offerings": [(each, [names[name] for name in names if getattr(each, name)]) for each in places],
        "has_queue": shown.has_queue(found),
        "words_form": words or WordsForm(initial=WordsForm.told(found)),
        "offering_form": offering or OfferingForm(outlets_for(found), auto_id="offering-%s", initial=_given(places)),
        "variant_form": variant or VariantForm(auto_id="variant-%s"),
        "ending_form": ending or ReasonForm(auto_id="ending-%s"),
        "resumption_form": resumption or ReasonForm(auto_id="resumption-%s"),
        "can_decide": request.actor.steers(found.agency_id),
        "decisions": decisions_about(request.mall, f"service:{found.pk}"),
    }
    return answer(request, "catalogue/service_settings.html", context, status=422 if refused else 200)


def _given(places: list[Offering]) -> dict[str, object]:
    if not places:
        return {"channels": ["is_direct"]}
    first = places[0]
    ticked = [name for name, _label in CHANNELS if getattr(first, name)]
    return {"outlet": first.outlet_id, "status": first.status, "channels": ticked}
