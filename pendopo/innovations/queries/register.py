"""The register as lists and pages: for staff, and for the public what is published."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.innovations.models import Award, Innovation, Replication, Usage
from pendopo.innovations.models.register import InnovationQuerySet
from pendopo.kernel.cursors import Page, page_of
from pendopo.kernel.rows import row_of
from pendopo.tenancy.models import Mall

PAGE = 25
ALL = 20_000
MOST_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Filter:
    """Which innovations are wanted: of a year, with a life, with words in name, expansion or agency."""

    year: int | None = None
    life: str = ""
    words: str = ""


def visible(mall: Mall, actor: Actor) -> InnovationQuerySet:
    """Return the innovations that somebody may see: all, or those of their agency."""
    rows = Innovation.objects.filter(mall=mall)
    return rows if actor.overseen is None else rows.filter(agency__in=actor.overseen)


def innovations(
    mall: Mall, actor: Actor, day: date, wanted: Filter, *, cursor: str = "", size: int = PAGE
) -> Page[Innovation]:
    """Return innovations by name with what became of each until a day. Raises NotUnderstood for a wrong cursor."""
    rows = visible(mall, actor).living(day).select_related("agency").prefetch_related("awards")
    if wanted.year is not None:
        rows = rows.filter(year=wanted.year)
    if wanted.life:
        rows = rows.filter(Q(life=wanted.life))
    if wanted.words:
        rows = rows.filter(_holding(wanted.words))
    return page_of(rows, cursor, size)


def published(mall: Mall, day: date, words: str, *, cursor: str = "", size: int = PAGE) -> Page[Innovation]:
    """Return what everybody may read, by name. Raises NotUnderstood for a wrong cursor."""
    rows = Innovation.objects.filter(mall=mall, is_published=True).living(day)
    if words:
        rows = rows.filter(_holding(words))
    return page_of(rows.select_related("agency").prefetch_related("awards"), cursor, size)


def _holding(words: str) -> Q:
    return Q(name__icontains=words) | Q(expansion__icontains=words) | Q(agency__name__icontains=words)


def innovation(mall: Mall, actor: Actor, number: int, day: date) -> Innovation:
    """Return an innovation with what became of it. Raises NotFound, also for one that whoever asks may not see."""
    rows = visible(mall, actor).living(day).select_related("agency")
    return row_of(rows, number, _("Inovasi tidak ditemukan."))


def usages(innovation: Innovation) -> list[Usage]:
    """Return the newest months of use, the last first."""
    rows = Usage.objects.filter(mall_id=innovation.mall_id, innovation=innovation)
    return list(rows.order_by("-month")[:MOST_MONTHS])


def awards(innovation: Innovation) -> list[Award]:
    """Return what it won, the newest first."""
    return list(Award.objects.filter(mall_id=innovation.mall_id, innovation=innovation).order_by("-year", "name"))


def replications_of(innovation: Innovation) -> list[Replication]:
    """Return who took it over, the first before."""
    rows = Replication.objects.filter(mall_id=innovation.mall_id, innovation=innovation)
    return list(rows.select_related("agency").order_by("since", "pk"))


def replications(mall: Mall, actor: Actor, *, cursor: str = "", size: int = PAGE) -> Page[Replication]:
    """Return who took over which innovation from whom, by the innovation's name. Raises NotUnderstood."""
    rows = Replication.objects.filter(mall=mall).select_related("innovation__agency", "agency")
    if actor.overseen is not None:
        rows = rows.filter(Q(innovation__agency__in=actor.overseen) | Q(agency__in=actor.overseen))
    return page_of(rows, cursor, size, by="innovation__name")
