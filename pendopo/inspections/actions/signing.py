"""The signature, after which nothing of an inspection changes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._pictures import kept_picture
from pendopo.inspections.actions._rights import only_oversight, opened
from pendopo.inspections.actions._times import believable
from pendopo.inspections.errors import NothingInIt
from pendopo.inspections.models import Answer, Inspection, Signature
from pendopo.inspections.queries.digests import digest_of
from pendopo.inspections.types import Hand, Told


@transaction.atomic
def sign(inspection: Inspection, hand: Hand, *, summary: str, told: Told, by: Actor, at: datetime) -> Signature:
    """Sign an inspection before leaving. The same part again gives the signature that is there."""
    only_oversight(by)
    known = Signature.objects.filter(mall_id=inspection.mall_id, inspection=inspection, part=told.part).first()
    if known:
        return known
    inspection = opened(inspection.pk, by)
    if not Answer.objects.filter(mall_id=inspection.mall_id, place__inspection=inspection).exists():
        raise NothingInIt(_("Isi daftar periksa dahulu, lalu tanda tangani."))
    inspection.summary = summary
    inspection.save(update_fields=["summary"])
    signature = Signature.objects.create(
        mall_id=inspection.mall_id, inspection=inspection, part=told.part, name=hand.name, office=hand.office,
        signed_at=believable(told.at, inspection.begun_at, at), received_at=at, digest=digest_of(inspection),
        **kept_picture(hand.drawn),
    )  # fmt: skip
    after = {"name": hand.name, "office": hand.office, "digest": bytes(signature.digest).hex()}
    audit.record("inspection.signed", f"inspection:{inspection.pk}", by=by, at=at, after=after)
    return signature
