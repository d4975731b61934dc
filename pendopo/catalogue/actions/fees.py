"""What a case costs, by which regulation, from when; and taking back what was a mistake."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.actions import _rights as rights
from pendopo.catalogue.actions.publishing import publish
from pendopo.catalogue.errors import FeeInForce, FeeOverlaps, OfferEnded
from pendopo.catalogue.models import Fee, Variant
from pendopo.kernel.dates import short_day
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.money import MOST
from pendopo.kernel.reasons import stated

ONE_DAY = timedelta(days=1)


@transaction.atomic
def set_fee(
    variant: Variant,
    *,
    amount: int,
    basis: str,
    valid_from: date,
    reason: str,
    by: Actor,
    at: datetime,
    source: str = "",
) -> Fee:
    """Set what a case costs from a day on; the fee of before ends the day before, one already known follows it.

    0 rupiah is free, and that too by a regulation. Raises NotYourAgency, OfferEnded, ReasonMissing, FeeOverlaps for a
    day on which another begins, NotUnderstood.
    """
    service = rights.locked(variant.service, by)
    reason = stated(reason)
    if not basis.strip():
        raise NotUnderstood(_("Tulis peraturan yang menetapkan biaya ini, juga bila gratis."))
    if not 0 <= amount <= MOST:
        raise NotUnderstood(_("Tulis jumlah rupiah, misalnya 100.000, atau 0 bila gratis."))
    # The variant's row is the lock: two managers never end the same fee.
    variant = Variant.objects.select_for_update(of=("self",), no_key=True).get(pk=variant.pk)
    if variant.ended_at:
        raise OfferEnded(_("Varian ini sudah diakhiri. Buka lagi dahulu."))
    known = Fee.objects.standing().filter(mall_id=service.mall_id, variant=variant)
    if known.filter(valid_from=valid_from).exists():
        raise FeeOverlaps(
            _("Sudah ada biaya yang berlaku mulai %(day)s. Tarik dahulu bila itu keliru.")
            % {"day": short_day(valid_from)}
        )
    following = known.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    before = known.filter(valid_from__lt=valid_from).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).first()
    if before:
        before.valid_to = valid_from - ONE_DAY
        before.save(update_fields=["valid_to"])
    fee = Fee.objects.create(
        mall_id=service.mall_id, variant=variant, amount=amount, basis=basis.strip(), source=source,
        valid_from=valid_from, valid_to=following.valid_from - ONE_DAY if following else None, written_at=at,
    )  # fmt: skip
    told = {"amount": before.amount, "basis": before.basis, "from": before.valid_from} if before else None
    after = {"amount": amount, "basis": fee.basis, "from": valid_from}
    audit.record("fee.set", f"variant:{variant.pk}", by=by, at=at, reason=reason, before=told, after=after)
    publish(service.mall, at=at, by=by)
    return fee


@transaction.atomic
def withdraw_fee(fee: Fee, *, reason: str, by: Actor, at: datetime) -> Fee:
    """Take back a fee that was written by mistake today, or has not begun; the one before goes on. Again: nothing.

    Raises NotYourAgency, OfferEnded, ReasonMissing, and FeeInForce for one by which people have paid.
    """
    service = rights.locked(fee.variant.service, by)
    reason = stated(reason)
    Variant.objects.select_for_update(of=("self",), no_key=True).get(pk=fee.variant_id)
    fee = Fee.objects.select_for_update(of=("self",)).get(pk=fee.pk)
    if fee.withdrawn_at:
        return fee
    if not fee.can_be_withdrawn(service.mall, at):
        raise FeeInForce(_("Biaya ini sudah berlaku sejak hari yang lalu. Tulis biaya baru mulai hari ini."))
    fee.withdrawn_at = at
    fee.save(update_fields=["withdrawn_at"])
    # Which it had ended, where nothing else has happened since.
    Fee.objects.standing().filter(
        mall_id=fee.mall_id, variant=fee.variant_id, valid_to=fee.valid_from - ONE_DAY
    ).update(valid_to=fee.valid_to)
    told = {"amount": fee.amount, "basis": fee.basis, "from": fee.valid_from}
    audit.record("fee.withdrawn", f"variant:{fee.variant_id}", by=by, at=at, reason=reason, before=told)
    publish(service.mall, at=at, by=by)
    return fee
