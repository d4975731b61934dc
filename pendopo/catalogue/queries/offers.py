"""What is published of a service and of an agency, and what variants cost."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _

from pendopo.catalogue.models import Fee, Published
from pendopo.catalogue.models.published import Tariff
from pendopo.kernel.errors import NotFound
from pendopo.tenancy.models import Mall


def published_service(mall: Mall, code: str) -> list[Published]:
    """Return all published variants of a service, by its own or a variant's code. Raises NotFound."""
    found = Published.objects.of_mall(mall)
    services = found.filter(Q(service_code=code) | Q(code=code)).values("service_code")
    variants = list(found.filter(service_code__in=services).order_by("position"))
    if not variants:
        raise NotFound(_("Layanan “%(code)s” tidak ada di MPP ini.") % {"code": code[:40]})
    return variants


def services_of_agency(mall: Mall, agency: str) -> list[Published]:
    """Return all that an agency has published, by name: a kiosk shows them page by page, back and forth."""
    return list(Published.objects.of_mall(mall).filter(agency_code=agency).order_by("name", "code")[:500])


@dataclass(frozen=True, slots=True)
class AgencyCount:
    """An agency with how many services (variants) it has published."""

    code: str
    name: str
    count: int
    outlet_id: int


def agencies(mall: Mall) -> list[AgencyCount]:
    """Return the agencies that have published something, by name."""
    rows = (
        Published.objects.of_mall(mall)
        .values("agency_code", "agency_name")
        .annotate(count=Count("id"), outlet=Min("outlet_id"))
        .order_by("agency_name")
    )
    return [AgencyCount(row["agency_code"], row["agency_name"], row["count"], row["outlet"]) for row in rows]


def fees_on(mall: Mall, day: date) -> dict[int, Fee]:
    """Return the fee of each variant that has one on a day, by variant."""
    rows = Fee.objects.in_force(day).filter(mall=mall)
    return {fee.variant_id: fee for fee in rows.order_by("valid_from")}


def tariffs(mall: Mall, today: date) -> dict[int, list[Tariff]]:
    """Return the fees of each variant that hold or will, the nearest first: what is published of them."""
    found: dict[int, list[Tariff]] = {}
    for fee in Fee.objects.not_over(today).filter(mall=mall).order_by("valid_from"):
        until = fee.valid_to.isoformat() if fee.valid_to else None
        told = Tariff(amount=fee.amount, basis=fee.basis, valid_from=fee.valid_from.isoformat(), valid_to=until)
        found.setdefault(fee.variant_id, []).append(told)
    return found
