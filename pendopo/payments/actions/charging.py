"""A code for a bill: wanted in one transaction, asked of the gateway outside of any, kept in another one.

Whoever dies in between leaves a row that says so; the next look goes on where it stood.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.money import Money
from pendopo.payments import qris
from pendopo.payments.actions._gateway import gateway
from pendopo.payments.actions._rights import locked
from pendopo.payments.actions._settling import is_settled
from pendopo.payments.errors import AlreadySettled, BillExpired, BillVoid, NoMerchant
from pendopo.payments.gateways import AskedBefore, GatewayAway, GatewayRefused, Given, Wanted
from pendopo.payments.models import Bill, Charge, Merchant
from pendopo.payments.models.codes import LIVE, State
from pendopo.tenancy import wall

# A code lives no longer than this: whoever comes later asks for another one.
LONGEST_LIFE = timedelta(hours=24)


@transaction.atomic
def want(bill: Bill, *, by: Actor | None, at: datetime) -> Charge:
    """Want a code for a bill; while one lives, that one. It is asked for by a job at once.

    Raises AlreadySettled (also for money that came and is looked at), BillVoid, BillExpired, NoMerchant.
    """
    locked(bill.agency_id)
    if is_settled(bill) or Charge.objects.filter(mall_id=bill.mall_id, bill=bill, state=State.PAID).exists():
        raise AlreadySettled(_("Tagihan ini sudah dibayar."))
    if bill.is_void:
        raise BillVoid(_("Tagihan ini dibatalkan: jangan dibayar."))
    if bill.is_expired(at):
        raise BillExpired(_("Tagihan ini kedaluwarsa. Mintalah tagihan baru di loket."))
    living = Charge.objects.filter(mall_id=bill.mall_id, bill=bill, state__in=LIVE).first()
    if living and living.expires_at > at:
        return living
    if living:
        living.move_to(State.EXPIRED)
    merchant = Merchant.objects.filter(mall_id=bill.mall_id, is_active=True).first()
    if merchant is None:
        raise NoMerchant(_("QRIS belum tersedia di MPP ini. Pakailah cara bayar lain."))
    charge = _new(bill, merchant, at)
    audit.record("charge.wanted", f"bill:{bill.pk}", by=by, at=at, after={"reference": charge.reference})
    return charge


def obtain(charge: Charge, *, at: datetime) -> Charge:
    """Ask the gateway for a wanted code, unless somebody does so now, and keep it.

    Where its answer was lost before, another code is wanted in its place: nobody ever saw the first one.
    """
    with wall.inside(charge.mall_id):
        claimed = _claimed(charge.pk, at)
        if claimed is None:
            return charge
        bill = claimed.bill
        spoken = gateway(claimed.merchant, claimed)
        wanted = Wanted(claimed.reference, bill.money, claimed.expires_at)
    kept: Callable[..., Charge]
    try:
        given = spoken.generate(wanted)
        kept = partial(_opened, given=given) if _asks(given.content, bill.money) else _failed
    except GatewayAway:
        # It stays wanted; the next look comes when it is due.
        return claimed
    except AskedBefore:
        kept = _replaced
    except GatewayRefused:
        kept = _failed
    with wall.inside(charge.mall_id):
        locked(bill.agency_id)
        found = Charge.objects.select_related("bill", "merchant").get(pk=claimed.pk)
        return kept(found, at=at) if found.state == State.ASKED else found


@app.task(name="payments.obtain_code", pass_context=False)
def obtain_code(mall: int, charge: int) -> None:
    """Ask for a code that somebody waits for before the page."""
    with wall.inside(mall):
        found = Charge.objects.filter(pk=charge).first()
    if found:
        obtain(found, at=datetime.now(UTC))


def _new(bill: Bill, merchant: Merchant, at: datetime) -> Charge:
    until = min(bill.expires_at, at + LONGEST_LIFE)
    charge = Charge.objects.create(
        mall_id=bill.mall_id, bill=bill, merchant=merchant, reference=f"{bill.number}-{secrets.token_hex(4)}".upper(),
        asked_at=at, expires_at=until, look_at=at,
    )  # fmt: skip
    obtain_code.defer(mall=bill.mall_id, charge=charge.pk)
    return charge


def _claimed(number: int, at: datetime) -> Charge | None:
    """Take a wanted code into one's hands: whoever else comes until the next look leaves it alone."""
    rows = Charge.objects.select_for_update(of=("self",)).select_related("bill", "merchant")
    found = rows.get(pk=number)
    if found.state != State.ASKED or found.look_at is None or found.look_at > at or found.is_to_cancel:
        return None
    if found.expires_at <= at:
        found.move_to(State.EXPIRED)
        Charge.objects.filter(pk=number).update(look_at=None)
        return None
    found.rest(at)
    return found


def _asks(content: str, amount: Money) -> bool:
    """Whether a code can be paid, and asks what the bill asks: nobody is shown another one."""
    try:
        return qris.parse(content).amount == amount
    except qris.NotQris:
        return False


def _opened(charge: Charge, *, given: Given, at: datetime) -> Charge:
    charge.content, charge.gateway_reference, charge.looks = given.content, given.gateway_reference, 0
    charge.save(update_fields=["content", "gateway_reference", "looks"])
    charge.move_to(State.OPEN)
    charge.rest(at)
    audit.record("charge.opened", f"bill:{charge.bill_id}", by=None, at=at, after={"reference": charge.reference})
    return charge


def _failed(charge: Charge, *, at: datetime) -> Charge:
    charge.move_to(State.FAILED)
    charge.look_at = None
    charge.save(update_fields=["look_at"])
    audit.record("charge.failed", f"bill:{charge.bill_id}", by=None, at=at, after={"reference": charge.reference})
    return charge


def _replaced(charge: Charge, *, at: datetime) -> Charge:
    _failed(charge, at=at)
    return _new(charge.bill, charge.merchant, at)
