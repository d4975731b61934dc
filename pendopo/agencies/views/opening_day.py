"""Can we open on a day? The answer with everything that stands in the way, and the milestones."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.actions import milestones as acts
from pendopo.agencies.forms.joining import FinishForm, MilestoneForm, ReplanForm
from pendopo.agencies.http import Request, read_day, todays_date
from pendopo.agencies.models import Milestone
from pendopo.agencies.queries import opening_day as shown
from pendopo.kernel import dates
from pendopo.kernel.errors import NotFound, RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, table_file

OPENINGS = (Milestone.Kind.SOFT_OPENING, Milestone.Kind.TRIAL, Milestone.Kind.REVIEW, Milestone.Kind.GRAND_OPENING)


@audience("overseer")
@require_safe
def opening_day(request: Request, mall: str) -> HttpResponse:
    """Answer whether the mall can open on a day (?day=), and show the milestones."""
    rows = shown.milestones(request.mall)
    milestone, day, found = _asked(request, [each for each, _needs in rows])
    context = {
        "rows": rows,
        "milestone": milestone,
        "openings": [each for each, _needs in rows if each.kind in OPENINGS],
        "day": day,
        "answer": found.answer,
        "blocking": [each for each in found.blockers if each.blocks],
        "waiting": [each for each in found.blockers if not each.blocks],
        "form": MilestoneForm([each for each, _needs in rows]),
        "can_decide": request.actor.manages,
        "query": request.GET.urlencode(),
        "is_own_view": request.actor.overseen is not None,
    }
    return answer(request, "agencies/opening_day.html", context)


@audience("overseer")
@require_safe
def sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give what stands in the way as CSV or XLSX."""
    rows = [each for each, _needs in shown.milestones(request.mall)]
    _milestone, day, found = _asked(request, rows)
    heads = [_("Penanggung jawab"), _("Yang belum siap"), _("Tenggat"), _("Menghalangi")]
    lines = [
        [
            each.owner,
            each.what,
            _short(each.due_on),
            _("ya") if each.blocks else _("belum"),
        ]
        for each in found.blockers
    ]
    return table_file(kind, f"{request.mall.slug}-opening-{day}", Sheet(_("Pembukaan"), heads, lines))


@audience("overseer")
@require_safe
def milestones_sheet(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the milestones, as the page shows them, as CSV or XLSX."""
    heads = [_("Tonggak"), _("Penanggung jawab"), _("Sesudah"), _("Rencana"), _("Selesai")]
    rows = [
        [each.name, each.owner, ", ".join(need.name for need in needs), _short(each.planned_on), _short(each.done_on)]
        for each, needs in shown.milestones(request.mall)
    ]
    return table_file(kind, f"{mall}-tonggak", Sheet(_("Tonggak"), heads, rows))


def _short(day: date | None) -> str:
    return dates.short_day(day) if day else ""


@audience("overseer")
@require_POST
def milestones(request: Request, mall: str) -> HttpResponse:
    """Let the manager plan one milestone more."""
    others = [each for each, _needs in shown.milestones(request.mall)]
    form = MilestoneForm(others, request.POST)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("kind", "name", "owner", "planned_on")}
        try:
            acts.plan_milestone(request.mall, needs=form.needed, by=request.actor, at=timezone.now(), **told)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("agencies:opening_day", mall)
    context = {"form": form, "can_decide": request.actor.manages}
    return answer(request, "agencies/milestone_new.html", context, status=422)


@audience("overseer")
@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: Request, mall: str, milestone: int) -> HttpResponse:
    """Show one milestone; plan it anew (POST)."""
    found, others, needs = _found(request, milestone)
    sent = request.POST if request.method == "POST" else None
    now = {"owner": found.owner, "planned_on": found.planned_on, "needs": [each.pk for each in needs]}
    form = ReplanForm(others, sent, initial=now)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("owner", "planned_on")}
        try:
            acts.replan_milestone(found, needs=form.needed, by=request.actor, at=timezone.now(), **told)
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” tersimpan.") % {"name": found.name})
            return redirect("agencies:opening_day", mall)
    return _page(request, found, needs, form, FinishForm(auto_id="finish-%s"))


@audience("overseer")
@require_POST
def completion(request: Request, mall: str, milestone: int) -> HttpResponse:
    """Record that a milestone is done."""
    found, others, needs = _found(request, milestone)
    form = FinishForm(request.POST, auto_id="finish-%s")
    if form.is_valid():
        try:
            acts.finish_milestone(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” selesai.") % {"name": found.name})
            return redirect("agencies:opening_day", mall)
    now = {"owner": found.owner, "planned_on": found.planned_on, "needs": [each.pk for each in needs]}
    return _page(request, found, needs, ReplanForm(others, initial=now), form)


def _found(request: Request, number: int) -> tuple[Milestone, list[Milestone], list[Milestone]]:
    rows = shown.milestones(request.mall)
    for each, needs in rows:
        if each.pk == number:
            return each, [other for other, _needs in rows if other.pk != number], needs
    raise NotFound(_("Tonggak tidak ditemukan."))


def _page(
    request: Request, found: Milestone, needs: list[Milestone], form: ReplanForm, finish: FinishForm
) -> HttpResponse:
    context = {
        "milestone": found,
        "needs": needs,
        "form": form,
        "finish": finish,
        "can_decide": request.actor.manages,
    }
    status = 422 if form.is_bound or finish.is_bound else 200
    return answer(request, "agencies/milestone.html", context, status=status)


def _asked(request: Request, rows: list[Milestone]) -> tuple[Milestone | None, date, shown.Opening]:
    """Read which opening is meant, on which day: the first that is not done, on its planned day."""
    openings = [each for each in rows if each.kind in OPENINGS]
    wanted = request.GET.get("milestone", "")
    chosen = next((each for each in openings if str(each.pk) == wanted), None)
    chosen = chosen or next((each for each in openings if each.done_on is None), None)
    today = todays_date(request)
    day = _day(request) or (chosen.planned_on if chosen else None) or today
    found = shown.can_open(request.mall, chosen, day, today)
    if request.actor.overseen is not None:
        found = shown.own_part(found, request.actor)
    return chosen, day, found


def _day(request: Request) -> date | None:
    text = request.GET.get("day", "")
    return read_day(text) if text else None
