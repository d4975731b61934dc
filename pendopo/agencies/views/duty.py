"""The roster of the counters: the week, what is written, and whose servant everybody is."""

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pendopo.agencies.actions import duty as acts
from pendopo.agencies.forms.duty import DutyForm, EmploymentForm, EndForm
from pendopo.agencies.http import Request, asked_day, todays_date
from pendopo.agencies.models import Employment
from pendopo.agencies.queries import staffing
from pendopo.agencies.types import Role
from pendopo.kernel.dates import weekday_name
from pendopo.kernel.errors import NotUnderstood, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.people.models import Account

WEEK = timedelta(weeks=1)


@audience("overseer")
@require_http_methods(["GET", "POST"])
def roster(request: Request, mall: str) -> HttpResponse:
    """Show the week's roster of the counters that the actor oversees, and put somebody on it."""
    if request.method == "GET":
        return _page(request)
    at = timezone.now()
    form = _duty_form(request, sent=True)
    if not form.is_valid():
        return _page(request, duty_form=form)
    try:
        acts.assign(form.chosen_counter, form.chosen_person, form.when, by=request.actor, at=at)
    except RuleViolation as refusal:
        return _page(request, duty_form=form, problem=str(refusal))
    messages.success(request, _("%(name)s ada di jadwal.") % {"name": form.chosen_person.name})
    return redirect("agencies:roster", mall)


@audience("overseer")
@require_POST
def ending(request: Request, mall: str) -> HttpResponse:
    """Take duties off the roster from today on."""
    form = EndForm(request.POST)
    if not form.is_valid():
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    said = form.cleaned_data
    try:
        acts.end_duties(request.mall, said["duty"], reason=said["reason"], by=request.actor, at=timezone.now())
    except RuleViolation as refusal:
        return _page(request, problem=str(refusal))
    messages.success(request, _("Jadwal diakhiri. Hari yang sudah lewat tetap tercatat."))
    return redirect("agencies:roster", mall)


@audience("overseer")
@require_POST
def employment(request: Request, mall: str) -> HttpResponse:
    """Note whose servant somebody is and to whom it is reported."""
    form = EmploymentForm(_people(request), request.POST)
    if not form.is_valid():
        return _page(request, employment_form=form)
    said = form.cleaned_data
    try:
        acts.set_employment(
            request.mall, form.chosen_person, kind=Employment.Kind(said["kind"]), superior=said["superior"],
            office_minutes=said["office_minutes"], by=request.actor, at=timezone.now(),
        )  # fmt: skip
    except RuleViolation as refusal:
        return _page(request, employment_form=form, problem=str(refusal))
    messages.success(request, _("Ikatan kerja %(name)s dicatat.") % {"name": form.chosen_person.name})
    return redirect("agencies:roster", mall)


def _people(request: Request) -> list[Account]:
    return staffing.officers_of(request.mall, todays_date(request), request.actor.overseen)


def _duty_form(request: Request, *, sent: bool = False) -> DutyForm:
    today = todays_date(request)
    counters = staffing.counters_of(request.mall, request.actor.overseen)
    start = {"valid_from": today, "starts": "08:00", "ends": "15:00", "weekdays": [1, 2, 3, 4, 5]}
    return DutyForm(counters, _people(request), request.POST if sent else None, initial=start)


def _page(
    request: Request,
    *,
    duty_form: DutyForm | None = None,
    employment_form: EmploymentForm | None = None,
    problem: str = "",
) -> HttpResponse:
    here, overseen = request.mall, request.actor.overseen
    today = here.local(timezone.now()).date()
    day = asked_day(request)
    monday = day - timedelta(days=day.weekday())
    people = _people(request)
    week = staffing.week(here, monday, overseen)
    context = {
        "monday": monday,
        "before": monday - WEEK,
        "after": monday + WEEK,
        "days": [(cell.day, weekday_name(cell.day.isoweekday())) for cell in week[0].cells] if week else [],
        "today": today,
        "week": week,
        "bare": sum(cell.is_bare and cell.day >= today for line in week for cell in line.cells),
        "patterns": [
            (pattern, ", ".join(weekday_name(weekday) for weekday in pattern.weekdays))
            for pattern in staffing.patterns(here, today, overseen)
        ],
        "people": staffing.employments(here, people),
        "can_decide": request.actor.has(Role.MANAGER, Role.AGENCY_ADMIN),
        "duty_form": duty_form or _duty_form(request),
        "employment_form": employment_form or EmploymentForm(people),
        "problem": problem,
        "query": urlencode({"day": monday.isoformat()}),
    }
    status = 422 if problem or duty_form or employment_form else 200
    return answer(request, "agencies/roster.html", context, status=status)
