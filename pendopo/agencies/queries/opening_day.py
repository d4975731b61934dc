"""Can we open on a day? Yes, not yet or no, and what stands in the way, each with its owner."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pendopo.agencies.models import (
    Agency,
    Agreement,
    Milestone,
    MilestoneNeed,
    Preparation,
    PreparationItem,
    Signatory,
)
from pendopo.agencies.queries.capacity import rooms
from pendopo.agencies.types import Actor
from pendopo.tenancy.models import Mall

# What binds an agency to serve. A nota kesepakatan alone is an intention.
BINDING = (Agreement.Kind.CONTRACT, Agreement.Kind.COMMITMENT)


class Answer(StrEnum):
    """Whether the mall can open on a day."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Blocker:
    """What stands in the way of the opening, whose it is, and when it is to be done.

    It blocks when that is after the day or in the past, or when nobody has named a day; else it is only still open.
    """

    what: str
    owner: str
    due_on: date | None
    agency_code: str = ""
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Opening:
    """The answer for a day, and everything that is still open: what blocks first."""

    day: date
    answer: Answer
    blockers: Sequence[Blocker]


def can_open(mall: Mall, milestone: Milestone | None, day: date, today: date) -> Opening:
    """Say whether the mall can open on a day by a milestone (None: none is planned, which itself blocks).

    What counts: the milestones that must come before, for each agency that takes part an agreement that binds it on
    that day and its whole checklist, and room for those who move in.
    """
    found = [*_milestones(mall, milestone), *_agreements(mall, day), *_items(mall), *_room(mall)]
    judged = sorted((_judged(each, day, today) for each in found), key=lambda each: not each.blocks)
    if not judged:
        answer = Answer.YES if day >= today else Answer.NO
    else:
        answer = Answer.NO if any(each.blocks for each in judged) or day < today else Answer.NOT_YET
    return Opening(day, answer, judged)


def _judged(found: Blocker, day: date, today: date) -> Blocker:
    in_time = found.due_on is not None and today <= found.due_on <= day
    return Blocker(found.what, found.owner, found.due_on, found.agency_code, not in_time)


def own_part(found: Opening, actor: Actor) -> Opening:
    """Leave out what is lacking at agencies other than the actor's own; the answer stays that for the mall."""
    codes = set(Agency.objects.filter(pk__in=actor.overseen or ()).values_list("code", flat=True)) | {""}
    return Opening(found.day, found.answer, [each for each in found.blockers if each.agency_code in codes])


def milestones(mall: Mall) -> list[tuple[Milestone, list[Milestone]]]:
    """Return the milestones with what each needs before: by their plan, those without a day last."""
    rows = {each.pk: each for each in Milestone.objects.filter(mall=mall).order_by("planned_on", "pk")[:200]}
    needs: dict[int, list[Milestone]] = {}
    for one, needed in MilestoneNeed.objects.filter(mall=mall).order_by("pk").values_list("milestone", "needed"):
        if one in rows and needed in rows:
            needs.setdefault(one, []).append(rows[needed])
    return [(each, needs.get(each.pk, [])) for each in rows.values()]


def _milestones(mall: Mall, milestone: Milestone | None) -> Iterator[Blocker]:
    if milestone is None:
        yield Blocker(_("Belum ada tonggak pembukaan dalam rencana."), _("Pengelola MPP"), None)
        return
    needs = {one.pk: before for one, before in milestones(mall)}
    seen, ahead = {milestone.pk}, list(needs.get(milestone.pk, []))
    while ahead:
        each = ahead.pop(0)
        if each.pk in seen:
            continue
        seen.add(each.pk)
        ahead += needs.get(each.pk, [])
        if each.done_on is None:
            yield Blocker(_("Tonggak “%(name)s” belum selesai.") % {"name": each.name}, each.owner, each.planned_on)


def _agreements(mall: Mall, day: date) -> Iterator[Blocker]:
    binding = Signatory.objects.filter(mall=mall, agency=OuterRef("agency"), agreement__kind__in=BINDING)
    in_force = binding.filter(
        Q(agreement__ends_on=None) | Q(agreement__ends_on__gte=day),
        Q(agreement__ended_on=None) | Q(agreement__ended_on__gt=day),
        agreement__starts_on__lte=day,
        state=Signatory.State.SIGNED,
    )
    rows = Preparation.objects.filter(mall=mall).exclude(Exists(in_force)).select_related("agency")
    lacking = list(rows.order_by("agency__name"))
    due = _soonest(
        Signatory.objects.filter(
            mall=mall, agreement__kind__in=BINDING, agency__in=[each.agency_id for each in lacking]
        )
        .exclude(state=Signatory.State.SIGNED)
        .order_by("-due_on")
    )
    for each in lacking:
        what = _("Belum ada perjanjian kerja sama atau komitmen yang berlaku pada hari itu.")
        yield Blocker(what, each.agency.name, due.get(each.agency_id), each.agency.code)


def _soonest(rows: Iterable[Signatory]) -> dict[int, date]:
    return {row.agency_id: row.due_on for row in rows if row.agency_id and row.due_on}


def _items(mall: Mall) -> Iterator[Blocker]:
    rows = PreparationItem.objects.filter(mall=mall, ready_on=None).select_related("preparation__agency")
    for each in rows.order_by("preparation__agency__name", "due_on", "pk")[:500]:
        what = f"{each.get_kind_display()}: {each.name}" + (f" ({each.note})" if each.note else "")
        agency = each.preparation.agency
        yield Blocker(what, agency.name, each.due_on, agency.code)


def _room(mall: Mall) -> Iterator[Blocker]:
    for room in rooms(mall):
        if room.is_over:
            what = _("%(site)s tidak memuat semua yang akan datang: loket atau parkir kurang.")
            yield Blocker(what % {"site": room.site.name}, _("Pengelola MPP"), None)
