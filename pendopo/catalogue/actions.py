"""Writing and publishing what the mall offers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from pendopo.agencies.models import Agency, Outlet
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.models import Fee, Offering, Published, Service, Variant
from pendopo.catalogue.names import recognised, search_words
from pendopo.catalogue.queries import fees_on
from pendopo.tenancy.models import Mall


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
    code = f"{agency.code}-{_next_number(agency):03d}"
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
        _write_variant(service, position, case, single=len(cases) == 1, on=at.date())
    audit.record("service.written", f"service:{service.pk}", by=by, at=at, after={"code": code, "name": name})
    return service


def _next_number(agency: Agency) -> int:
    codes = Service.objects.filter(mall_id=agency.mall_id, agency=agency).values_list("code", flat=True)
    return max((int(code.rpartition("-")[2]) for code in codes), default=0) + 1


def _write_variant(service: Service, position: int, case: Case, *, single: bool, on: date) -> None:
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
            valid_from=on,
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
def publish(mall: Mall, *, at: datetime, by: Who | None = None) -> int:
    """Replace what the public reads by what the mall offers now; return how many variants that is.

    Only what is published is public: drafts and refused offerings stay behind the wall.
    """
    Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    offerings = {
        offering.service_id: offering
        for offering in Offering.objects.filter(mall=mall).exclude(status=Offering.Status.NOT).order_by("-pk")
    }
    variants = (
        Variant.objects.filter(mall=mall, service__in=offerings.keys())
        .select_related("service__agency")
        .order_by("service_id", "position")
    )
    fees = fees_on(mall, mall.local(at).date())
    rows = [_published(variant, offerings[variant.service_id], fees.get(variant.pk), at) for variant in variants]
    Published.objects.filter(mall=mall).delete()
    Published.objects.bulk_create(rows)
    audit.record("catalogue.published", f"mall:{mall.pk}", by=by, at=at, after={"variants": len(rows)})
    return len(rows)


def _published(variant: Variant, offering: Offering, fee: Fee | None, at: datetime) -> Published:
    service = variant.service
    agency = service.agency
    name = str(variant)
    return Published(
        mall_id=variant.mall_id,
        code=variant.code,
        service_code=service.code,
        name=name,
        service_name=service.name,
        variant_name=variant.name,
        position=variant.position,
        agency_code=agency.code,
        agency_name=agency.name,
        group=service.group,
        kind=service.kind,
        description=service.description,
        procedure=service.procedure,
        requirements=variant.requirements,
        duration=variant.duration,
        fee_amount=fee.amount if fee else None,
        fee_basis=fee.basis if fee else "",
        outlet_id=offering.outlet_id,
        texts=service.texts,
        search_text=search_words(name, agency.name, agency.short_name, service.group),
        published_at=at,
    )
