"""The indicators of a mall, one of them, its figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.catalogue.models import Service
from pendopo.indicators.models import Indicator, OfficialFigure
from pendopo.indicators.queries import contributions
from pendopo.indicators.queries.paths import Course, courses
from pendopo.kernel.cursors import Page, page_by_time, page_of
from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.tenancy.models import Mall

PAGE, ALL = 25, 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in the list: its course, and how many tickets of a year count for it."""

    course: Course
    tickets: int


def indicators(mall: Mall, at: datetime, *, cursor: str = "", size: int = PAGE) -> Page[Line]:
    """Return indicators by name with how they stood at a moment and what the mall did for them until then."""
    page = page_of(Indicator.objects.filter(mall=mall), cursor, size)
    counted = contributions.this_year(mall, page.items, mall.local(at).date())
    return page.showing([Line(each, counted.get(each.indicator.pk, 0)) for each in courses(mall, page.items, at)])


def indicator_of(mall: Mall, code: str) -> Indicator:
    """Return an indicator by its code. Raises NotFound."""
    found = Indicator.objects.filter(mall=mall, code=code).select_related("mall").first()
    if found is None:
        raise NotFound(_("Indikator ini tidak ada."))
    return found


def figures(indicator: Indicator, at: datetime, *, cursor: str = "", size: int = PAGE) -> Page[OfficialFigure]:
    """Return every figure of an indicator up to a moment, the latest first; what was corrected too."""
    rows = OfficialFigure.objects.filter(
        Q(corrects=None) | Q(noted_at__lte=at), mall_id=indicator.mall_id, indicator=indicator,
        as_of__lte=indicator.mall.local(at).date(),
    )  # fmt: skip
    return page_by_time(rows.select_related("account", "correction"), cursor, size, by="as_of")


def figure_of(indicator: Indicator, number: int) -> OfficialFigure:
    """Return one figure of an indicator. Raises NotFound."""
    rows = OfficialFigure.objects.filter(mall_id=indicator.mall_id, indicator=indicator)
    return row_of(rows, number, _("Angka ini tidak ada pada indikator ini."))


def services_of(mall: Mall, indicator: Indicator) -> Sequence[Service]:
    """Return the services that count for an indicator, by name."""
    rows = Service.objects.filter(mall=mall, pk__in=indicator.services.values("service")).select_related("agency")
    return list(rows.order_by("name", "pk"))
