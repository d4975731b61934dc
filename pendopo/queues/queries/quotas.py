"""The places of the day: which rules a mall has, and how many are left today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from pendopo.audit.models import Entry
from pendopo.queues.models import QueueService, QuotaDay, QuotaRule
from pendopo.tenancy.models import Mall

DECISIONS = ("hall.rules_set", "quota.set", "quota.removed")


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


def rules(mall: Mall) -> list[QuotaRule]:
    """Return the rules of a mall by service, every day first, then weekdays, then dates."""
    found = QuotaRule.objects.filter(mall=mall).select_related("service", "site")
    in_turn = (F("day").asc(nulls_first=True), F("weekday").asc(nulls_first=True))
    return list(found.order_by("service__name", "site__position", "site__pk", *in_turn))


def ledgers(mall: Mall, day: date) -> list[Ledger]:
    """Return the places of a day, those with the fewest left first."""
    found = QuotaDay.objects.filter(mall=mall, day=day).select_related("service", "site")
    rows = [Ledger(row.service.name, row.site.name, row.total, row.taken) for row in found]
    return sorted(rows, key=lambda row: (row.left, row.service))


def places_with_queues(mall: Mall) -> Sequence[QueueService]:
    """Return each service at each site where it has a queue."""
    found = QueueService.objects.filter(mall=mall).select_related("service__agency", "site")
    return list(found.order_by("service__agency__short_name", "service__name", "site__position"))


def decisions(mall: Mall, actions: Sequence[str] = DECISIONS, *, most: int = 10) -> list[Entry]:
    """Return the last decisions about the hall, with who decided and why."""
    found = Entry.objects.filter(mall=mall, action__in=actions).select_related("account")
    return list(found.order_by("-pk")[:most])
