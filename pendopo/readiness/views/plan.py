"""The action plan by months, and what was assessed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pendopo.agencies.http import Request, todays_date
from pendopo.kernel import dates
from pendopo.kernel.errors import RuleViolation
from pendopo.kernel.http import answer, audience
from pendopo.kernel.sheets import Sheet, Value, table_file
from pendopo.readiness.actions import assessing
from pendopo.readiness.actions import plan as acts
from pendopo.readiness.forms.evidence import AssessmentForm
from pendopo.readiness.forms.owners import DoneForm, MoveForm, StepForm, owner_of
from pendopo.readiness.models import PlanStep
from pendopo.readiness.queries import history


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: Request, mall: str) -> HttpResponse:
    """Show the plan by months; add a step (POST)."""
    form = StepForm(request.mall, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            acts.plan_step(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Langkah tersimpan dalam rencana."))
            return redirect("readiness:plan", mall)
    page = history.steps(request.mall, todays_date(request), cursor=request.GET.get("cursor", ""))
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "form": form,
        "can_decide": request.actor.manages,
    }
    return answer(request, "readiness/plan.html", context, status=422 if form.is_bound else 200)


@audience("oversight")
@require_safe
def plan_table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give the whole plan as CSV or XLSX."""
    heads = [_("Bulan"), _("Jenis"), _("Langkah"), _("Penanggung jawab"), _("Keadaan"), _("Selesai pada"), _("Bukti")]
    rows: list[list[Value]] = [
        [
            dates.month(each.step.month), each.step.get_kind_display(), each.step.name, each.step.owner,
            str(each.standing.label), dates.short_day(each.step.done_on) if each.step.done_on else "",
            each.step.evidence,
        ]
        for each in history.steps(request.mall, todays_date(request), size=history.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-plan", Sheet(_("Rencana aksi"), heads, rows))


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Request, mall: str, step: int) -> HttpResponse:
    """Show a step; move it (POST)."""
    found = history.step_of(request.mall, step)
    if request.method != "POST":
        return _step(request, found)
    form = MoveForm(request.mall, request.POST)
    if form.is_valid():
        try:
            acts.move_step(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rencana diubah."))
            return redirect("readiness:step", mall, step)
    return _step(request, found, form=form)


@audience("oversight")
@require_POST
def completion(request: Request, mall: str, step: int) -> HttpResponse:
    """Record that a step is done."""
    found = history.step_of(request.mall, step)
    form = DoneForm(request.POST, auto_id="done_%s")
    if form.is_valid():
        try:
            acts.finish_step(found, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” selesai.") % {"name": found.name})
            return redirect("readiness:plan", mall)
    return _step(request, found, done=form)


def _step(
    request: Request, found: PlanStep, *, form: MoveForm | None = None, done: DoneForm | None = None
) -> HttpResponse:
    standing = found.standing(todays_date(request))
    context = {
        "step": found,
        "standing": standing,
        "form": form or MoveForm(request.mall, initial=owner_of(found) | {"month": found.month}),
        "done": done or DoneForm(auto_id="done_%s"),
        "can_decide": request.actor.manages,
    }
    return answer(request, "readiness/step.html", context, status=422 if form or done else 200)


@audience("oversight")
@require_http_methods(["GET", "HEAD", "POST"])
def assessments(request: Request, mall: str) -> HttpResponse:
    """Show what was assessed; keep the answer of now (POST)."""
    form = AssessmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = assessing.assess(request.mall, **form.cleaned_data, by=request.actor, at=timezone.now())
        except RuleViolation as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Penilaian tersimpan seperti keadaannya sekarang."))
            return redirect("readiness:assessment", mall, made.pk)
    page = history.assessments(request.mall, cursor=request.GET.get("cursor", ""))
    context = {
        "lines": page.items,
        "next": page.next,
        "is_first": not request.GET.get("cursor"),
        "form": form,
        "can_decide": request.actor.manages,
    }
    return answer(request, "readiness/assessments.html", context, status=422 if form.is_bound else 200)


@audience("oversight")
@require_safe
def assessments_table(request: Request, mall: str, kind: str) -> HttpResponse:
    """Give every assessment as CSV or XLSX."""
    heads = [_("Tanggal"), _("Siap"), _("Versi gerbang"), _("Keterangan"), _("Dicatat oleh")]
    rows: list[list[Value]] = [
        [
            dates.short_day(each.held_on), _("ya") if each.is_ready else _("belum"), each.version.number, each.note,
            each.account.name if each.account else "",
        ]
        for each in history.assessments(request.mall, size=history.ALL).items
    ]  # fmt: skip
    return table_file(kind, f"{request.mall.slug}-assessments", Sheet(_("Penilaian kesiapan"), heads, rows))


@audience("oversight")
@require_safe
def assessment(request: Request, mall: str, assessment: int) -> HttpResponse:
    """Show an assessment as it was."""
    found = history.assessment_of(request.mall, assessment)
    context = {"assessment": found, "lines": history.assessment_lines(found)}
    return answer(request, "readiness/assessment.html", context)


@audience("oversight")
@require_safe
def assessment_table(request: Request, mall: str, assessment: int, kind: str) -> HttpResponse:
    """Give one assessment as CSV or XLSX."""
    found = history.assessment_of(request.mall, assessment)
    heads = [_("Gerbang atau kriteria"), _("Keadaan"), _("Rincian"), _("Penanggung jawab")]
    words = {True: _("Terpenuhi"), False: _("Belum"), None: _("Tanpa ambang")}
    rows: list[list[Value]] = [
        [each.name, words[each.is_met], each.told, each.owner] for each in history.assessment_lines(found)
    ]
    return table_file(kind, f"{request.mall.slug}-assessment-{found.held_on}", Sheet(_("Penilaian"), heads, rows))
