"""How content visitors were, month by month: what they said with their ticket's key, never who."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg, Count, Q
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from pendopo.kernel import dates
from pendopo.kernel.charts import Chart, Series, Shape
from pendopo.surveys.models import Rating
from pendopo.tenancy.models import Mall

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """A month's ratings: how many, how many of them the best, and their mean (None without any)."""

    first: date
    count: int
    best: int
    mean: float | None

    @property
    def share(self) -> float | None:
        """How many in a hundred were very satisfied."""
        return round(100 * self.best / self.count, 1) if self.count else None

    @property
    def index(self) -> float | None:
        """The mean as PermenPANRB 14/2017 counts: times 25."""
        if self.mean is None:
            return None
        return float((Decimal(str(self.mean)) * 25).quantize(Decimal("0.1"), ROUND_HALF_UP))


def months(mall: Mall, today: date) -> list[Month]:
    """Return the last twelve months, the earliest first, those without any rating too; one query."""
    firsts = [today.replace(day=1)]
    while len(firsts) < MONTHS:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    firsts.reverse()
    zone = mall.zone
    begins = datetime.combine(firsts[0], time.min, zone)
    rows = Rating.objects.filter(mall=mall, at__gte=begins, at__lt=datetime.combine(today, time.max, zone))
    found = rows.annotate(month=TruncMonth("at", tzinfo=zone)).values("month").order_by()
    counted = {
        row["month"].date(): (row["count"], row["best"], row["mean"])
        for row in found.annotate(
            count=Count("pk"), best=Count("pk", filter=Q(score=Rating.Score.VERY_GOOD)), mean=Avg("score")
        )
    }
    return [Month(first, *counted.get(first, (0, 0, None))) for first in firsts]


def chart(found: Sequence[Month]) -> Chart:
    """Draw the share of the very satisfied."""
    series = [Series(_("sangat puas"), [each.share for each in found], Shape.LINE)]
    labels = [dates.short_month(each.first) for each in found]
    return Chart("satisfaction", _("Pengunjung yang sangat puas"), _("persen"), labels, series, across=_("Bulan"))
