"""The places of the day: which rules a mall has, and how many are left today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from pendopo.queues.models import QueueService, QuotaDay, QuotaRule
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Ledger:
    """A service's places today."""

    service: str
    site: str
    total: int
    taken: int

    @property
    def left(self) -> int:
        """How many are left."""
        return self.total - self.taken

    @property
    def is_short(self) -> bool:
        """Whether less than a tenth is left."""
        return self.left * 10 < self.total


def rules(mall: Mall) -> list[QuotaRule]:
    """Return the rules of a mall by service, every day first, then weekdays, then dates."""
    found = QuotaRule.objects.filter(mall=mall).select_related("service", "site")
    in_turn = (F("day").asc(nulls_first=True), F("weekday").asc(nulls_first=True))
    return list(found.order_by("service__name", "site__position", "site__pk", *in_turn))


def ledgers(mall: Mall, day: date) -> list[Ledger]:
    """Return the places of a day, those with the fewest left first; also where nobody has taken one yet."""
    begun = QuotaDay.objects.filter(mall=mall, day=day).select_related("service", "site")
    rows = {
        (row.service_id, row.site_id): Ledger(row.service.name, row.site.name, row.total, row.taken) for row in begun
    }
    of_day = Q(day=day) | Q(day=None, weekday=day.isoweekday()) | Q(day=None, weekday=None)
    in_turn = (F("day").asc(nulls_last=True), F("weekday").asc(nulls_last=True))
    rules = QuotaRule.objects.filter(of_day, mall=mall).select_related("service", "site")
    for rule in rules.order_by("service", "site", *in_turn).distinct("service", "site"):
        rows.setdefault((rule.service_id, rule.site_id), Ledger(rule.service.name, rule.site.name, rule.total, 0))
    return sorted(rows.values(), key=lambda row: (row.left, row.service))


def places_with_queues(mall: Mall) -> Sequence[QueueService]:
    """Return each service at each site where it has a queue."""
    found = QueueService.objects.filter(mall=mall, site__retired_at=None).select_related("service__agency", "site")
    return list(found.order_by("service__agency__short_name", "service__name", "site__position"))
