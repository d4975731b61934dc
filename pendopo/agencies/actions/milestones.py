"""Milestones to the opening: planned in an order without circles, done when what comes before is done."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions._rights import only_manager
from pendopo.agencies.errors import AlreadyThere, Circular, DatesCrossed, NotYet
from pendopo.agencies.models import Milestone, MilestoneNeed
from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import ReasonMissing
from pendopo.tenancy.models import Mall


@transaction.atomic
def plan_milestone(
    mall: Mall,
    *,
    kind: str,
    name: str,
    owner: str,
    by: Actor,
    at: datetime,
    planned_on: date | None = None,
    needs: Iterable[Milestone] = (),
) -> Milestone:
    """Plan a step on the way to the opening, whose it is, and what must be done before."""
    only_manager(by)
    _lock(mall)
    same = Milestone.objects.filter(mall=mall)
    if same.filter(name__iexact=name).exists() or (kind != Milestone.Kind.STEP and same.filter(kind=kind).exists()):
        raise AlreadyThere(_("Tonggak ini sudah ada."))
    milestone = Milestone.objects.create(mall=mall, kind=kind, name=name, owner=owner, planned_on=planned_on)
    after = {"kind": kind, "name": name, "owner": owner, "planned": planned_on}
    audit.record("milestone.planned", f"milestone:{milestone.pk}", by=by, at=at, after=after)
    _set_needs(milestone, needs)
    return milestone


@transaction.atomic
def replan_milestone(
    milestone: Milestone, *, owner: str, planned_on: date | None, needs: Iterable[Milestone], by: Actor, at: datetime
) -> Milestone:
    """Change when a step is planned, whose it is, and what must be done before. Raises Circular."""
    only_manager(by)
    _lock(milestone.mall)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.done_on:
        raise AlreadyThere(_("“%(name)s” sudah selesai.") % {"name": milestone.name})
    before = {"owner": milestone.owner, "planned": milestone.planned_on}
    milestone.owner, milestone.planned_on = owner, planned_on
    milestone.save(update_fields=["owner", "planned_on"])
    numbers = _set_needs(milestone, needs)
    after = {"owner": owner, "planned": planned_on, "needs": numbers}
    audit.record("milestone.replanned", f"milestone:{milestone.pk}", by=by, at=at, before=before, after=after)
    return milestone


@transaction.atomic
def finish_milestone(milestone: Milestone, *, on: date, evidence: str, by: Actor, at: datetime) -> Milestone:
    """Record that a step is done, and what shows it. Raises NotYet while something before it is open."""
    only_manager(by)
    _lock(milestone.mall)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.done_on:
        raise AlreadyThere(_("“%(name)s” sudah selesai.") % {"name": milestone.name})
    if not evidence:
        raise ReasonMissing(_("Tulis buktinya, misalnya nomor berita acara."))
    if on > milestone.mall.local(at).date():
        raise DatesCrossed(_("Selesai dicatat setelah terjadi: tanggalnya paling lambat hari ini."))
    open_ones = [need.needed.name for need in milestone.needs.select_related("needed").filter(needed__done_on=None)]
    if open_ones:
        raise NotYet(_("Selesaikan dahulu: %(names)s.") % {"names": ", ".join(sorted(open_ones))})
    milestone.done_on, milestone.evidence = on, evidence
    milestone.save(update_fields=["done_on", "evidence"])
    audit.record("milestone.done", f"milestone:{milestone.pk}", by=by, at=at, reason=evidence, after={"on": on})
    return milestone


def _lock(mall: Mall) -> None:
    """Let one change of the plan end before the next begins: two halves of a circle must not pass each other."""
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)


def _set_needs(milestone: Milestone, needs: Iterable[Milestone]) -> list[int]:
    wanted = {need.pk: need for need in needs if need.mall_id == milestone.mall_id}
    edges: dict[int, set[int]] = {}
    known = MilestoneNeed.objects.filter(mall_id=milestone.mall_id).exclude(milestone=milestone)
    for one, needed in known.values_list("milestone_id", "needed_id"):
        edges.setdefault(one, set()).add(needed)
    for need in wanted.values():
        if milestone.pk in _reached(need.pk, edges):
            raise Circular(
                _("“%(one)s” menunggu “%(other)s”, yang menunggu “%(one)s”: keduanya tidak akan pernah selesai.")
                % {"one": milestone.name, "other": need.name}
            )
    MilestoneNeed.objects.filter(mall_id=milestone.mall_id, milestone=milestone).delete()
    MilestoneNeed.objects.bulk_create(
        MilestoneNeed(mall_id=milestone.mall_id, milestone=milestone, needed=need) for need in wanted.values()
    )
    return sorted(wanted)


def _reached(start: int, edges: dict[int, set[int]]) -> set[int]:
    found, ahead = {start}, [start]
    while ahead:
        for each in edges.get(ahead.pop(), set()) - found:
            found.add(each)
            ahead.append(each)
    return found
