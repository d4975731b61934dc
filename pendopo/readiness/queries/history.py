"""Lists: values of a gate, versions of gates, steps of the plan, assessments, ratings; each page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.kernel.cursors import Page, page_by_time
from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.readiness.models import (
    CRITERION,
    Assessment,
    AssessmentLine,
    Charge,
    Evidence,
    Gate,
    GateVersion,
    PlanStep,
    Value,
)
from pendopo.readiness.queries.rules import Criterion, rules
from pendopo.surveys.models import Rating
from pendopo.tenancy.models import Mall

PAGE, ALL, DRAWN = 25, 5_000, 24


def gate_of(mall: Mall, code: str) -> Gate:
    """Return a gate as its newest version has it. Raises NotFound."""
    found = Gate.objects.filter(mall=mall, code=code).select_related("version").order_by("-version__number").first()
    if found is None:
        raise NotFound(_("Gerbang ini tidak ada."))
    return found


def values(mall: Mall, gate: str, *, cursor: str = "", size: int = PAGE) -> Page[Value]:
    """Return everything that was ever reported of a gate, the latest first; also what was corrected since."""
    rows = Value.objects.filter(mall=mall, gate=gate).select_related("account", "correction", "corrects")
    return page_by_time(rows, cursor, size, by="as_of")


def drawn_values(mall: Mall, gate: str) -> list[Value]:
    """Return the last values of a gate that nobody has corrected, the earliest first: as many as a chart holds."""
    rows = Value.objects.filter(mall=mall, gate=gate, correction=None).order_by("-as_of", "-pk")
    return list(rows[:DRAWN])[::-1]


def value_of(mall: Mall, gate: str, number: int) -> Value:
    """Return one reported value of a gate. Raises NotFound."""
    return row_of(Value.objects.filter(mall=mall, gate=gate), number, _("Angka ini tidak ada pada gerbang ini."))


def versions(mall: Mall) -> list[GateVersion]:
    """Return the versions of the gates, the newest first, each with its gates."""
    found = GateVersion.objects.filter(mall=mall).select_related("account").prefetch_related("gates")
    return list(found.order_by("-number")[:50])


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the plan and how it stands today."""

    step: PlanStep
    standing: PlanStep.Standing


def steps(mall: Mall, today: date, *, cursor: str = "", size: int = PAGE) -> Page[Step]:
    """Return the plan by months, the first month first."""
    rows = PlanStep.objects.filter(mall=mall).select_related("agency")
    page = page_by_time(rows, cursor, size, by="month", latest_first=False)
    return page.showing([Step(each, each.standing(today)) for each in page.items])


def step_of(mall: Mall, number: int) -> PlanStep:
    """Return a step of the plan. Raises NotFound."""
    rows = PlanStep.objects.filter(mall=mall).select_related("agency", "mall")
    return row_of(rows, number, _("Langkah ini tidak ada dalam rencana."))


def assessments(mall: Mall, *, cursor: str = "", size: int = PAGE) -> Page[Assessment]:
    """Return what was assessed, the latest first."""
    rows = Assessment.objects.filter(mall=mall).select_related("version", "account")
    return page_by_time(rows, cursor, size, by="held_on")


def assessment_of(mall: Mall, number: int) -> Assessment:
    """Return one assessment. Raises NotFound."""
    rows = Assessment.objects.filter(mall=mall).select_related("version", "account")
    return row_of(rows, number, _("Penilaian ini tidak ada."))


def assessment_lines(assessment: Assessment) -> Sequence[AssessmentLine]:
    """Return how everything stood in an assessment."""
    return list(AssessmentLine.objects.filter(mall_id=assessment.mall_id, assessment=assessment).order_by("position"))


def criterion_of(mall: Mall, code: str, actor: Actor) -> tuple[Criterion, Charge | None]:
    """Return a criterion with who is responsible. Raises NotFound, also for one that whoever asks may not see."""
    found = rules().criterion(code)
    charge = Charge.objects.filter(mall=mall, item=CRITERION + code).select_related("agency").first()
    if found is None or not _may_see(charge, actor):
        raise NotFound(_("Kriteria ini tidak ada."))
    return found, charge


def evidence_for(mall: Mall, criterion: str, *, cursor: str = "", size: int = PAGE) -> Page[Evidence]:
    """Return what was noted for a criterion, the latest first; what was withdrawn too."""
    rows = Evidence.objects.filter(mall=mall, criterion=criterion).select_related("account", "mall")
    return page_by_time(rows, cursor, size, by="on")


def evidence_of(mall: Mall, number: int, actor: Actor) -> Evidence:
    """Return one piece of evidence. Raises NotFound, also for one that whoever asks may not see."""
    missing = _("Bukti ini tidak ada.")
    found = row_of(Evidence.objects.filter(mall=mall).select_related("mall"), number, missing)
    if not _may_see(Charge.objects.filter(mall=mall, item=CRITERION + found.criterion).first(), actor):
        raise NotFound(missing)
    return found


def _may_see(charge: Charge | None, actor: Actor) -> bool:
    return actor.overseen is None or bool(charge and charge.agency_id in actor.overseen)


def ratings(mall: Mall, *, cursor: str = "", size: int = PAGE) -> Page[Rating]:
    """Return what visitors said of their satisfaction, the latest first; without any name."""
    rows = Rating.objects.filter(mall=mall).select_related("ticket__queue", "ticket__variant__service")
    return page_by_time(rows, cursor, size, by="at")
