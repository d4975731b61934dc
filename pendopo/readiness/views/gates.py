"""One gate with every value it ever had; the versions of all gates; and who is responsible for what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.figures import figure
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file
from pendopo.readiness.actions import gates as acts
from pendopo.readiness.forms.gates import CorrectionForm, GateForms, ValueForm, VersionForm, gates_told
from pendopo.readiness.forms.owners import ChargeForm, owner_of
from pendopo.readiness.models import GATE, Charge, Gate, Unit
from pendopo.readiness.models import Value as Reported
from pendopo.readiness.queries import history
from pendopo.readiness.queries.drawing import chart
from pendopo.readiness.queries.rules import rules
from pendopo.readiness.queries.standing import gate_line, last_values


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: Request, mall: str, gate: str) -> HttpResponse:
    """Show a gate and its values; note one more (POST)."""
    found = history.gate_of(request.mall, gate)
    if request.method != "POST":
        return _page(request, found)
    form = ValueForm(request.POST)
    if form.is_valid():
        try:
            acts.note_value(request.mall, found.code, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Angka tersimpan. Angka sebelumnya tetap ada dalam riwayat."))
            return redirect("readiness:gate", mall, gate)
    return _page(request, found, form=form)


@audience("oversight")
@require_POST
def correction(request: Request, mall: str, gate: str) -> HttpResponse:
    """Put another value in the place of a wrong one."""
    found = history.gate_of(request.mall, gate)
    form = CorrectionForm(request.POST, choices=_correctable(request, found))
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            wrong = history.value_of(request.mall, found.code, told.pop("corrects"))
            acts.note_value(request.mall, found.code, **told, corrects=wrong, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Koreksi tersimpan. Angka yang lama tetap terbaca dalam riwayat."))
            return redirect("readiness:gate", mall, gate)
    return _page(request, found, correction=form)


@audience("oversight")
@require_safe
def values(request: Request, mall: str, gate: str, kind: str) -> HttpResponse:
    """Give every value of a gate as CSV or XLSX."""
    found = history.gate_of(request.mall, gate)
    heads = [
        _("Tanggal"), _("Angka"), _("Ketepatan"), _("Dari berapa"), _("Sumber"), _("Klaim"), _("Keterangan"),
        _("Dikoreksi"), _("Alasan koreksi"), _("Dicatat oleh"),
    ]  # fmt: skip
    rows = [
        [
            dates.short_day(each.as_of), figure(each.value), each.get_exactness_display(), each.out_of, each.source,
            _("ya") if each.is_claim else "", each.note, _("ya") if _is_corrected(each) else "", each.reason,
            each.account.name if each.account else "",
        ]
        for each in history.values(request.mall, found.code, size=history.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-{found.code}", Sheet(found.name, heads, rows))


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: Request, mall: str) -> HttpResponse:
    """Show the versions of the gates; set the next (POST)."""
    every = history.versions(request.mall)
    now = [_as_told(each) for each in sorted(every[0].gates.all(), key=lambda gate: gate.position)] if every else []
    initial = now or [_as_told(each) for each in rules().gates]
    sent = request.POST if request.method == "POST" else None
    form, gate_forms = VersionForm(sent, initial={"valid_from": todays_date(request)}), GateForms(sent, initial=initial)
    if sent is not None and form.is_valid() and gate_forms.is_valid():
        try:
            made = acts.set_gates(
                request.mall, gates_told(gate_forms), **form.cleaned_data, by=request.actor, at=timezone.now()
            )
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Gerbang versi %(number)d ditetapkan.") % {"number": made.number})
            return redirect("readiness:ready", mall)
    context = {
        "versions": every,
        "form": form,
        "gate_forms": gate_forms,
        "gate_problems": gate_forms.non_form_errors() if sent is not None else [],
        "can_decide": request.actor.manages,
        "is_sent": sent is not None,
    }
    return answer(request, "readiness/versions.html", context, status=200 if sent is None else 422)


@audience("oversight")
@require_POST
def charge(request: Request, mall: str) -> HttpResponse:
    """Say who is responsible for a gate or criterion."""
    form = ChargeForm(request.mall, request.POST)
    if not form.is_valid():
        raise NotUnderstood(" ".join(str(error) for errors in form.errors.values() for error in errors))
    told = dict(form.cleaned_data)
    item = told.pop("item")
    made = acts.put_in_charge(request.mall, item, **told, by=request.actor, at=timezone.now())
    messages.success(request, _("Penanggung jawab: %(owner)s.") % {"owner": made})
    kind, _colon, code = item.partition(":")
    return redirect("readiness:gate" if f"{kind}:" == GATE else "readiness:criterion", mall, code)


def charge_form(request: Request, item: str, held: Charge | None) -> ChargeForm:
    """Give the form by which somebody is put in charge, as things stand."""
    initial = owner_of(held) | {"item": item, "due_on": held.due_on if held else None}
    return ChargeForm(request.mall, initial=initial, at="charge")


def _page(
    request: Request, found: Gate, *, form: ValueForm | None = None, correction: CorrectionForm | None = None
) -> HttpResponse:
    page = history.values(request.mall, found.code, cursor=request.GET.get("cursor", ""))
    item = GATE + found.code
    choices = _correctable(request, found)
    held = Charge.objects.filter(mall=request.mall, item=item).select_related("agency").first()
    line = gate_line(found, last_values(request.mall, timezone.now()).get(found.code), {item: held} if held else {})
    context = {
        "gate": found,
        "unit": Unit(found.unit).label,
        "threshold": found.threshold_text,
        "line": line,
        "values": [(each, figure(each.value), _is_corrected(each)) for each in page.items],
        "chart": chart(found, history.drawn_values(request.mall, found.code)),
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "form": form or ValueForm(),
        "correction": correction or CorrectionForm(choices=choices),
        "is_correctable": bool(choices),
        "charge_form": charge_form(request, item, held),
        "can_decide": request.actor.manages,
    }
    refused = form is not None or correction is not None
    return answer(request, "readiness/gate.html", context, status=422 if refused else 200)


def _correctable(request: Request, found: Gate) -> list[tuple[int, str]]:
    """Return the last values that nobody has corrected yet, as a list to choose from."""
    return [
        (each.pk, f"{dates.short_day(each.as_of)}: {figure(each.value)} ({each.source[:60]})")
        for each in history.values(request.mall, found.code).items
        if not _is_corrected(each)
    ]


def _is_corrected(value: Reported) -> bool:
    return hasattr(value, "correction")


def _as_told(each: object) -> dict[str, object]:
    names = ("code", "name", "unit", "threshold", "source", "source_on", "note")
    return {name: getattr(each, name) for name in names}
