"""Agencies that want to join: the list as page and file, and how far the talks are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import joining as acts
from pendopo.agencies.forms.joining import MoveForm, ProspectForm
from pendopo.agencies.http import Request
from pendopo.agencies.models import Prospect
from pendopo.agencies.queries import joining as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def prospects(request: Request, mall: str) -> HttpResponse:
    """Show who wants to join, and let the manager note one more."""
    form = ProspectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = acts.note_interest(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s tercatat sebagai peminat.") % {"name": made.name})
            return redirect("agencies:prospects", mall)
    return _page(request, form)


@audience("oversight")
@require_POST
def move(request: Request, mall: str) -> HttpResponse:
    """Say how far the talks with one of them are."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    told = form.cleaned_data
    found = Prospect.objects.filter(mall=request.mall, pk=told["prospect"]).first()
    if found is None:
        raise NotUnderstood(_("Peminat ini tidak ada."))
    try:
        moved = acts.move_prospect(
            found, state=told["state"], reason=told["reason"], by=request.actor, at=timezone.now()
        )
    except RuleViolation as refusal:
        return _page(request, ProspectForm(), problem=str(refusal))
    told_so = _("%(name)s: %(state)s.") % {"name": moved.name, "state": moved.get_state_display()}
    messages.success(request, told_so)
    return redirect("agencies:prospects", mall)


@audience("oversight")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [
        _("Nama instansi"),
        _("Keadaan"),
        _("Berminat sejak"),
        _("Kantor penghubung"),
        _("Layanan yang akan dibawa"),
    ]
    rows = [
        [
            each.name,
            "; ".join(filter(None, [each.get_state_display(), each.reason])),
            dates.short_day(each.since),
            each.contact_office,
            each.wanted_services,
        ]
        for each in shown.prospects(request.mall, state=_state(request), size=shown.ALL).items
    ]
    return table_file(kind, f"{request.mall.slug}-prospects", Sheet(_("Peminat"), heads, rows))


def _state(request: Request) -> str:
    state = request.GET.get("state", "")
    if state not in {"", *Prospect.State.values}:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return state


def _page(request: Request, form: ProspectForm, *, problem: str = "") -> HttpResponse:
    state, cursor = _state(request), request.GET.get("cursor", "")
    page = shown.prospects(request.mall, state=state, cursor=cursor)
    context = {
        "form": form,
        "lines": [
            (each, MoveForm(auto_id=f"p{each.pk}-%s", initial={"prospect": each.pk, "state": each.state}))
            for each in page.items
        ],
        "next": page.next,
        "is_first": not cursor,
        "state": state,
        "states": Prospect.State.choices,
        "query": f"state={state}" if state else "",
        "problem": problem,
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/prospects.html", context, status=422 if problem or form.is_bound else 200)
