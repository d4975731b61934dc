"""How a bill comes to be settled without a gateway: one person writes what the paper says, another one checks it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.dates import short_day
from pendopo.kernel.errors import AnotherBody, NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.payments.actions._rights import locked, only_another_behind, only_its_people
from pendopo.payments.actions._settling import is_settled, settle
from pendopo.payments.errors import AlreadySettled, AlreadyWaiting, BillVoid, DepositUsed, PaidTooLate, WrongAmount
from pendopo.payments.models import Bill, Deposit, Photo, Settlement
from pendopo.payments.queries.pictures import refuse_unclean
from pendopo.payments.types import Payment


@transaction.atomic
def record(bill: Bill, payment: Payment, *, part: UUID, by: Actor, at: datetime, photo: Photo | None = None) -> Deposit:
    """Write down what a paper, or the `photo` of one, says of how a bill was paid; the same request again gives the
    same row.

    Raises NotAllowed, AnotherBody, AlreadySettled, BillVoid, AlreadyWaiting, WrongAmount, PaidTooLate, DepositUsed,
    NotUnderstood, NotClean for a photo that no scanner has called clean.
    """
    only_its_people(by, bill.agency_id)
    assert by.account
    agency = locked(bill.agency_id)
    known = Deposit.objects.filter(mall_id=bill.mall_id, part=part).first()
    told = (bill.pk, payment.how, payment.mark, payment.amount.rupiah, payment.paid_on, by.account_id)
    if known:
        if (known.bill_id, known.how, known.mark, known.amount, known.paid_on, known.account_id) != told:
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    if is_settled(bill):
        raise AlreadySettled(_("Tagihan ini sudah lunas."))
    if bill.is_void:
        raise BillVoid(_("Tagihan ini dibatalkan: jangan dibayar."))
    if payment.paid_on > agency.mall.local(at).date():
        raise NotUnderstood(_("Tanggal bayar belum tiba."))
    if photo:
        refuse_unclean(photo)
    _refuse_unfit(bill, payment, last_day=agency.mall.local(bill.expires_at).date())
    standing = Deposit.objects.filter(mall_id=bill.mall_id).exclude(verdict=Deposit.Verdict.REFUSED)
    if standing.filter(bill=bill).exists():
        raise AlreadyWaiting(_("Bukti untuk tagihan ini sudah dicatat dan menunggu diperiksa."))
    used = standing.filter(how=payment.how, mark=payment.mark).select_related("bill").first()
    if used:
        raise DepositUsed(_("Bukti ini sudah dipakai untuk tagihan %(number)s.") % {"number": used.bill.number})
    deposit = Deposit.objects.create(
        mall_id=bill.mall_id, part=part, bill=bill, how=payment.how, amount=payment.amount.rupiah,
        paid_on=payment.paid_on, number=payment.number.strip(), mark=payment.mark, account=by.account, at=at,
        photo=photo,
    )  # fmt: skip
    after = {"how": payment.how, "amount": deposit.amount, "mark": deposit.mark}
    audit.record("deposit.recorded", f"bill:{bill.pk}", by=by, at=at, after=after)
    return deposit


@transaction.atomic
def accept(deposit: Deposit, *, by: Actor, at: datetime) -> Settlement:
    """Settle a bill by a deposit that somebody else has recorded.

    Raises NotAllowed, SamePerson, MoveNotAllowed, AlreadySettled when its code was paid meanwhile.
    """
    agency = locked(deposit.bill.agency_id)
    deposit = _decided(deposit, Deposit.Verdict.ACCEPTED, "", by, at)
    if is_settled(deposit.bill):
        raise AlreadySettled(_("Tagihan ini sudah lunas."))
    settlement = settle(deposit.bill, agency, deposit=deposit, paid_on=deposit.paid_on, at=at, by=by)
    audit.record("bill.settled", f"bill:{deposit.bill_id}", by=by, at=at, after={"deposit": deposit.pk})
    return settlement


@transaction.atomic
def refuse(deposit: Deposit, *, words: str, by: Actor, at: datetime) -> Deposit:
    """Refuse a deposit that somebody else has recorded, with the reason: the bill is open again, and so is the paper.

    Raises NotAllowed, SamePerson, MoveNotAllowed, ReasonMissing.
    """
    words = stated(words, _("Tulis mengapa bukti ini ditolak."))
    deposit = _decided(deposit, Deposit.Verdict.REFUSED, words, by, at)
    audit.record("deposit.refused", f"bill:{deposit.bill_id}", by=by, at=at, reason=words)
    return deposit


def _decided(deposit: Deposit, verdict: Deposit.Verdict, words: str, by: Actor, at: datetime) -> Deposit:
    found = Deposit.objects.select_for_update(of=("self",)).select_related("bill").get(pk=deposit.pk)
    only_another_behind(by, found.bill.agency_id, found)
    found.decide(verdict, words, by=by.account, at=at)
    return found


def _refuse_unfit(bill: Bill, payment: Payment, *, last_day: date) -> None:
    if payment.amount != bill.money:
        raise WrongAmount(
            _("Tagihan ini %(bill)s, bukti menyebut %(paid)s.") % {"bill": bill.money, "paid": payment.amount.figure}
        )
    if payment.paid_on > last_day:
        raise PaidTooLate(_("Tagihan ini berlaku sampai %(day)s. Buat tagihan baru.") % {"day": short_day(last_day)})
