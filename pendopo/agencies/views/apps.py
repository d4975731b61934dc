"""The register of apps: the list as page and file, one app, its retirement, and what it does twice."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import apps as acts
from pendopo.agencies.forms.apps import AppForm, OverlapForm, RetireForm
from pendopo.agencies.http import Request, todays_date
from pendopo.agencies.models import Agency, App
from pendopo.agencies.queries import apps as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience, query_of
from pendopo.kernel.sheets import Sheet, Value, table_file


@audience("overseer")
@require_safe
def apps(request: Request, mall: str) -> HttpResponse:
    """Show the register: from how many apps to how many, what is late, what is done twice, and the list."""
    wanted, day, cursor = _wanted(request), todays_date(request), request.GET.get("cursor", "")
    page = shown.apps(request.mall, request.actor, day, wanted, cursor=cursor)
    context = {
        "lines": [(each, each.state_text(day), each.is_overdue(day)) for each in page.items],
        "counts": shown.counts(request.mall, request.actor, day),
        "judged": shown.judged(request.mall, request.actor),
        "proposed": shown.proposed(request.mall, request.actor),
        "agencies": _agencies(request),
        "states": shown.states(),
        "wanted": wanted,
        "query": query_of(request),
        "next": page.next,
        "is_first": not cursor,
        "can_write": request.actor.steers_any,
    }
    return answer(request, "agencies/apps.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the same list, whole, as CSV or XLSX."""
    heads = [
        _("Aplikasi"), _("Instansi"), _("Pemilik"), _("Untuk apa"), _("Keadaan"), _("Pengguna"), _("Menurut"),
        _("Dihitung"), _("Tautan"), _("Cara masuk"), _("Berbagi data dengan"), _("Dipensiunkan paling lambat"),
        _("Digantikan oleh"), _("Dipensiunkan"),
    ]  # fmt: skip
    day = todays_date(request)
    found = shown.apps(request.mall, request.actor, day, _wanted(request), size=shown.ALL)
    rows: list[list[Value]] = [
        [
            each.name, each.agency.short_name, each.owner, each.purpose, each.state_text(day), each.users,
            each.users_told_by, dates.short_day(each.users_told_on) if each.users_told_on else "", each.link,
            each.sign_in_with or each.get_sign_in_display(), each.shares_data_with,
            dates.short_day(each.retire_by) if each.retire_by else "",
            each.replaced_by.name if each.replaced_by else "",
            dates.short_day(each.retired_on) if each.retired_on else "",
        ]
        for each in found.items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-apps", Sheet(_("Aplikasi"), heads, rows))


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let an agency's admin write an app of the own agency, and the manager one of any."""
    own = None if request.actor.manages else Agency.objects.filter(pk__in=request.actor.overseen or ()).first()
    sent = request.POST if request.method == "POST" else None
    form = AppForm(request.mall, sent, chooses_agency=own is None)
    if form.is_valid():
        agency = own or form.cleaned_data["agency"]
        try:
            made = acts.register_app(agency, form.facts, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s tercatat.") % {"name": made.name})
            return redirect("agencies:app", mall, made.pk)
    context = {"form": form, "agency": own, "can_write": request.actor.steers_any}
    return answer(request, "agencies/app_new.html", context, status=422 if form.is_bound else 200)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def app(request: Request, mall: str, app: int) -> HttpResponse:
    """Show one app, and let whoever keeps it tell it anew."""
    found = shown.app(request.mall, request.actor, app)
    if request.method != "POST":
        return _page(request, found)
    form = AppForm(request.mall, request.POST, app=found)
    if form.is_valid():
        try:
            acts.change_app(found, form.facts, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Perubahan tersimpan."))
            return redirect("agencies:app", mall, app)
    return _page(request, found, form=form)


@audience("overseer")
@require_POST
def retirement(request: Request, mall: str, app: int) -> HttpResponse:
    """Record that an app was switched off."""
    found = shown.app(request.mall, request.actor, app)
    form = RetireForm(request.POST, auto_id="retire-%s")
    if form.is_valid():
        try:
            acts.retire_app(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s dipensiunkan.") % {"name": found.name})
            return redirect("agencies:app", mall, app)
    return _page(request, found, retire_form=form)


@audience("overseer")
@require_POST
def overlap(request: Request, mall: str, app: int) -> HttpResponse:
    """Say whether another app does the same."""
    found = shown.app(request.mall, request.actor, app)
    form = OverlapForm(request.mall, found, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            acts.judge_overlap(
                found, told["other"], is_overlap=told["is_overlap"] == "yes", note=told["note"], by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penilaian tersimpan."))
            return redirect("agencies:app", mall, app)
    return _page(request, found, overlap_form=form)


def _page(
    request: Request,
    found: App,
    *,
    form: AppForm | None = None,
    retire_form: RetireForm | None = None,
    overlap_form: OverlapForm | None = None,
) -> HttpResponse:
    day = todays_date(request)
    context = {
        "app": found,
        "state": found.state_text(day),
        "is_overdue": found.is_overdue(day),
        "judged": shown.judged(request.mall, request.actor, of=found),
        "proposed": shown.proposed(request.mall, request.actor, of=found),
        "form": form or AppForm(request.mall, app=found),
        "retire_form": retire_form or RetireForm(auto_id="retire-%s"),
        "overlap_form": overlap_form or OverlapForm(request.mall, found),
        "sent": "facts" if form else "retire" if retire_form else "overlap" if overlap_form else "",
        "can_write": request.actor.steers(found.agency_id),
    }
    refused = form or retire_form or overlap_form
    return answer(request, "agencies/app.html", context, status=422 if refused else 200)


def _agencies(request: Request) -> list[Agency]:
    rows = Agency.objects.filter(mall=request.mall, pk__in=shown.visible(request.mall, request.actor).values("agency"))
    return list(rows.order_by("name"))


def _wanted(request: Request) -> shown.Filter:
    state = request.GET.get("state", "")
    if state and state not in dict(shown.states()):
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return shown.Filter(request.GET.get("agency", "")[:12], state, request.GET.get("q", "").strip()[:100])
