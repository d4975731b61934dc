"""Where an indicator should be, where it is, and whether that is on the path."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from pendopo.indicators.models import Indicator, OfficialFigure, TargetPoint
from pendopo.tenancy.models import Mall


class Verdict(TextChoices):
    """How the last figure lies to the path."""

    ON = "on", _("Sesuai jalur")
    OFF = "off", _("Di luar jalur")
    BASE = "base", _("Pangkal jalur, belum dapat dinilai")
    NO_FIGURE = "no_figure", _("Belum ada angka")
    NO_PATH = "no_path", _("Belum ada target")


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the path: where the indicator should be, whether that was set or lies between, and what it was."""

    year: int
    target: Decimal | None
    is_set: bool
    figure: OfficialFigure | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """An indicator with its path, its figures, and how it stands."""

    indicator: Indicator
    points: Sequence[TargetPoint]
    figures: Sequence[OfficialFigure]

    @property
    def last(self) -> OfficialFigure | None:
        """The last official figure."""
        return self.figures[-1] if self.figures else None

    @property
    def goal(self) -> TargetPoint | None:
        """The last point of the path."""
        return self.points[-1] if self.points else None

    def target(self, year: int) -> Decimal | None:
        """Return where it should be in a year: a straight line between points, the goal after it; None before them."""
        before = [point for point in self.points if point.year <= year]
        after = [point for point in self.points if point.year >= year]
        if not before:
            return None
        if not after:
            return before[-1].value
        one, other = before[-1], after[0]
        if one.year == other.year:
            return one.value
        share = Decimal(year - one.year) / Decimal(other.year - one.year)
        return (one.value + (other.value - one.value) * share).quantize(Decimal("0.01"))

    @property
    def verdict(self) -> Verdict:
        """How the last figure lies to the path."""
        if self.last is None:
            return Verdict.NO_FIGURE
        target = self.target(self.last.as_of.year)
        if target is None:
            return Verdict.NO_PATH
        if len(self.points) > 1 and self.last.as_of.year == self.points[0].year:
            return Verdict.BASE
        is_lower = self.indicator.better == Indicator.Better.LOWER
        is_on = self.last.value <= target if is_lower else self.last.value >= target
        return Verdict.ON if is_on else Verdict.OFF

    @property
    def years(self) -> list[Year]:
        """Every year from the first to the last that has a point or figure."""
        known = [point.year for point in self.points] + [figure.as_of.year for figure in self.figures]
        if not known:
            return []
        points = {point.year: point for point in self.points}
        figures = {figure.as_of.year: figure for figure in self.figures}
        return [
            Year(
                year,
                self.target(year),
                year in points,
                figures.get(year),
                points[year].source if year in points else "",
            )
            for year in range(min(known), max(known) + 1)
        ]


def courses(mall: Mall, indicators: Iterable[Indicator], at: datetime) -> list[Course]:
    """Return indicators with their paths and figures as they were known at a moment, in two queries.

    A figure counts from its own day on, also where it was noted later; a correction, a target and another target in
    its place from when they were noted.
    """
    wanted = list(indicators)
    points: dict[int, list[TargetPoint]] = defaultdict(list)
    not_replaced = Q(replacement=None) | Q(replacement__noted_at__gt=at)
    set_then = TargetPoint.objects.filter(not_replaced, mall=mall, indicator__in=wanted, noted_at__lte=at)
    for point in set_then.order_by("year"):
        points[point.indicator_id].append(point)
    figures: dict[int, list[OfficialFigure]] = defaultdict(list)
    reported = OfficialFigure.objects.filter(known(mall, at), mall=mall, indicator__in=wanted)
    for figure in reported.order_by("as_of", "pk"):
        figures[figure.indicator_id].append(figure)
    return [Course(each, points[each.pk], figures[each.pk]) for each in wanted]


def known(mall: Mall, at: datetime) -> Q:
    """Return what figures must fulfil to be known at a moment, and not corrected by then."""
    return (
        Q(as_of__lte=mall.local(at).date())
        & (Q(correction=None) | Q(correction__noted_at__gt=at))
        & (Q(corrects=None) | Q(noted_at__lte=at))
    )
