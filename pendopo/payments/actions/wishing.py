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
from pendopo.payments.errors import AlreadyWaiting, DestinationMissing, NotSettled
from pendopo.payments.models import Bill, Refund, RefundWish, Settlement, Wished
from pendopo.payments.models.returning import sealed_destination
from pendopo.payments.types import Destination


@transaction.atomic
def wish(
    bill: Bill, reason: str, *, part: UUID, by: Actor, at: datetime, to: Destination | None = None
) -> RefundWish:  # fmt: skip
    """Ask for all that was paid, as whoever holds the bill; the same request again gives the same row.

    `to` is where the money goes; what came by a code goes back as it came without it. Raises ReasonMissing,
    AnotherBody, NotSettled, AlreadyWaiting, DestinationMissing.
    """
    wished = Wished(reason, to.bank, to.last_digits) if to else Wished(reason)
    stated(wished.reason, _("Tulis mengapa uang ini diminta kembali."))
    locked(bill.agency_id)
    settlement = Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).first()
    if settlement is None:
        raise NotSettled(_("Tagihan ini belum lunas: tidak ada yang dikembalikan."))
    if to is None and settlement.charge_id is None:
        raise DestinationMissing(_("Tulis ke mana uang ini dikembalikan."))
    known = RefundWish.objects.filter(mall_id=bill.mall_id, part=part).first()
    if known:
        if (known.settlement_id, known.said, known.goes_to) != (settlement.pk, wished, to):
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    open_ = RefundWish.objects.filter(mall_id=bill.mall_id, settlement=settlement, ended_at=None)
    standing = Refund.objects.filter(mall_id=bill.mall_id, settlement=settlement)
    if open_.exists() or standing.exclude(verdict=Refund.Verdict.REFUSED).exists():
        raise AlreadyWaiting(_("Pengembalian untuk tagihan ini sudah diminta."))
    made = RefundWish.objects.create(
        mall_id=bill.mall_id, settlement=settlement, part=part, account=by.account, at=at,
        wished=RefundWish.sealed(bill.mall_id, wished),
        destination=sealed_destination(bill.mall_id, to) if to else b"",
    )  # fmt: skip
    # What was written stays sealed in its row: the audit holds no words of citizens.
    after = {"wish": made.pk, "to": "as it came" if to is None else "bank" if to.is_account else "desk"}
    audit.record("refund.wished", f"bill:{bill.pk}", by=by, at=at, after=after)
    return made


@transaction.atomic
def put_forward(wish: RefundWish, *, part: UUID, by: Actor, at: datetime) -> Refund:
    """Let another one decide what a payer asks; the same request again gives the same refund.

    Raises what `refunding.ask` raises.
    """
    reason = _("Diminta pembayar di halaman tagihannya.")
    return refunding.ask(wish.settlement.bill, reason=reason, part=part, by=by, at=at)
