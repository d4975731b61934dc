"""One Agency One Innovation: which agencies have an innovation of a year, and which have none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.innovations.models import Competition, Innovation, Proposal
from pendopo.kernel.cursors import Page, page_of
from pendopo.tenancy.models import Mall

PAGE = 25
# Everything, for a file; a government has no more agencies.
ALL = 5_000


class State(models.TextChoices):
    """How an agency stands in a year."""

    HAVING = "having", _("Sudah ada")
    DRAFTING = "drafting", _("Sedang disusun")
    NONE = "none", _("Belum ada")


@dataclass(frozen=True, slots=True)
class InnovationStanding:
    """How many agencies have an innovation of a year, and how many lack one."""

    having: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Line:
    """An agency, how it stands, its innovations of the year, and how many it had before."""

    agency: Agency
    state: State
    innovations: Sequence[Innovation]
    earlier: int

    @property
    def names(self) -> str:
        """The names in one line, for a file."""
        return "; ".join(each.name for each in self.innovations)


class StandingQuerySet(models.QuerySet[Agency]):
    def standing(self, mall: Mall, year: int) -> Self:
        """Say of each agency how it stands: an innovation of the year, or a proposal handed in that year, is one."""
        own = Innovation.objects.filter(mall=mall, agency=OuterRef("pk")).counted_in(year)
        proposals = Proposal.objects.filter(mall=mall, innovation__agency=OuterRef("pk"), competition__year=year)
        submitted = proposals.filter(state=Proposal.State.SUBMITTED)
        drafts = proposals.filter(state=Proposal.State.DRAFT)
        return self.filter(mall=mall).annotate(
            standing=Case(
                When(Exists(own) | Exists(submitted), then=Value(State.HAVING.value)),
                When(Exists(drafts), then=Value(State.DRAFTING.value)),
                default=Value(State.NONE.value),
                output_field=CharField(),
            )
        )


def standing(mall: Mall, year: int) -> InnovationStanding:
    """Count the agencies that have an innovation of a year, and those that lack one."""
    agencies = StandingQuerySet(Agency).standing(mall, year)
    counted = agencies.aggregate(all=Count("pk"), having=Count("pk", filter=Q(standing=State.HAVING)))
    return InnovationStanding(counted["having"], counted["all"] - counted["having"])


def lines(
    mall: Mall, actor: Actor, year: int, *, state: str = "", words: str = "", cursor: str = "", size: int = PAGE
) -> Page[Line]:
    """Return agencies by name with how they stand; an agency's admin sees the own one. Raises NotUnderstood."""
    rows = StandingQuerySet(Agency).standing(mall, year)
    if actor.overseen is not None:
        rows = rows.filter(pk__in=actor.overseen)
    if state:
        rows = rows.filter(Q(standing=state))
    if words:
        rows = rows.filter(name__icontains=words)
    page = page_of(rows, cursor, size)
    of_year: dict[int, dict[int, Innovation]] = {}
    shown = [each.pk for each in page.items]
    states = {row["pk"]: row["how"] for row in rows.filter(pk__in=shown).values("pk", how=F("standing"))}
    for each in Innovation.objects.filter(mall=mall, agency__in=shown).counted_in(year).order_by("name"):
        of_year.setdefault(each.agency_id, {})[each.pk] = each
    sent = Proposal.objects.filter(
        mall=mall, innovation__agency__in=shown, competition__year=year, state=Proposal.State.SUBMITTED
    )
    for proposal in sent.select_related("innovation").order_by("innovation__name"):
        of_year.setdefault(proposal.innovation.agency_id, {})[proposal.innovation_id] = proposal.innovation
    before = Innovation.objects.filter(mall=mall, agency__in=shown, year__lt=year).values("agency")
    earlier = dict(before.annotate(number=Count("pk")).values_list("agency", "number"))
    return page.showing(
        [
            Line(each, State(states[each.pk]), list(of_year.get(each.pk, {}).values()), earlier.get(each.pk, 0))
            for each in page.items
        ]
    )


def years(mall: Mall) -> list[int]:
    """Return the years of which there is anything, the newest first."""
    of_register = Innovation.objects.filter(mall=mall).values_list("year", flat=True)
    of_rounds = Competition.objects.filter(mall=mall).values_list("year", flat=True)
    return sorted({*of_register.distinct(), *of_rounds.distinct()}, reverse=True)
