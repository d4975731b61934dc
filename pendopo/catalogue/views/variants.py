"""One case of a service: its words, its fees with their past and future, and its end."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.http import Request, todays_date
from pendopo.audit.queries import decisions_about
from pendopo.catalogue.actions import fees as fee_acts
from pendopo.catalogue.actions import variants as acts
from pendopo.catalogue.forms.registering import FeeForm, VariantForm
from pendopo.catalogue.models import Fee, Variant
from pendopo.catalogue.queries import registering as shown
from pendopo.catalogue.views.registering import page_of_service
from pendopo.kernel.errors import NotFound
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.money import Money


@audience("overseer")
@require_POST
def variant_new(request: Request, mall: str, code: str) -> HttpResponse:
    """Add a case to a service."""
    found = shown.service_of(request.mall, request.actor, code)
    form = VariantForm(request.POST, auto_id="variant-%s")
    if carried_out(form, lambda: acts.add_variant(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Varian %(name)s sudah terbit.") % {"name": form.cleaned_data["name"]})
        return redirect("catalogue:service_settings", mall, code)
    return page_of_service(request, found, variant=form)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def variant_settings(request: Request, mall: str, code: str) -> HttpResponse:
    """Show a case with its fees; write it anew (POST)."""
    found = shown.variant_of(request.mall, request.actor, code)
    if request.method != "POST":
        return _page(request, found)
    form = VariantForm(request.POST)
    if carried_out(form, lambda: acts.change_variant(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Perubahan tersimpan dan terbit."))
        return redirect("catalogue:variant_settings", mall, code)
    return _page(request, found, words=form)


@audience("overseer")
@require_POST
def ending(request: Request, mall: str, code: str) -> HttpResponse:
    """End a case."""
    found = shown.variant_of(request.mall, request.actor, code)
    form = ReasonForm(request.POST, auto_id="ending-%s")
    if carried_out(form, lambda: acts.end_variant(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Varian diakhiri dan tidak tampil lagi untuk warga."))
        return redirect("catalogue:service_settings", mall, found.service.code)
    return _page(request, found, ending=form)


@audience("overseer")
@require_POST
def resumption(request: Request, mall: str, code: str) -> HttpResponse:
    """Take up an ended case again."""
    found = shown.variant_of(request.mall, request.actor, code)
    form = ReasonForm(request.POST, auto_id="resumption-%s")
    if carried_out(form, lambda: acts.resume_variant(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Varian dibuka lagi dan terbit."))
        return redirect("catalogue:variant_settings", mall, code)
    return _page(request, found, resumption=form)


@audience("overseer")
@require_POST
def fee_new(request: Request, mall: str, code: str) -> HttpResponse:
    """Set what a case costs from a day on."""
    found = shown.variant_of(request.mall, request.actor, code)
    form = FeeForm(request.POST, auto_id="fee-%s")
    if carried_out(form, lambda: fee_acts.set_fee(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Biaya tersimpan dan terbit."))
        return redirect("catalogue:variant_settings", mall, code)
    return _page(request, found, fee=form)


@audience("overseer")
@require_POST
def fee_withdrawal(request: Request, mall: str, fee: int) -> HttpResponse:
    """Take back a fee that was written by mistake."""
    known = Fee.objects.filter(mall=request.mall, pk=fee).select_related("variant__service__mall").first()
    if known is None:
        raise NotFound(_("Biaya ini tidak ada."))
    found = shown.variant_of(request.mall, request.actor, known.variant.code)
    form = ReasonForm(request.POST, auto_id=f"withdrawal-{known.pk}-%s")
    if carried_out(
        form, lambda: fee_acts.withdraw_fee(known, **form.cleaned_data, by=request.actor, at=timezone.now())
    ):
        messages.success(request, _("Biaya ditarik; yang sebelumnya berlaku lagi."))
        return redirect("catalogue:variant_settings", mall, found.code)
    return _page(request, found, withdrawal=(known.pk, form))


def _page(
    request: Request,
    found: Variant,
    *,
    words: VariantForm | None = None,
    fee: FeeForm | None = None,
    ending: ReasonForm | None = None,
    resumption: ReasonForm | None = None,
    withdrawal: tuple[int, ReasonForm] | None = None,
) -> HttpResponse:
    today = todays_date(request)
    told = {"name": found.name, "requirements": found.requirements, "duration": found.duration}
    refused = words or fee or ending or resumption or withdrawal
    context = {
        "variant": found,
        "service": found.service,
        "fees": [_fee(request, each, withdrawal, today=today) for each in shown.fees(found)],
        "words_form": words or VariantForm(initial=told),
        "fee_form": fee or FeeForm(auto_id="fee-%s", initial={"valid_from": today}),
        "ending_form": ending or ReasonForm(auto_id="ending-%s"),
        "resumption_form": resumption or ReasonForm(auto_id="resumption-%s"),
        "can_decide": request.actor.steers(found.service.agency_id),
        "decisions": decisions_about(request.mall, f"variant:{found.pk}"),
    }
    return answer(request, "catalogue/variant_settings.html", context, status=422 if refused else 200)


def _fee(request: Request, fee: Fee, withdrawal: tuple[int, ReasonForm] | None, *, today: date) -> dict[str, object]:
    form = withdrawal[1] if withdrawal and withdrawal[0] == fee.pk else ReasonForm(auto_id=f"withdrawal-{fee.pk}-%s")
    if fee.withdrawn_at:
        state, mark = _("Ditarik"), "bad"
    elif fee.valid_from > today:
        state, mark = _("Akan berlaku"), "info"
    elif fee.valid_to is None or fee.valid_to >= today:
        state, mark = _("Berlaku"), "good"
    else:
        state, mark = _("Dahulu"), ""
    return {
        "row": fee, "text": str(Money(fee.amount)), "state": state, "mark": mark, "form": form,
        "can_withdraw": fee.can_be_withdrawn(request.mall, timezone.now()),
    }  # fmt: skip
