"""The calendar of the mall: days off by law, its own days, and the working hours by which deadlines are counted."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pendopo.agencies.forms.calendar import EXAMPLES, DefaultForm, HoursForm, NewCalendarForm
from pendopo.agencies.http import Request, decider, todays_date
from pendopo.audit.queries import decisions
from pendopo.kernel.errors import NotFound, NotUnderstood
from pendopo.kernel.forms import carried_out
from pendopo.kernel.http import answer, audience
from pendopo.kernel.shapes import LARGEST_ID
from pendopo.tenancy.models import Mall
from pendopo.worktime import actions as worktime
from pendopo.worktime.errors import OutsideCalendar
from pendopo.worktime.models import Calendar, CalendarHours
from pendopo.worktime.queries import coming_days, working_time
from pendopo.worktime.types import Hours

DECISIONS = ("mall_day.set", "mall_day.removed", "calendar.made", "calendar.made_default", "calendar.hours_set")
AHEAD, FAR = timedelta(days=60), timedelta(days=400)
# Promises as standards make them, in working days.
PROMISES = (1, 3, 5, 14)


@audience("manager")
@require_safe
def calendar(request: Request, mall: str) -> HttpResponse:
    """Show the days off that are near and far, the mall's own days, and what they mean for deadlines."""
    today = todays_date(request)
    days = coming_days(request.mall, today, today + FAR)
    context = {
        "today": today,
        "near": [each for each in days if each.day <= today + AHEAD],
        "far": [each for each in days if each.day > today + AHEAD],
        "has_law": any(each.law for each in days),
        "calendars": _calendars(request.mall),
        "deadlines": _deadlines(request.mall, today),
        "can_decide": request.actor.manages,
        "decisions": decisions(request.mall, DECISIONS),
    }
    return answer(request, "agencies/calendar.html", context)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def hours_new(request: Request, mall: str) -> HttpResponse:
    """Write another calendar of working hours."""
    form = NewCalendarForm(request.POST if request.method == "POST" else None, hours=_example(request) or ())
    if carried_out(
        form,
        lambda: worktime.make_calendar(
            request.mall,
            name=form.cleaned_data["name"],
            hours=form.hours,
            is_default=form.cleaned_data["is_default"],
            reason=form.cleaned_data["reason"],
            by=decider(request),
            at=timezone.now(),
        ),
    ):
        messages.success(request, _("Kalender %(name)s tersimpan.") % form.cleaned_data)
        return redirect("agencies:calendar", mall)
    context = {"form": form, "calendar": None, "can_decide": request.actor.manages}
    return answer(request, "agencies/calendar_hours.html", context, status=422 if form.is_bound else 200)


@audience("manager")
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: Request, mall: str, calendar: int) -> HttpResponse:
    """Show the week of a calendar; write it anew, or count deadlines by it (POST)."""
    found = Calendar.objects.filter(mall=request.mall, pk=calendar).first() if calendar <= LARGEST_ID else None
    if found is None:
        raise NotFound(_("Kalender ini tidak ditemukan."))
    kept = list(CalendarHours.objects.filter(mall=request.mall, calendar=found).order_by("weekday"))
    is_sent, wants_default = request.method == "POST", "default" in request.POST
    form = HoursForm(request.POST if is_sent and not wants_default else None, hours=_example(request) or kept)
    default = DefaultForm(request.POST if is_sent and wants_default else None, calendar=found)
    by, at = request.actor, timezone.now()
    if carried_out(
        form,
        lambda: worktime.set_calendar_hours(
            found, form.hours, reason=form.cleaned_data["reason"], by=decider(request), at=at
        ),
    ) or carried_out(
        default,
        lambda: worktime.make_default(found, reason=default.cleaned_data["reason"], by=decider(request), at=at),
    ):
        messages.success(request, _("Kalender %(name)s tersimpan.") % {"name": found.name})
        return redirect("agencies:calendar", mall)
    context = {"form": form, "default": default, "calendar": found, "hours": kept, "can_decide": by.manages}
    return answer(request, "agencies/calendar_hours.html", context, status=422 if is_sent else 200)


def _calendars(mall: Mall) -> list[tuple[Calendar, list[CalendarHours]]]:
    of: dict[int, list[CalendarHours]] = {}
    for each in CalendarHours.objects.filter(mall=mall).order_by("weekday"):
        of.setdefault(each.calendar_id, []).append(each)
    found = Calendar.objects.filter(mall=mall).order_by("-is_default", "name", "pk")
    return [(calendar, of.get(calendar.pk, [])) for calendar in found]


def _deadlines(mall: Mall, today: date) -> list[tuple[int, date]]:
    """Return when promises of so many working days end that are made today; nothing where nothing can be counted."""
    try:
        working = working_time(mall, today, today + AHEAD)
        return [(days, working.add_working_days(today, days)) for days in PROMISES]
    except (NotFound, OutsideCalendar):
        return []


def _example(request: Request) -> tuple[Hours, ...] | None:
    """Return the hours that are asked for as an example. Raises NotUnderstood."""
    asked = request.GET.get("example", "")
    if asked and asked not in EXAMPLES:
        raise NotUnderstood(_("Pilihan tidak dikenal. Muat ulang halaman ini."))
    return EXAMPLES.get(asked)
