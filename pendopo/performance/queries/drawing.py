"""Days and months as charts: who came beside what is usual, and how content they were."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from pendopo.kernel import dates
from pendopo.kernel.charts import Chart, Series, Shape
from pendopo.performance.queries import days
from pendopo.tenancy.models import Mall

FORTNIGHT = timedelta(days=13)


def fortnight(mall: Mall, last: date) -> Chart:
    """Draw the visitors of the fourteen days up to one, each beside the usual of its weekday; one query."""
    return _visitors(mall, last - FORTNIGHT, last, _("Pengunjung 14 hari terakhir"))


def week(mall: Mall, first: date, last: date) -> Chart:
    """Draw the visitors of a week, each day beside the usual of its weekday; one query."""
    return _visitors(mall, first, last, _("Pengunjung hari demi hari"))


def _visitors(mall: Mall, first: date, last: date, title: str) -> Chart:
    found = days.course(mall, first, last)
    came: Sequence[float | None] = [visitors for _day, visitors, _usual in found]
    usual: Sequence[float | None] = [each for _day, _visitors, each in found]
    series = [Series(_("pengunjung"), came), Series(_("biasanya pada hari itu"), usual, Shape.LINE)]
    return Chart(
        "visitors", title, _("orang"), [dates.day_and_month(day.day, day.month) for day, *_rest in found], series,
        across=_("Hari"),
    )  # fmt: skip
