"""A small line of the path with the official figures on it, as a page draws it; the table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from pendopo.indicators.queries.paths import Course
from pendopo.kernel.figures import figure

WIDTH, HEIGHT, EDGE = 640, 220, 36


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of the drawing, and what stands beside it."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The path as one line, the figures as marks, and the years below."""

    width: int
    height: int
    line: str
    targets: Sequence[Mark]
    figures: Sequence[Mark]
    years: Sequence[Mark]


def drawing(course: Course) -> Drawing | None:
    """Draw an indicator that is known in two years or more; None where there is no line to draw."""
    years = course.years
    if len(years) < 2:
        return None
    known = [float(each.target) for each in years if each.target is not None]
    known += [float(each.figure.value) for each in years if each.figure]
    low, high = min(known), max(known)
    first, spread = years[0].year, (high - low) or 1.0

    def x(year: int) -> int:
        return round(EDGE + (year - first) * (WIDTH - 2 * EDGE) / (len(years) - 1))

    def y(value: float) -> int:
        return round(EDGE + (high - value) * (HEIGHT - 2.5 * EDGE) / spread)

    targets = [
        Mark(x(each.year), y(float(each.target)), figure(each.target) if each.is_set else "")
        for each in years
        if each.target is not None
    ]
    figures = [
        Mark(x(each.year), y(float(each.figure.value)), figure(each.figure.value)) for each in years if each.figure
    ]
    below = [Mark(x(each.year), HEIGHT - 10, str(each.year)) for each in years]
    return Drawing(WIDTH, HEIGHT, " ".join(f"{mark.x},{mark.y}" for mark in targets), targets, figures, below)
