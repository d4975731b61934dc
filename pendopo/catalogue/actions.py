"""Writing and publishing what the mall offers."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.actions import founding
from pendopo.agencies.models import Agency, Outlet
from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.importing import lines as importing
from pendopo.catalogue.importing.comparing import Changes
from pendopo.catalogue.models import Fee, Offering, Published, Service, Variant
from pendopo.catalogue.names import recognised, search_words, service_code
from pendopo.catalogue.queries import fees_on
from pendopo.kernel.reports import Report, refusal, report
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


def import_services(
    mall: Mall,
    content: bytes,
    *,
    at: datetime,
    by: Who | None = None,
    skip_bad: bool = False,
    create_agencies: bool = False,
) -> Report:
    """Add or change services from a CSV or XLSX; a line is known again by agency and name, and its code is ours.

    What a line leaves empty stays as it is. Keeps nothing when a line is broken, unless `skip_bad`.
    Raises NotUnderstood when the file as a whole cannot be read.
    """
    table, wanted, lines = importing.read(content)
    with transaction.atomic():
        names = [want.agency for want in wanted] if create_agencies else []
        # The agencies' rows, locked by this, are the lock for the numbers of their services.
        agencies_of_mall = founding.add_named_agencies(mall, names, at=at, by=by)
        changes = Changes(mall, mall.local(at).date())
        for want in wanted:
            agency = agencies_of_mall.get(want.agency)
            if agency is None:
                why = _("Instansi “%(name)s” belum terdaftar: impor instansi dahulu.") % {"name": want.agency[:80]}
                lines.append(refusal(want.line, why, want.name))
            else:
                lines.append(changes.take(want, agency))
        told = report(lines, importing.notes(table), skip_bad=skip_bad)
        if not told.is_written:
            transaction.set_rollback(True)
        elif told.has_changed:
            _write(changes)
            file = hashlib.sha256(content).hexdigest()
            after = {"file": file, "lines": told.totals}
            audit.record("services.imported", f"mall:{mall.pk}", by=by, at=at, after=after)
        return told


def _write(changes: Changes) -> None:
    Service.objects.bulk_create(changes.new_services)
    Variant.objects.bulk_create(changes.new_variants)
    Service.objects.bulk_update(changes.services, ["name", "group", "procedure"], batch_size=500)
    Variant.objects.bulk_update(changes.variants, ["requirements", "duration"], batch_size=500)
    # The old fee ends before the new one begins.
    Fee.objects.bulk_update(changes.fees, ["amount", "basis", "source", "valid_to"], batch_size=500)
    Fee.objects.bulk_create(changes.new_fees)


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
