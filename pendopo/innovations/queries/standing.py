"""One Agency One Innovation: which agencies have an innovation of a year, and which have none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
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


def _with_state(mall: Mall, year: int) -> QuerySet[Agency]:
    """Say of each agency how it stands: an innovation of the year, or a proposal handed in that year, is one."""
    own = Innovation.objects.counted_in(year).filter(mall=mall, agency=OuterRef("pk"))
    proposals = Proposal.objects.filter(mall=mall, innovation__agency=OuterRef("pk"), competition__year=year)
    return Agency.objects.filter(mall=mall).annotate(
        state=Case(
            When(
                Exists(own) | Exists(proposals.filter(state=Proposal.State.SUBMITTED)), then=Value(State.HAVING.value)
            ),
            When(Exists(proposals.filter(state=Proposal.State.DRAFT)), then=Value(State.DRAFTING.value)),
            default=Value(State.NONE.value),
            output_field=CharField(),
        )
    )


def standing(mall: Mall, year: int) -> InnovationStanding:
    """Count the agencies that have an innovation of a year, and those that lack one."""
    counted = _with_state(mall, year).aggregate(all=Count("pk"), having=Count("pk", filter=Q(state=State.HAVING)))
    return InnovationStanding(counted["having"], counted["all"] - counted["having"])


def lines(
    mall: Mall, actor: Actor, year: int, *, state: str = "", words: str = "", cursor: str = "", size: int = PAGE
) -> Page[Line]:
    """Return agencies by name with how they stand; an agency's admin sees the own one. Raises NotUnderstood."""
    rows = _with_state(mall, year)
    if actor.overseen is not None:
        rows = rows.filter(pk__in=actor.overseen)
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(name__icontains=words)
    page = page_of(rows, cursor, size)
    of_year: dict[int, dict[int, Innovation]] = {}
    shown = [each.pk for each in page.items]
    for each in Innovation.objects.counted_in(year).filter(mall=mall, agency__in=shown).order_by("name"):
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
            Line(each, State(each.state), list(of_year.get(each.pk, {}).values()), earlier.get(each.pk, 0))
            for each in page.items
        ]
    )


def years(mall: Mall) -> list[int]:
    """Return the years of which there is anything, the newest first."""
    of_register = Innovation.objects.filter(mall=mall).values_list("year", flat=True)
    of_rounds = Competition.objects.filter(mall=mall).values_list("year", flat=True)
    return sorted({*of_register.distinct(), *of_rounds.distinct()}, reverse=True)
