"""Forwarded cases as the agency's back office works on them, and as managers watch them."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.queues.actions import cases as acts
from pendopo.queues.forms.cases import StepForm
from pendopo.queues.models import ForwardedCase
from pendopo.queues.queries import cases as shown


class Sieve(forms.Form):
    """By what the list is narrowed."""

    agency = forms.CharField(max_length=12, required=False)
    state = forms.CharField(max_length=4, required=False)


@audience("behind")
@require_safe
def cases(request: Request, mall: str) -> HttpResponse:
    """Show the cases of the own agency, of all for managers; the late ones first."""
    agency, state = _sieve(request)
    cursor, today = request.GET.get("cursor", ""), todays_date(request)
    page = shown.cases(request.mall, request.actor, today, agency=agency, state=state, cursor=cursor)
    asked = {"agency": agency, "state": state if state != shown.OPEN else ""}
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not cursor,
        "agency": agency,
        "state": state,
        "states": shown.states(),
        "agencies": shown.agencies_followed(request.mall, request.actor),
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    return answer(request, "queues/cases.html", context)


@audience("behind")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    agency, state = _sieve(request)
    today = todays_date(request)
    lines = shown.cases(request.mall, request.actor, today, agency=agency, state=state, size=shown.ALL).items
    heads = [
        _("Nomor antrean"), _("Layanan"), _("Instansi"), _("Nomor dari instansi"), _("Keadaan"), _("Diterima"),
        _("Dijanjikan"), _("Terlambat"),
    ]  # fmt: skip
    rows = [
        [
            each.case.ticket.number_text, str(each.case.variant), each.case.agency.name, each.case.agency_number,
            str(each.case.get_state_display()), dates.moment(each.case.opened_at, request.mall.timezone),
            dates.short_day(each.case.promised_on) if each.case.promised_on else "",
            _("ya") if each.is_late else _("tidak"),
        ]
        for each in lines
    ]  # fmt: skip
    return table_file(kind, f"{mall}-berkas", Sheet(_("Berkas diteruskan"), heads, rows))


@audience("behind")
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: Request, mall: str, case: int) -> HttpResponse:
    """Show what happened to a case; note its next step (POST)."""
    found = shown.case_of(request.mall, request.actor, case)
    form = StepForm(found.next_steps, request.POST if request.method == "POST" else None, initial=_initial(found))
    if carried_out(form, lambda: _take(request, found, form)):
        messages.success(request, _("Langkah tercatat. Warga melihatnya di halaman nomornya."))
        return redirect("queues:case", mall, found.pk)
    context = {
        "case": found,
        "steps": shown.steps(found),
        "is_late": shown.is_late(found, todays_date(request)),
        "form": form,
        "can_step": bool(found.next_steps) and request.actor.works_behind(found.agency_id),
    }
    return answer(request, "queues/case.html", context, status=422 if form.is_bound else 200)


def _take(request: Request, found: ForwardedCase, form: StepForm) -> ForwardedCase:
    said = form.cleaned_data
    return acts.take_step(
        found, said["kind"], reason=said["reason"], agency_number=said["agency_number"], by=request.actor,
        at=timezone.now(), phone=said["phone"], link=_page_of(request, found),
    )  # fmt: skip


def _page_of(request: Request, found: ForwardedCase) -> str:
    """Return the address of the citizen's own page."""
    return request.build_absolute_uri(reverse("queues:ticket", args=[request.mall.slug, found.ticket.key]))


def _initial(found: ForwardedCase) -> dict[str, object]:
    return {"agency_number": found.agency_number}


def _sieve(request: Request) -> tuple[str, str]:
    form = Sieve(request.GET)
    if not form.is_valid() or form.cleaned_data["state"] not in {"", *(name for name, _label in shown.states())}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return form.cleaned_data["agency"], form.cleaned_data["state"] or shown.OPEN
