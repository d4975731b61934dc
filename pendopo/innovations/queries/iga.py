"""The innovation index of a year from what was written of it."""

from dataclasses import dataclass
from decimal import Decimal

from pendopo.innovations import iga
from pendopo.innovations.models import IgaMaximum, IgaScore, Innovation
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Scored:
    """An innovation with its scores of the year, and their sum."""

    innovation: Innovation
    scores: dict[int, Decimal]

    @property
    def total(self) -> Decimal:
        """All its scores together."""
        return sum(self.scores.values(), Decimal(0))


@dataclass(frozen=True, slots=True)
class Year:
    """A year's index with what it was counted from and the sources that were named; `registered`: of that very year."""

    index: iga.Index
    registered: int
    maxima: dict[int, Decimal]
    scores: dict[int, Decimal]
    scored: list[Scored]
    sources: list[str]


def year(mall: Mall, number: int) -> Year:
    """Return the index of a year."""
    known = IgaMaximum.objects.filter(mall=mall, year=number)
    maxima = dict(known.values_list("number", "maximum"))
    own: dict[int, Decimal] = {}
    of_each: dict[int, Scored] = {}
    rows = IgaScore.objects.filter(mall=mall, year=number).select_related("innovation")
    sources = {*known.values_list("source", flat=True)}
    for row in rows.order_by("innovation__name", "innovation", "number"):
        sources.add(row.source)
        if row.innovation is None:
            own[row.number] = row.score
        else:
            of_each.setdefault(row.innovation.pk, Scored(row.innovation, {})).scores[row.number] = row.score
    scored = list(of_each.values())
    index = iga.index(own, [each.scores for each in scored], maxima)
    registered = Innovation.objects.filter(mall=mall, year=number).count()
    return Year(index, registered, maxima, own, scored, sorted(sources))


def years(mall: Mall) -> list[int]:
    """Return the years of which anything is written, the newest first."""
    found = {
        *IgaMaximum.objects.filter(mall=mall).values_list("year", flat=True).distinct(),
        *IgaScore.objects.filter(mall=mall).values_list("year", flat=True).distinct(),
    }
    return sorted(found, reverse=True)


def innovations_of(mall: Mall, number: int) -> list[Innovation]:
    """Return the innovations registered until a year that had not ended before it, by name: those to be scored."""
    rows = Innovation.objects.filter(mall=mall, year__lte=number).exclude(ended_on__year__lt=number)
    return list(rows.order_by("name", "pk"))
