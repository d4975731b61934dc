"""Publishing what the mall offers: the copy that everybody may read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.catalogue.models import Offering, Published, Variant, Word
from pendopo.catalogue.names import abbreviations, search_words
from pendopo.catalogue.queries.offers import tariffs
from pendopo.catalogue.queries.standards import promises
from pendopo.tenancy.models import Mall

LONGEST_WORD = 60


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
        Variant.objects.standing()
        .filter(mall=mall, service__in=offerings.keys(), service__ended_at=None)
        .select_related("service__agency")
        .order_by("service_id", "position")
    )
    today = mall.local(at).date()
    fees = tariffs(mall, today)
    held = promises(mall.pk, offerings.keys(), today)
    rows = [_published(variant, offerings[variant.service_id], at) for variant in variants]
    for variant, row in zip(variants, rows, strict=True):
        row.standards = held.get(variant.service_id, [])
        row.fees = fees.get(variant.pk, [])
        fee = row.fee_on(today)
        row.fee_amount, row.fee_basis = (fee["amount"], fee["basis"]) if fee else (None, "")
    Published.objects.filter(mall=mall).delete()
    Published.objects.bulk_create(rows)
    _remember_words(rows)
    audit.record("catalogue.published", f"mall:{mall.pk}", by=by, at=at, after={"variants": len(rows)})
    return len(rows)


def _remember_words(rows: Sequence[Published]) -> None:
    # In one order, so that malls that publish at once wait for each other and never both.
    words = sorted({word for row in rows for word in row.search_text.split() if len(word) <= LONGEST_WORD})
    Word.objects.bulk_create([Word(word=word) for word in words], ignore_conflicts=True)


def _published(variant: Variant, offering: Offering, at: datetime) -> Published:
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
        outlet_id=offering.outlet_id,
        texts=service.texts,
        search_text=search_words(name, agency.name, agency.short_name, service.group, service.texts.get("name_en", "")),
        abbreviations=abbreviations(service.name, variant.name),
        published_at=at,
    )
