"""What sites hold, and agencies that move."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import capacity as acts
from pendopo.agencies.forms.fields import DayForm
from pendopo.agencies.forms.joining import CapacityForm, RelocationForm
from pendopo.agencies.forms.places import MovingForm
from pendopo.agencies.http import Request
from pendopo.agencies.models import Relocation
from pendopo.agencies.queries import capacity as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: Request, mall: str) -> HttpResponse:
    """Show what sites hold and who moves; plan a move (POST)."""
    rooms = shown.rooms(request.mall)
    form = RelocationForm(request.mall, [r.site for r in rooms], request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            acts.plan_relocation(told.pop("agency"), **told, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kepindahan tersimpan dalam rencana."))
            return redirect("agencies:capacity", mall)
    return _page(request, rooms, form)


@audience("oversight")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give what sites hold, as the page shows it, as CSV or XLSX."""
    heads = [
        _("Tempat"), _("Loket"), _("Daya tampung loket"), _("Akan datang"), _("Masih kosong"), _("Kursi tunggu"),
        _("Parkir mobil"), _("Parkir motor"), _("Keadaan"),
    ]  # fmt: skip
    rows = [[room.site.name, room.placed, *_held(room)] for room in shown.rooms(request.mall)]
    return table_file(kind, f"{mall}-capacity", Sheet(_("Daya tampung"), heads, rows))


def _held(room: shown.Room) -> list[Value]:
    held = room.capacity
    if held is None:
        return [None, room.coming, None, None, None, None, _("Belum dicatat")]
    numbers = [held.counters, room.coming, room.free, held.seats, held.parking_cars, held.parking_motorcycles]
    return [*numbers, _("Tidak muat") if room.is_over else _("Muat")]


@audience("oversight")
@require_safe
def moves_sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the moves, as the page shows them, as CSV or XLSX."""
    heads = [_("Instansi"), _("Dari"), _("Ke"), _("Loket"), _("Alasan"), _("Keadaan"), _("Loket yang ikut pindah")]
    rows: list[list[Value]] = [
        [
            each.agency.name, each.from_place, each.to_site.name, each.counters, each.reason,
            _("Selesai %(day)s") % {"day": dates.short_day(each.done_on)}
            if each.done_on
            else dates.short_day(each.planned_on),
            len(each.moving.all()),
        ]
        for each in shown.relocations(request.mall)
    ]  # fmt: skip
    return table_file(kind, f"{mall}-relocations", Sheet(_("Kepindahan"), heads, rows))


@audience("oversight")
@require_POST
def site(request: Request, mall: str, site: int) -> HttpResponse:
    """Write down how much a site holds."""
    rooms = shown.rooms(request.mall)
    found = next((room.site for room in rooms if room.site.pk == site), None)
    if found is None:
        raise NotFound(_("Tempat ini tidak ada."))
    form = CapacityForm(request.POST, auto_id=f"site-{site}-%s")
    if form.is_valid():
        try:
            acts.set_capacity(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Daya tampung %(site)s tersimpan.") % {"site": found.name})
            return redirect("agencies:capacity", mall)
    return _page(request, rooms, None, sent=(site, form))


@audience("oversight")
@require_POST
def moved(request: Request, mall: str, relocation: int) -> HttpResponse:
    """Record that an agency has moved."""
    found = _relocation(request, relocation)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            acts.finish_relocation(found, on=form.cleaned_data["on"], by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kepindahan selesai."))
            return redirect("agencies:capacity", mall)
    problem = "; ".join(str(error) for errors in form.errors.values() for error in errors)
    return _page(request, shown.rooms(request.mall), None, problem=problem)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def counters(request: Request, mall: str, relocation: int) -> HttpResponse:
    """Show which counters move with an agency, and let the manager say so."""
    found = _relocation(request, relocation)
    start = {f"zone_{each.counter_id}": each.zone_id for each in found.moving.all()}
    start |= {f"number_{each.counter_id}": each.number for each in found.moving.all()}
    standing = shown.counters_of(found)
    sent = request.POST if request.method == "POST" else None
    form = MovingForm(standing, shown.zones_at(found.to_site), sent, initial=start)
    if carried_out(
        form,
        lambda: acts.plan_counters(
            found, [acts.Moving(*each) for each in form.chosen], reason=form.cleaned_data["reason"], by=request.actor,
            at=timezone.now(),
        ),
    ):  # fmt: skip
        messages.success(request, _("Loket yang pindah tersimpan."))
        return redirect("agencies:capacity", mall)
    context = {
        "relocation": found,
        "standing": standing,
        "form": form,
        "can_decide": request.actor.manages and found.done_on is None,
    }
    return answer(request, "agencies/relocation_counters.html", context, status=422 if form.is_bound else 200)


def _relocation(request: Request, number: int) -> Relocation:
    rows = Relocation.objects.filter(mall=request.mall).select_related("agency", "to_site", "mall")
    found = rows.filter(pk=number).first() if number <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Kepindahan ini tidak ada."))
    return found


def _page(
    request: Request,
    rooms: list[shown.Room],
    form: RelocationForm | None,
    *,
    sent: tuple[int, CapacityForm] | None = None,
    problem: str = "",
) -> HttpResponse:
    form = form or RelocationForm(request.mall, [room.site for room in rooms])
    context = {
        "lines": [(room, sent[1] if sent and sent[0] == room.site.pk else _capacity_form(room)) for room in rooms],
        "moves": [(each, DayForm(auto_id=f"move-{each.pk}-%s")) for each in shown.relocations(request.mall)],
        "form": form,
        "problem": problem,
        "can_decide": request.actor.manages,
    }
    refused = form.is_bound or sent is not None or problem
    return answer(request, "agencies/capacity.html", context, status=422 if refused else 200)


def _capacity_form(room: shown.Room) -> CapacityForm:
    known = room.capacity
    names = ("counters", "seats", "parking_cars", "parking_motorcycles")
    initial = {name: getattr(known, name) for name in names} if known else {}
    return CapacityForm(auto_id=f"site-{room.site.pk}-%s", initial=initial)
