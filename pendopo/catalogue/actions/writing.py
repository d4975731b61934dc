"""Writing what the mall offers: services with their variants and fees, and where they are offered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from pendopo.agencies.models import Agency, Outlet
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.models import Fee, Offering, Service, Variant
from pendopo.catalogue.names import recognised, service_code
from pendopo.tenancy.models import Site


@dataclass(frozen=True, slots=True)
class Price:
    """A fee in rupiah with the regulation that says so."""

    amount: int
    basis: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What is told of one variant when a service is written."""

    name: str = ""
    requirements: Sequence[str] = ()
    duration: str = ""
    price: Price | None = None
    texts: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def write_service(
    agency: Agency,
    *,
    name: str,
    at: datetime,
    cases: Sequence[Case] = (Case(),),
    group: str = "",
    kind: str = Service.Kind.HERE,
    origin: str = Service.Origin.WRITTEN,
    description: str = "",
    procedure: str = "",
    by: Who | None = None,
) -> Service:
    """Add a service with its variants under a code of ours, which it keeps for ever."""
    mall_id = agency.mall_id
    # The agency's row is the lock for its numbers: two imports never give one code twice.
    Agency.objects.select_for_update().get(pk=agency.pk)
    code = service_code(agency.code, _next_number(agency))
    service = Service.objects.create(
        mall_id=mall_id,
        agency=agency,
        code=code,
        name=name,
        recognised_as=recognised(name),
        group=group,
        kind=kind,
        origin=origin,
        description=description,
        procedure=procedure,
    )
    for position, case in enumerate(cases, start=1):
        _write_variant(service, position, case, single=len(cases) == 1, at=at)
    audit.record("service.written", f"service:{service.pk}", by=by, at=at, after={"code": code, "name": name})
    return service


def _next_number(agency: Agency) -> int:
    codes = Service.objects.filter(mall_id=agency.mall_id, agency=agency).values_list("code", flat=True)
    return max((int(code.rpartition("-")[2]) for code in codes), default=0) + 1


def _write_variant(service: Service, position: int, case: Case, *, single: bool, at: datetime) -> None:
    variant = Variant.objects.create(
        mall_id=service.mall_id,
        service=service,
        code=service.code if single else f"{service.code}-{position}",
        name=case.name,
        requirements=list(case.requirements),
        duration=case.duration,
        position=position,
        texts=case.texts,
    )
    if case.price:
        Fee.objects.create(
            mall_id=service.mall_id,
            variant=variant,
            amount=case.price.amount,
            basis=case.price.basis,
            source=case.price.source,
            valid_from=service.mall.local(at).date(),
            written_at=at,
        )


@transaction.atomic
def offer(service: Service, outlet: Outlet, *, at: datetime, by: Who | None = None) -> Offering:
    """Offer a service at an outlet's site."""
    offering, _made = Offering.objects.get_or_create(
        mall_id=service.mall_id, service=service, site_id=outlet.site_id, defaults={"outlet": outlet}
    )
    audit.record("service.offered", f"service:{service.pk}", by=by, at=at)
    return offering


@transaction.atomic
def stop_offering(site: Site, *, reason: str, at: datetime, by: Who | None = None) -> int:
    """Give nothing at a site any more, for a reason; return how many services that were. Publish afterwards."""
    given = Offering.objects.filter(mall=site.mall_id, site=site).exclude(status=Offering.Status.NOT)
    stopped = given.update(status=Offering.Status.NOT, reason=reason)
    audit.record("site.offers_ended", f"site:{site.pk}", by=by, at=at, reason=reason, after={"services": stopped})
    return stopped
