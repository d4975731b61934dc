"""Indicators of reform: the list, one with its path, figures and the mall's share, and what the manager notes."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, asked_month, seen_on
from pendopo.indicators.actions import indicators as acts
from pendopo.indicators.forms.indicators import (
    CorrectionForm,
    FigureForm,
    IndicatorForm,
    ServicesForm,
    TargetForm,
)
from pendopo.indicators.models import Indicator, OfficialFigure
from pendopo.indicators.queries import contributions, directory
from pendopo.indicators.queries.drawing import chart
from pendopo.indicators.queries.paths import Course, courses
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.figures import figure
from pendopo.kernel.http import answer, audience


@audience("oversight")
@require_safe
def indicators(request: Request, mall: str) -> HttpResponse:
    """Show every indicator with how it stands."""
    seen = seen_on(request)
    page = directory.indicators(request.mall, seen.at, cursor=request.GET.get("cursor", ""))
    context = {
        "lines": [(line, figure_text(line.course), goal_text(line.course)) for line in page.items],
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "seen": seen,
        "query": seen.query,
        "can_decide": request.actor.manages and not seen.on,
    }
    return answer(request, "indicators/indicators.html", context)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request, mall: str) -> HttpResponse:
    """Let the manager follow one more."""
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = acts.add_indicator(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Indikator tersimpan. Catat angka resmi dan targetnya."))
            return redirect("indicators:indicator", mall, made.code)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "indicators/new.html", context, status=422 if form.is_bound else 200)


@audience("oversight")
@require_safe
def indicator(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Show one indicator."""
    return _page(request, directory.indicator_of(request.mall, indicator))


@audience("oversight")
@require_POST
def note_figure(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Note an official figure."""
    found = directory.indicator_of(request.mall, indicator)
    form = FigureForm(request.POST)
    if form.is_valid():
        try:
            acts.note_figure(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Angka tersimpan. Angka sebelumnya tetap ada dalam riwayat."))
            return redirect("indicators:indicator", mall, indicator)
    return _page(request, found, figure_form=form)


@audience("oversight")
@require_POST
def correction(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Put another figure in the place of a wrong one."""
    found = directory.indicator_of(request.mall, indicator)
    form = CorrectionForm(request.POST, choices=_correctable(found))
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            wrong = directory.figure_of(found, told.pop("corrects"))
            acts.note_figure(found, **told, corrects=wrong, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Koreksi tersimpan. Angka yang lama tetap terbaca dalam riwayat."))
            return redirect("indicators:indicator", mall, indicator)
    return _page(request, found, correction=form)


@audience("oversight")
@require_POST
def target(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Set where the indicator should be in a year."""
    found = directory.indicator_of(request.mall, indicator)
    form = TargetForm(request.POST, auto_id="target_%s")
    if form.is_valid():
        try:
            acts.set_target(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Target tersimpan."))
            return redirect("indicators:indicator", mall, indicator)
    return _page(request, found, target_form=form)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Show which services count; choose others (POST)."""
    found = directory.indicator_of(request.mall, indicator)
    held: dict[str, object] = {"services": [each.pk for each in directory.services_of(request.mall, found)]}
    form = ServicesForm(request.mall, request.POST if request.method == "POST" else None, initial=held)
    if form.is_valid():
        told = form.cleaned_data
        try:
            acts.choose_services(found, told["services"], reason=told["reason"], by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Layanan yang dihitung tersimpan."))
            return redirect("indicators:indicator", mall, indicator)
    context = {
        "indicator": found,
        "form": form,
        "has_services": bool(form.services),
        "can_decide": request.actor.manages,
    }
    return answer(request, "indicators/counted.html", context, status=422 if form.is_bound else 200)


@audience("oversight")
@require_safe
def tickets(request: Request, mall: str, indicator: str) -> HttpResponse:
    """Show the tickets of a month that count."""
    found = directory.indicator_of(request.mall, indicator)
    month, seen = asked_month(request), seen_on(request)
    last = min(month.last, seen.day)
    page = contributions.tickets(request.mall, found, month.first, last, cursor=request.GET.get("cursor", ""))
    asked = f"month={month.first:%Y-%m}" + (f"&{seen.query}" if seen.on else "")
    context = {
        "indicator": found,
        "month": month,
        "seen": seen,
        "tickets": page.items,
        "next": page.next,
        "query": asked,
        "is_first": not request.GET.get("cursor"),
    }
    return answer(request, "indicators/tickets.html", context)


def figure_text(course: Course) -> str:
    """Write the last official figure with its unit."""
    last = course.last
    return f"{figure(last.value)} {course.indicator.unit}" if last else _("Belum ada angka")


def goal_text(course: Course) -> str:
    """Write where the path ends."""
    goal = course.goal
    if goal is None:
        return _("Belum ada target")
    return _("%(value)s %(unit)s pada %(year)d") % {
        "value": figure(goal.value), "unit": course.indicator.unit, "year": goal.year,
    }  # fmt: skip


def _page(
    request: Request,
    found: Indicator,
    *,
    figure_form: FigureForm | None = None,
    correction: CorrectionForm | None = None,
    target_form: TargetForm | None = None,
) -> HttpResponse:
    seen = seen_on(request)
    (course,) = courses(request.mall, [found], seen.at)
    page = directory.figures(found, seen.at, cursor=request.GET.get("cursor", ""))
    can_decide = request.actor.manages and not seen.on
    choices = _correctable(found) if can_decide or correction else []
    sent: list[forms.Form | None] = [figure_form, correction, target_form]
    context = {
        "indicator": found,
        "course": course,
        "figure_text": figure_text(course),
        "goal_text": goal_text(course),
        "chart": chart(course),
        "years": [
            (each, "" if each.target is None else figure(each.target), figure(each.figure.value) if each.figure else "")
            for each in course.years
        ],
        "figures": [
            (each, figure(each.value), is_corrected(each, seen.at), each.noted_at > seen.at) for each in page.items
        ],
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "months": contributions.by_month(request.mall, found, seen.day),
        "services": directory.services_of(request.mall, found),
        "figure_form": figure_form or FigureForm(),
        "correction": correction or CorrectionForm(choices=choices),
        "is_correctable": bool(choices),
        "target_form": target_form or TargetForm(auto_id="target_%s"),
        "seen": seen,
        "query": seen.query,
        "can_decide": can_decide,
    }
    refused = any(form is not None for form in sent)
    return answer(request, "indicators/indicator.html", context, status=422 if refused else 200)


def _correctable(found: Indicator) -> list[tuple[int, str]]:
    """Return the last figures that nobody has corrected yet, as a list to choose from."""
    at = timezone.now()
    return [
        (each.pk, f"{dates.short_day(each.as_of)}: {figure(each.value)} ({each.source[:60]})")
        for each in directory.figures(found, at).items
        if not is_corrected(each, at)
    ]


def is_corrected(each: OfficialFigure, at: datetime) -> bool:
    """Say whether somebody had put another figure in its place by a moment."""
    return hasattr(each, "correction") and each.correction.noted_at <= at
