"""Money that whoever paid asks back on the bill's page. It is put forward by an officer, and decided by another one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody
from pendopo.kernel.reasons import stated
from pendopo.payments.actions import refunding
from pendopo.payments.actions._rights import locked
from pendopo.payments.errors import AlreadyWaiting, NotSettled
from pendopo.payments.models import Bill, Refund, RefundWish, Settlement, Wished


@transaction.atomic
def wish(bill: Bill, wished: Wished, *, part: UUID, by: Actor, at: datetime) -> RefundWish:
    """Ask for all that was paid, as whoever holds the bill; the same request again gives the same row.

    Raises ReasonMissing, AnotherBody, NotSettled, AlreadyWaiting.
    """
    stated(wished.reason, _("Tulis mengapa uang ini diminta kembali."))
    locked(bill.agency_id)
    settlement = Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).first()
    if settlement is None:
        raise NotSettled(_("Tagihan ini belum lunas: tidak ada yang dikembalikan."))
    known = RefundWish.objects.filter(mall_id=bill.mall_id, part=part).first()
    if known:
        if (known.settlement_id, known.said) != (settlement.pk, wished):
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    open_ = RefundWish.objects.filter(mall_id=bill.mall_id, settlement=settlement, ended_at=None)
    standing = Refund.objects.filter(mall_id=bill.mall_id, settlement=settlement)
    if open_.exists() or standing.exclude(verdict=Refund.Verdict.REFUSED).exists():
        raise AlreadyWaiting(_("Pengembalian untuk tagihan ini sudah diminta."))
    made = RefundWish.objects.create(
        mall_id=bill.mall_id, settlement=settlement, part=part, account=by.account, at=at,
        wished=RefundWish.sealed(bill.mall_id, wished),
    )  # fmt: skip
    # What was written stays sealed in its row: the audit holds no words of citizens.
    after = {"wish": made.pk, "to": "bank" if wished.bank else "desk"}
    audit.record("refund.wished", f"bill:{bill.pk}", by=by, at=at, after=after)
    return made


@transaction.atomic
def put_forward(wish: RefundWish, *, part: UUID, by: Actor, at: datetime) -> Refund:
    """Let another one decide what a payer asks; the same request again gives the same refund.

    Raises what `refunding.ask` raises.
    """
    reason = _("Diminta pembayar di halaman tagihannya.")
    return refunding.ask(wish.settlement.bill, reason=reason, part=part, by=by, at=at)
