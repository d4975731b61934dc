"""The path of an indicator as a chart: what should be, and what was."""

from django.utils.translation import gettext as _

from pendopo.indicators.queries.paths import Course
from pendopo.kernel.charts import Chart, Series, Shape


def chart(course: Course) -> Chart:
    """Draw every year from the first to the last that has a target or figure."""
    years = course.years
    return Chart(
        "path",
        course.indicator.name,
        course.indicator.unit,
        [str(each.year) for each in years],
        [
            Series(_("angka resmi"), [float(each.figure.value) if each.figure else None for each in years], Shape.LINE),
            Series(_("target"), [None if each.target is None else float(each.target) for each in years], Shape.GOAL),
        ],
        across=_("Tahun"),
    )
