"""Money that cannot go back as it came: somebody says where to, one pays and writes down by what, another one checks.

Locks are taken in one order: the agency, then the refund or its transfer.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotUnderstood
from pendopo.kernel.reasons import stated
from pendopo.payments.actions import _telling as telling
from pendopo.payments.actions._rights import locked, not_the_payer, only_another_behind, only_its_people
from pendopo.payments.errors import AlreadyWaiting, DestinationMissing, NotToBePaid, SamePerson, TransferUsed
from pendopo.payments.models import Bill, Refund, RefundAccount, Return, Transfer
from pendopo.payments.models.returning import sealed_destination
from pendopo.payments.queries import returning as shown
from pendopo.payments.types import Destination, Sent


@transaction.atomic
def direct(refund: Refund, to: Destination, *, by: Actor, at: datetime) -> RefundAccount:
    """Say where the money of a granted refund goes, as an officer; said again the latest counts, until it is paid.

    Raises NotAllowed, NotToBePaid, AlreadyWaiting.
    """
    bill = refund.settlement.bill
    only_its_people(by, bill.agency_id)
    return _directed(bill, refund, to, by=by, at=at)


@transaction.atomic
def direct_own(bill: Bill, to: Destination, *, by: Actor, at: datetime) -> RefundAccount:
    """Say where granted money goes, as whoever holds the bill, where nobody has said so yet.

    Raises NotToBePaid, AlreadyWaiting, also where somebody has said so: then the counter helps.
    """
    refund = Refund.objects.filter(mall_id=bill.mall_id, settlement__bill=bill).order_by("-pk").first()
    if refund is None:
        raise NotToBePaid(_("Pengembalian untuk tagihan ini belum disetujui."))
    locked(bill.agency_id)
    if shown.account_of(refund):
        raise AlreadyWaiting(_("Tujuan uang ini sudah dicatat. Bila keliru, hubungi loketnya."))
    return _directed(bill, refund, to, by=by, at=at)


@transaction.atomic
def record(refund: Refund, sent: Sent, *, part: UUID, by: Actor, at: datetime) -> Transfer:
    """Write down by which transfer a refund was paid, as whoever paid it; the same request again gives the same row.

    Raises NotAllowed, SamePerson, AnotherBody, NotToBePaid, AlreadyWaiting, DestinationMissing, NotUnderstood,
    TransferUsed.
    """
    bill = refund.settlement.bill
    _only_payers(by, refund)
    assert by.account
    agency = locked(bill.agency_id)
    known = Transfer.objects.filter(mall_id=refund.mall_id, part=part).first()
    if known:
        told = (refund.pk, sent.mark, sent.day, by.account_id)
        if (known.refund_id, known.mark, known.sent_on, known.account_id) != told:
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    _to_be_paid(refund)
    if shown.account_of(refund) is None:
        raise DestinationMissing(_("Belum ada yang menyebut ke mana uang ini dikirim."))
    if sent.day > agency.mall.local(at).date():
        raise NotUnderstood(_("Tanggal transfer belum tiba."))
    if refund.checked_at and sent.day < agency.mall.local(refund.checked_at).date():
        raise NotUnderstood(_("Tanggal transfer mendahului persetujuannya."))
    if Transfer.objects.filter(mall_id=refund.mall_id, mark=sent.mark).exclude(verdict=Refund.Verdict.REFUSED).exists():
        raise TransferUsed(_("Nomor transfer ini sudah dipakai untuk pengembalian lain."))
    made = Transfer.objects.create(
        mall_id=refund.mall_id, refund=refund, part=part, number=sent.number.strip(), mark=sent.mark, sent_on=sent.day,
        account=by.account, at=at,
    )  # fmt: skip
    audit.record("transfer.recorded", f"bill:{bill.pk}", by=by, at=at, after={"mark": made.mark})
    return made


@transaction.atomic
def accept(transfer: Transfer, *, by: Actor, at: datetime) -> Return:
    """Let a refund be paid back by a transfer that somebody else has recorded, to where somebody else has said.

    Raises NotAllowed, SamePerson, MoveNotAllowed, NotToBePaid.
    """
    transfer = _decided(transfer, Transfer.Verdict.ACCEPTED, "", by, at)
    refund = transfer.refund
    _not_back(refund)
    made = Return.objects.create(
        mall_id=transfer.mall_id, refund=refund, settlement_id=refund.settlement_id, transfer=transfer,
        day=transfer.sent_on, at=at,
    )  # fmt: skip
    bill = refund.settlement.bill
    audit.record("refund.returned", f"bill:{bill.pk}", by=by, at=at, after={"transfer": transfer.pk})
    telling.tell_returned(refund, mark=transfer.number, by=by, at=at)
    return made


@transaction.atomic
def refuse(transfer: Transfer, *, words: str, by: Actor, at: datetime) -> Transfer:
    """Refuse a transfer that somebody else has recorded, with the reason: the refund waits to be paid again.

    Raises NotAllowed, SamePerson, MoveNotAllowed, ReasonMissing.
    """
    words = stated(words, _("Tulis mengapa transfer ini ditolak."))
    transfer = _decided(transfer, Transfer.Verdict.REFUSED, words, by, at)
    about = f"bill:{transfer.refund.settlement.bill_id}"
    audit.record("transfer.refused", about, by=by, at=at, reason=words)
    return transfer


def _decided(transfer: Transfer, verdict: Transfer.Verdict, words: str, by: Actor, at: datetime) -> Transfer:
    locked(transfer.refund.settlement.bill.agency_id)
    rows = Transfer.objects.select_for_update(of=("self",)).select_related("refund__settlement__bill__mall")
    found = rows.get(pk=transfer.pk)
    only_another_behind(by, found.refund.settlement.bill.agency_id, found)
    not_the_payer(found.refund, by)
    to = shown.account_of(found.refund)
    if to and to.account_id is not None and to.account_id == by.account_id:
        raise SamePerson(_("Anda yang menyebut tujuan uang ini. Mintalah rekan Anda memeriksa transfernya."))
    found.decide(verdict, words, by=by.account, at=at)
    return found


def _directed(bill: Bill, refund: Refund, to: Destination, *, by: Actor, at: datetime) -> RefundAccount:
    locked(bill.agency_id)
    _to_be_paid(refund)
    made = RefundAccount.objects.create(
        mall_id=refund.mall_id, refund=refund, account=by.account, at=at,
        destination=sealed_destination(refund.mall_id, to),
    )  # fmt: skip
    # Where to stays sealed in its row: the audit holds no account numbers.
    after = {"to": "bank" if to.is_account else "desk"}
    audit.record("refund.directed", f"bill:{bill.pk}", by=by, at=at, after=after)
    return made


def _only_payers(by: Actor, refund: Refund) -> None:
    if by.account is None or not by.works_behind(refund.settlement.bill.agency_id):
        raise NotAllowed(_("Hanya admin dan petugas belakang instansi ini yang membayar pengembalian."))
    not_the_payer(refund, by)


def _to_be_paid(refund: Refund) -> None:
    """Refuse what is not to be paid by hand, or was. Raises NotToBePaid, AlreadyWaiting."""
    refund.refresh_from_db()
    if refund.verdict != Refund.Verdict.ACCEPTED:
        raise NotToBePaid(_("Pengembalian untuk tagihan ini belum disetujui."))
    _not_back(refund)
    if shown.is_at_gateway(refund):
        raise NotToBePaid(_("Penyedia QRIS sedang diminta mengembalikan uang ini. Tunggu jawabannya."))
    if Transfer.objects.filter(mall_id=refund.mall_id, refund=refund).exclude(verdict=Refund.Verdict.REFUSED).exists():
        raise AlreadyWaiting(_("Transfer untuk pengembalian ini sudah dicatat dan menunggu diperiksa."))


def _not_back(refund: Refund) -> None:
    if Return.objects.filter(mall_id=refund.mall_id, refund=refund).exists():
        raise NotToBePaid(_("Uang ini sudah dikembalikan."))
