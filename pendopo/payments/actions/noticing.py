"""What a gateway tells us of a payment, by itself or when asked: judged once, and a bill settled by it once.

Locks are taken in one order: the merchant, then the agency.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.models import Agency
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody
from pendopo.kernel.money import Money
from pendopo.payments.actions._rights import locked
from pendopo.payments.actions._settling import settle
from pendopo.payments.gateways import Answer
from pendopo.payments.models import Charge, GatewayNotice, Merchant, Settlement, Voiding
from pendopo.payments.models.codes import State, Verdict
from pendopo.payments.types import Notice, Told


@dataclass(frozen=True, slots=True)
class _Paid:
    charge: Charge
    agency: Agency
    amount: Money | None
    paid_at: datetime


@transaction.atomic
def take_in(merchant: Merchant, notice: Notice, *, at: datetime) -> GatewayNotice:
    """Keep a notification with our verdict, and settle its bill where it says so; sent again it changes nothing.

    Raises AnotherBody when its number was used that day for something else.
    """
    Merchant.objects.select_for_update(of=("self",), no_key=True).get(pk=merchant.pk)
    day = merchant.mall.local(notice.sent_at).date()
    known = GatewayNotice.objects.filter(
        mall_id=merchant.mall_id, merchant=merchant, day=day, external=notice.external
    ).first()
    if known:
        if bytes(known.digest) != notice.digest:
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    charge = Charge.objects.filter(mall_id=merchant.mall_id, reference=notice.reference).first()
    verdict = _verdict(charge, notice, at) if charge else Verdict.UNKNOWN
    kept = GatewayNotice.objects.create(
        mall_id=merchant.mall_id, merchant=merchant, charge=charge, external=notice.external, day=day, came_at=at,
        digest=notice.digest, reference=notice.reference, gateway_reference=notice.gateway_reference, told=notice.told,
        amount=notice.amount.rupiah if notice.amount else None, paid_at=notice.paid_at, verdict=verdict,
    )  # fmt: skip
    about = f"bill:{charge.bill_id}" if charge else f"notice:{kept.pk}"
    audit.record("notice.taken_in", about, by=None, at=at, after={"verdict": verdict, "external": notice.external})
    return kept


@transaction.atomic
def take_answer(charge: Charge, answer: Answer, *, at: datetime) -> Charge:
    """Keep what the gateway said of a code when it was asked, and settle its bill where that says paid."""
    agency = locked(charge.bill.agency_id)
    found = Charge.objects.select_related("bill").get(pk=charge.pk)
    found.told, found.told_at, found.look_at = answer.told, at, None
    found.save(update_fields=["told", "told_at", "look_at"])
    audit.record("charge.looked_after", f"bill:{found.bill_id}", by=None, at=at, after={"told": answer.told})
    if answer.told is Told.SUCCESS:
        # Without a word on when, it was paid before we asked, and a code that has ended cannot be paid.
        paid_at = answer.paid_at or min(at, found.expires_at)
        if _take_money(_Paid(found, agency, answer.amount or found.money, paid_at), at) is Verdict.WRONG_AMOUNT:
            found.rest(at)
    elif found.is_live:
        _follow(found, answer.told, at)
    return found


def _verdict(charge: Charge, notice: Notice, at: datetime) -> Verdict:
    agency = locked(charge.bill.agency_id)
    charge.refresh_from_db()
    if notice.told is not Told.SUCCESS:
        if charge.is_live:
            # What it says is asked for, not believed: only the gateway's own list ends a code.
            charge.look_at = at
            charge.save(update_fields=["look_at"])
        return Verdict.NOT_PAID
    return _take_money(_Paid(charge, agency, notice.amount, notice.paid_at or notice.sent_at), at)


def _take_money(paid: _Paid, at: datetime) -> Verdict:
    """Settle a bill by its code if it may be; whatever else it is, the money is there and somebody must look."""
    charge, bill = paid.charge, paid.charge.bill
    if paid.amount != bill.money:
        return Verdict.WRONG_AMOUNT
    standing = Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).first()
    if standing and standing.charge_id == charge.pk:
        return Verdict.AGAIN
    if charge.state != State.PAID:
        charge.move_to(State.PAID, paid_at=paid.paid_at)
        # Once more it is asked, so that the day's list stands on two words of the gateway.
        if charge.told != Told.SUCCESS:
            charge.looks, charge.look_at = 0, at
            charge.save(update_fields=["looks", "look_at"])
    if standing:
        return Verdict.TWICE
    if Voiding.objects.filter(mall_id=bill.mall_id, bill=bill).exists():
        return Verdict.VOID
    if paid.paid_at > bill.expires_at:
        return Verdict.LATE
    made = settle(bill, paid.agency, charge=charge, paid_on=paid.agency.mall.local(paid.paid_at).date(), at=at)
    audit.record(
        "bill.settled", f"bill:{bill.pk}", by=None, at=at, after={"charge": charge.pk, "receipt": made.receipt}
    )
    return Verdict.SETTLED


def _follow(charge: Charge, told: Told, at: datetime) -> None:
    ended = {Told.CANCELLED: State.CANCELLED, Told.FAILED: State.CANCELLED, Told.REJECTED: State.CANCELLED,
             Told.REFUNDED: State.CANCELLED, Told.EXPIRED: State.EXPIRED}.get(told)  # fmt: skip
    if ended:
        charge.move_to(ended)
    elif charge.expires_at <= at and told is not Told.PAYING:
        charge.move_to(State.EXPIRED)
    else:
        charge.rest(at)
