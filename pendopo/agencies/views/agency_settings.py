"""The agencies of a mall and where each receives people: the list, one agency, the common desk, one outlet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.actions import places as acts
from pendopo.agencies.forms.places import AgencyForm, OutletForm, WeekForm
from pendopo.agencies.http import Request
from pendopo.agencies.models import Agency, Outlet
from pendopo.agencies.queries import places as shown
from pendopo.agencies.queries.directory import agency_of
from pendopo.audit.queries import decisions
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.forms import ReasonForm, carried_out
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.tenancy.models import Site

DECISIONS = ("agency.added", "agency.changed", "outlet.added", "outlet.changed", "outlet.ended", "hours.set")


@audience("manager")
@require_safe
def agencies(request: Request, mall: str) -> HttpResponse:
    """Show the agencies, a page at a time."""
    words, cursor = _words(request), request.GET.get("cursor", "")
    page = shown.agencies(request.mall, words, cursor)
    context = {
        "lines": page.items,
        "words": words,
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
        "can_decide": request.actor.manages,
    }
    return answer(request, "agencies/agency_list.html", context)


@audience("manager")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [_("Instansi"), _("Nama singkat"), _("Kode"), _("Induk"), _("Tempat"), _("Loket")]
    page = shown.agencies(request.mall, _words(request), size=shown.ALL)
    rows: list[list[Value]] = [
        [
            line.agency.name, line.agency.short_name, line.agency.code,
            line.agency.parent.name if line.agency.parent else "", ", ".join(line.sites), line.counters,
        ]
        for line in page.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-agencies", Sheet(_("Instansi"), heads, rows))


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager add an agency."""
    form = AgencyForm(request.mall, request.POST if request.method == "POST" else None)
    made: list[Agency] = []
    if carried_out(
        form,
        lambda: made.append(acts.add_agency(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())),
    ):
        messages.success(
            request, _("%(name)s terdaftar. Pilih sekarang di mana instansi ini menerima orang.") % {"name": made[0]}
        )
        return redirect("agencies:agency_settings", mall, made[0].code)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "agencies/agency_new.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request: Request, mall: str, agency: str) -> HttpResponse:
    """Show one agency with its outlets, and let the manager change its names and parent."""
    found = agency_of(request.mall, agency)
    form = AgencyForm(request.mall, request.POST if request.method == "POST" else None, agency=found)
    if carried_out(form, lambda: acts.change_agency(found, **form.cleaned_data, by=request.actor, at=timezone.now())):
        messages.success(request, _("Perubahan tersimpan."))
        return redirect("agencies:agency_settings", mall, agency)
    return _page(request, found, form=form)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def outlets(request: Request, mall: str, agency: str = "") -> HttpResponse:
    """Let an agency (none: the common desk) receive people at one more site (POST); show where it does."""
    found = agency_of(request.mall, agency) if agency else None
    if request.method != "POST":
        return _page(request, found)
    form = OutletForm(_free_sites(request, found), request.POST)
    made: list[Outlet] = []
    if carried_out(
        form,
        lambda: made.append(
            acts.open_outlet(
                request.mall, form.cleaned_data["site"], agency=found, reason=form.cleaned_data["reason"],
                by=request.actor, at=timezone.now(),
            )
        ),
    ):  # fmt: skip
        messages.success(request, _("Gerai dibuka. Periksa jam bukanya, lalu tambahkan loket."))
        return redirect("agencies:outlet", mall, made[0].pk)
    return _page(request, found, outlet_form=form)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def outlet(request: Request, mall: str, outlet: int) -> HttpResponse:
    """Show one outlet with its week, and let the manager change it."""
    found = shown.outlet(request.mall, outlet)
    form = WeekForm(found, request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: acts.change_outlet(
            found, observes_holidays=form.cleaned_data["rests"], week=form.week, reason=form.cleaned_data["reason"],
            by=request.actor, at=timezone.now(),
        ),
    ):  # fmt: skip
        messages.success(request, _("Jam buka tersimpan dan berlaku mulai sekarang."))
        return redirect("agencies:outlet", mall, outlet)
    context = {
        "outlet": found,
        "name": shown.outlet_name(found),
        "form": form,
        "week": [(weekday_name(day.weekday), day) for day in found.hours.order_by("weekday")],
        "counters": found.counters.standing().select_related("zone").order_by("number"),
        "can_decide": request.actor.manages and found.ended_at is None,
        "decisions": decisions(request.mall, DECISIONS, subject=f"outlet:{found.pk}"),
    }
    return answer(request, "agencies/outlet.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def outlet_ending(request: Request, mall: str, outlet: int) -> HttpResponse:
    """Say what ends with an outlet, and end it once that was confirmed."""
    found, at = shown.outlet(request.mall, outlet), timezone.now()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: acts.end_outlet(found, reason=form.cleaned_data["reason"], by=request.actor, at=at)):
        messages.success(request, _("Gerai ditutup."))
        if found.agency:
            return redirect("agencies:agency_settings", mall, found.agency.code)
        return redirect("agencies:common_desk", mall)
    context = {
        "outlet": found,
        "name": shown.outlet_name(found),
        "consequences": shown.what_ends(found, at) if found.ended_at is None else [],
        "form": form,
        "can_decide": request.actor.manages and found.ended_at is None,
    }
    return answer(request, "agencies/outlet_ending.html", context, status=422 if form.is_bound else 200)


def _page(
    request: Request, found: Agency | None, *, form: AgencyForm | None = None, outlet_form: OutletForm | None = None
) -> HttpResponse:
    free = _free_sites(request, found)
    context = {
        "agency": found,
        "outlets": shown.outlets(request.mall).filter(agency=found),
        "form": form or (AgencyForm(request.mall, agency=found) if found else None),
        "outlet_form": outlet_form or (OutletForm(free) if free else None),
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS, subject=f"agency:{found.pk}" if found else ""),
    }
    refused = outlet_form is not None or (form is not None and form.is_bound)
    return answer(request, "agencies/agency_settings.html", context, status=422 if refused else 200)


def _free_sites(request: Request, agency: Agency | None) -> list[Site]:
    taken = set(shown.outlets(request.mall).filter(agency=agency).values_list("site", flat=True))
    return [site for site in shown.sites(request.mall) if site.pk not in taken]


def _words(request: Request) -> str:
    return request.GET.get("q", "").strip()[:100]
