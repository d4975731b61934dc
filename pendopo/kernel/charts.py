"""Bars and lines as small SVG, one picture for page and paper. The table beside it holds the same figures.

Colours stand in the style sheet; the attributes are what paper sees. Places are shares of the width, so that words keep
their size on a phone. Why no library: docs/decisions/0006-own-charts.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import chain, pairwise
from math import ceil, floor, log10

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pendopo.kernel.figures import figure

# In pixels: the whole, the room for the figures at the left, and the lines between which bars stand.
HEIGHT, LEFT, TOP, BOTTOM, PAPER = 220, 46, 20, 188, 640
# The room of a phone and of a desk for what stands below; a letter needs so much of it.
PHONE, DESK, LETTER, APART = 270, 560, 6.5, 10
STEPS = (1, 2, 2.5, 5, 10)


class Shape(StrEnum):
    """How figures are drawn: bars from zero, a line with dots, or the dashes of what should be."""

    BARS = "bars"
    LINE = "line"
    GOAL = "goal"


INK = {Shape.BARS: "#196bcd", Shape.LINE: "#1f1f1f", Shape.GOAL: "#a00000"}


@dataclass(frozen=True, slots=True)
class Series:
    """Figures under one name, one for each label; None where nothing is known."""

    name: str
    values: Sequence[float | None]
    shape: Shape = Shape.BARS

    @property
    def texts(self) -> list[str]:
        """The figures as people read them."""
        return ["–" if value is None else _text(value) for value in self.values]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with all that stands around it: `across` names its labels, and `places` puts them, from 0 to 1.

    Without `places` they stand evenly apart.
    """

    key: str
    title: str
    unit: str
    labels: Sequence[str]
    series: Sequence[Series]
    across: str = ""
    places: Sequence[float] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value is not None for each in self.series for value in each.values)

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The same figures, a row for each label."""
        return [
            (label, list(texts))
            for label, *texts in zip(self.labels, *(each.texts for each in self.series), strict=True)
        ]

    @property
    def told(self) -> str:
        """The chart in a sentence or two, for whoever does not see it."""
        return " ".join([f"{self.title} ({self.unit}).", *(_told(each, self.labels) for each in self.series)])

    @property
    def picture(self) -> SafeString:
        """The picture for a page: the scale keeps its width, the field beside it takes what is left."""
        if self.is_empty:
            return SafeString()
        scale = _Scale(self)
        return format_html(
            '<div class="chart-picture" role="img" aria-label="{}"><svg class="chart-scale" width="{}" height="{}">{}'
            '</svg><svg class="chart-field" height="{}">{}</svg></div>',
            self.told, LEFT, HEIGHT, scale.heights(), HEIGHT, scale.field(),
        )  # fmt: skip

    @property
    def printed(self) -> dict[str, object] | None:
        """What a printed document needs of it; None where there is nothing to draw."""
        if self.is_empty:
            return None
        scale = _Scale(self)
        picture = format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="Libertinus Serif"'
            ' font-size="13">{}<svg x="{}" width="{}" height="{}" overflow="visible">{}</svg></svg>',
            PAPER, HEIGHT, scale.heights(), LEFT, PAPER - LEFT, HEIGHT, scale.field(),
        )  # fmt: skip
        names = [[each.name, each.shape.value] for each in self.series]
        return {"title": self.title, "unit": self.unit, "told": self.told, "picture": str(picture), "names": names}


class _Scale:
    """Where figures and labels of a chart stand."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        known = [value for each in chart.series for value in each.values if value is not None]
        self.bars = [each for each in chart.series if each.shape is Shape.BARS]
        low, high = min(known), max(known)
        if self.bars:
            low, high = min(low, 0), max(high, 0)
        self.step = _step((high - low) or abs(high) or 1, is_whole=all(float(value).is_integer() for value in known))
        self.low = floor(low / self.step) * self.step
        self.high = self.low + self.step
        while self.high < high:
            self.high += self.step
        count = len(chart.labels)
        self.slot = 100 / count
        self.middles = [4 + 92 * place for place in chart.places] or [(n + 0.5) * self.slot for n in range(count)]

    def y(self, value: float) -> float:
        return round(BOTTOM - (value - self.low) * (BOTTOM - TOP) / (self.high - self.low), 1)

    @property
    def ticks(self) -> list[float]:
        return [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]

    def heights(self) -> SafeString:
        """Write the scale."""
        figures = ((LEFT - 8, self.y(tick) + 4, _short(tick)) for tick in self.ticks)
        return format_html_join("", '<text x="{}" y="{}" text-anchor="end" fill="#525252">{}</text>', figures)

    def field(self) -> SafeString:
        """Draw what stands beside the scale."""
        marks = (part for each in self.chart.series for part in self.marks(each))
        return format_html_join("", "{}", ((part,) for part in chain(self.lines(), marks, self.words())))

    def lines(self) -> Iterator[SafeString]:
        for tick in self.ticks:
            is_ground = abs(tick) < self.step / 1000 if self.bars else tick == self.low
            yield format_html(
                '<line class="{}" x1="0" x2="100%" y1="{y}" y2="{y}" stroke="{}"/>',
                "chart-ground" if is_ground else "chart-rule", "#525252" if is_ground else "#d4d4d4", y=self.y(tick),
            )  # fmt: skip

    def marks(self, series: Series) -> Iterator[SafeString]:
        points = [(x, self.y(value)) for x, value in zip(self.middles, series.values, strict=True) if value is not None]
        if series.shape is Shape.BARS:
            wide = min(0.72 * self.slot, 12) / len(self.bars)
            first = wide * (self.bars.index(series) - len(self.bars) / 2)
            for x, y in points:
                top, bottom = sorted((y, self.y(0)))
                yield format_html(
                    '<rect class="chart-bars" x="{}%" y="{}" width="{}%" height="{}" fill="{}"/>',
                    _share(x + first), top, _share(wide), round(bottom - top, 1), INK[series.shape],
                )  # fmt: skip
            return
        yield from self._line(series)
        if series.shape is Shape.LINE:
            for x, y in points:
                yield format_html(
                    '<circle class="chart-dot" cx="{}%" cy="{}" r="4" fill="{}"/>', _share(x), y, INK[series.shape]
                )

    def _line(self, series: Series) -> Iterator[SafeString]:
        """Join what is known one beside the other; what should always be the same goes from edge to edge."""
        drawn = [None if value is None else self.y(value) for value in series.values]
        places = list(zip(self.middles, drawn, strict=True))
        if series.shape is Shape.GOAL and len(set(drawn)) == 1:
            places = [(0, drawn[0]), (100, drawn[0])]
        for (x1, y1), (x2, y2) in pairwise(places):
            if y1 is None or y2 is None:
                continue
            yield format_html(
                '<line class="chart-{}" x1="{}%" y1="{}" x2="{}%" y2="{}" stroke="{}" stroke-width="2.5"'
                ' stroke-dasharray="{}"/>',
                series.shape.value, _share(x1), y1, _share(x2), y2, INK[series.shape],
                "7 5" if series.shape is Shape.GOAL else "none",
            )  # fmt: skip

    def words(self) -> Iterator[SafeString]:
        labels = zip(self.middles, self.chart.labels, strict=True)
        yield from self._written([(x, BOTTOM + 20, label) for x, label in labels])
        shown = next((each for each in self.chart.series if each.shape is not Shape.GOAL), None)
        if shown and len(self.bars) < 2:
            known = zip(self.middles, shown.values, shown.texts, strict=True)
            over = [(x, self._above(value), text) for x, value, text in known if value is not None]
            yield from self._written(over, css="chart-value")

    def _above(self, value: float) -> float:
        return self.y(max(value, 0) if self.bars else value) - 8

    def _written(self, words: list[tuple[float, float, str]], css: str = "chart-label") -> Iterator[SafeString]:
        """Write the words that do not touch each other: on a phone fewer than on a desk and on paper."""
        phone = desk = -100.0
        for x, y, word in words:
            room = LETTER * len(word) + APART
            if x - desk < 100 * room / DESK:
                continue
            desk = x
            is_wide_only = x - phone < 100 * room / PHONE
            phone = phone if is_wide_only else x
            yield format_html(
                '<text class="{}" x="{}%" y="{}" text-anchor="middle" fill="#1f1f1f" stroke="#fff" stroke-width="3"'
                ' paint-order="stroke">{}</text>',
                f"{css} chart-wide" if is_wide_only else css, _share(x), y, word,
            )  # fmt: skip


