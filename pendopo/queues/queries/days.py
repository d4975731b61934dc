"""On which weekdays services are given, and which events are declared."""

from collections.abc import Sequence
from datetime import date

from pendopo.catalogue.models import Variant
from pendopo.queues.models import EventDay, QueueService, ServiceDays
from pendopo.tenancy.models import Mall


def service_days(mall: Mall) -> list[ServiceDays]:
    """Return the services and cases that are not given on every open day."""
    found = ServiceDays.objects.filter(mall=mall).select_related("service__agency", "site", "variant")
    return list(found.order_by("service__name", "variant__position", "pk"))


def events(mall: Mall, today: date) -> list[EventDay]:
    """Return the events of today and later, the next first."""
    found = EventDay.objects.filter(mall=mall, day__gte=today).select_related("service__agency", "site", "queue")
    return list(found.order_by("day", "service__name"))


def cases_with_queues(lines: Sequence[QueueService]) -> dict[int, list[Variant]]:
    """Return the cases of those services that have several, by service."""
    cases: dict[int, list[Variant]] = {}
    found = Variant.objects.filter(service__in={line.service_id for line in lines}).select_related("service")
    for case in found.order_by("position"):
        cases.setdefault(case.service_id, []).append(case)
    return {service: of_one for service, of_one in cases.items() if len(of_one) > 1}
