from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.catalogue.models import Fee, Variant
from pendopo.kernel.errors import AnotherBody, NotUnderstood
from pendopo.kernel.ids import new_key
from pendopo.kernel.money import Money
from pendopo.payments.actions import _telling as telling
from pendopo.payments.actions._rights import locked, only_its_people
from pendopo.payments.errors import FeeUnknown, NotAsShown, NothingToPay
from pendopo.payments.models import Bill
from pendopo.people.actions import knowing
from pendopo.people.actions.knowing import Told


@transaction.atomic
def bill(
    variant: Variant,
    *,
    shown: Money,
    part: UUID,
    expires_at: datetime,
    by: Actor,
    at: datetime,
    payer: Told | None = None,
    address_of: Callable[[str], str] | None = None,
) -> Bill:
    """Bill a case by the rule of today, as it was `shown` to whoever pays; the same request again gives the same bill.

    A `payer` who said who they are is told of the bill, and later that it was paid, with the address of its page:
    `address_of` makes it of the key.
    Raises NotAllowed, FeeUnknown without a rule, NothingToPay where it is free, NotAsShown, AnotherBody, NotUnderstood,
    WrongNumber.
    """
    agency_id = variant.service.agency_id
    only_its_people(by, agency_id)
    assert by.account
    agency = locked(agency_id)
    known = Bill.objects.filter(mall_id=agency.mall_id, part=part).first()
    if known:
        if (known.variant_id, known.money, known.account_id) != (variant.pk, shown, by.account_id):
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    if expires_at <= at:
        raise NotUnderstood(_("Batas bayar harus sesudah sekarang."))
    day = agency.mall.local(at).date()
    fee = _rule(variant, day=day, shown=shown)
    last = Bill.objects.filter(mall_id=agency.mall_id, agency=agency, day=day).order_by("-position").first()
    position = last.position + 1 if last else 1
    key = new_key()
    person = knowing.person_of(agency.mall, payer, by=by, at=at) if payer else None
    made = Bill.objects.create(
        key=key, person=person, link=address_of(key) if address_of else "",
        mall_id=agency.mall_id, part=part, agency=agency, variant=variant, day=day, position=position,
        number=f"{agency.code}-{day:%y%m%d}-{position:04}", amount=fee.amount, rule=str(variant),
        rule_from=fee.valid_from, basis=fee.basis, account=by.account, made_at=at, expires_at=expires_at,
    )  # fmt: skip
    after = {"number": made.number, "amount": made.amount, "basis": made.basis}
    audit.record("bill.made", f"bill:{made.pk}", by=by, at=at, after=after)
    telling.tell_made(made, by=by, at=at)
    return made


def _rule(variant: Variant, *, day: date, shown: Money) -> Fee:
    """Return what holds on a day, never a default. UU 25/2009 art. 31: only what a regulation sets may be asked."""
    fee = Fee.objects.in_force(day).filter(mall_id=variant.mall_id, variant=variant).first()
    if fee is None:
        raise FeeUnknown(_("Biaya layanan ini belum ditetapkan. Tidak ada yang boleh ditagih."))
    if fee.amount == 0:
        raise NothingToPay(_("Layanan ini gratis. Tidak ada tagihan."))
    if Money(fee.amount) != shown:
        raise NotAsShown(
            _("Biayanya sekarang %(amount)s, bukan %(shown)s. Tunjukkan dahulu kepada pemohon.")
            % {"amount": Money(fee.amount), "shown": shown}
        )
    return fee