def _step(span: float, *, is_whole: bool) -> float:
    """Return a round step that goes into a span three to five times; what is counted has no halves."""
    power = 10.0 ** floor(log10(span / 4))
    step = next(step * power for step in STEPS if step * power >= span / 5)
    return ceil(step) if is_whole else step


def _share(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(value: float) -> str:
    return figure(Decimal(str(round(value, 2))))


def _short(value: float) -> str:
    """Write a figure of the scale so that it has room at the left."""
    for size, words in ((10**12, _("%(value)s T")), (10**9, _("%(value)s M")), (10**6, _("%(value)s jt"))):
        if abs(value) >= size:
            return words % {"value": _text(value / size)}
    return _text(value)


def _told(series: Series, labels: Sequence[str]) -> str:
    known = [(value, label) for value, label in zip(series.values, labels, strict=True) if value is not None]
    if not known:
        return _("%(name)s: belum ada angka.") % {"name": series.name}
    least, most, last = min(known, key=lambda each: each[0]), max(known, key=lambda each: each[0]), known[-1]
    told = {
        "name": series.name, "last": _text(last[0]), "last_at": last[1], "most": _text(most[0]), "most_at": most[1],
        "least": _text(least[0]), "least_at": least[1],
    }  # fmt: skip
    if least[0] == most[0]:
        return _("%(name)s: %(last)s.") % told
    words = (
        _("%(name)s: tertinggi %(most)s (%(most_at)s), terendah %(least)s (%(least_at)s),"),
        _("terakhir %(last)s (%(last_at)s)."),
    )
    return " ".join(words) % told
