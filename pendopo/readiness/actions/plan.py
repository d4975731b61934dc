"""The action plan by months: planned, moved with a reason, done with evidence."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import NotUnderstood, ReasonMissing
from pendopo.readiness.actions._rights import only_manager
from pendopo.readiness.errors import AlreadyDone, DatesCrossed, OwnerUnclear
from pendopo.readiness.models import PlanStep
from pendopo.tenancy.models import Mall


@transaction.atomic
def plan_step(
    mall: Mall,
    *,
    kind: str,
    name: str,
    month: date,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    office: str = "",
) -> PlanStep:
    """Plan a step in a month, and say whose it is."""
    only_manager(by)
    _refuse_two_owners(agency, office)
    if PlanStep.objects.filter(mall=mall, name__iexact=name).exists():
        raise NotUnderstood(_("Langkah ini sudah ada dalam rencana."))
    step = PlanStep.objects.create(
        mall=mall, kind=kind, name=name, month=month.replace(day=1), agency=agency, office=office
    )
    after = {"kind": kind, "name": name, "month": step.month, "owner": step.owner}
    audit.record("plan_step.planned", f"plan_step:{step.pk}", by=by, at=at, after=after)
    return step


@transaction.atomic
def move_step(
    step: PlanStep,
    *,
    month: date,
    reason: str,
    by: Actor,
    at: datetime,
    agency: Agency | None = None,
    office: str = "",
) -> PlanStep:
    """Move a step to another month or owner, and say why."""
    only_manager(by)
    _refuse_two_owners(agency, office)
    if not reason:
        raise ReasonMissing(_("Tulis mengapa rencana berubah."))
    step = _open(step)
    before = {"month": step.month, "owner": step.owner}
    step.month, step.agency, step.office = month.replace(day=1), agency, office
    step.save(update_fields=["month", "agency", "office"])
    after = {"month": step.month, "owner": step.owner}
    audit.record("plan_step.moved", f"plan_step:{step.pk}", by=by, at=at, reason=reason, before=before, after=after)
    return step


@transaction.atomic
def finish_step(step: PlanStep, *, on: date, evidence: str, by: Actor, at: datetime) -> PlanStep:
    """Record that a step is done, and what shows it."""
    only_manager(by)
    if not evidence:
        raise ReasonMissing(_("Tulis buktinya, misalnya nomor surat."))
    step = _open(step)
    if on > step.mall.local(at).date():
        raise DatesCrossed(_("Selesai dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    step.done_on, step.evidence = on, evidence
    step.save(update_fields=["done_on", "evidence"])
    audit.record("plan_step.done", f"plan_step:{step.pk}", by=by, at=at, reason=evidence, after={"on": on})
    return step


def _open(step: PlanStep) -> PlanStep:
    step = PlanStep.objects.select_for_update(of=("self",)).select_related("agency", "mall").get(pk=step.pk)
    if step.done_on:
        raise AlreadyDone(_("“%(name)s” sudah selesai.") % {"name": step.name})
    return step


def _refuse_two_owners(agency: Agency | None, office: str) -> None:
    if (agency is None) == (not office):
        raise OwnerUnclear(_("Pilih satu instansi, atau tulis satu kantor lain."))
