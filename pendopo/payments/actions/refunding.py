"""Money that is asked back: whoever asks says why, and another one decides. Granted, it goes back as it came
(`returning`) or is paid to where somebody said (`transferring`).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.errors import AnotherBody
from pendopo.kernel.reasons import stated
from pendopo.payments.actions import _telling as telling
from pendopo.payments.actions._rights import locked, of_their_own, only_another_behind, only_its_people
from pendopo.payments.actions.returning import send_back
from pendopo.payments.errors import AlreadyWaiting, DestinationMissing, NotSettled
from pendopo.payments.models import Bill, GatewayRefund, Refund, RefundAccount, RefundWish, Settlement
from pendopo.payments.models.returning import sealed_destination
from pendopo.payments.types import Destination


@transaction.atomic
def ask(
    bill: Bill, *, reason: str, part: UUID, by: Actor, at: datetime, to: Destination | None = None
) -> Refund:  # fmt: skip
    """Ask for all that was paid; the same request again gives the same row. What its payer asks is taken up by it.

    `to` is where the money goes; without it, as it came or where its payer said. Raises NotAllowed, ReasonMissing,
    AnotherBody, NotSettled, AlreadyWaiting, SamePerson for the payer, DestinationMissing.
    """
    only_its_people(by, bill.agency_id)
    assert by.account
    reason = stated(reason, _("Tulis mengapa uang ini dikembalikan."))
    locked(bill.agency_id)
    settlement = Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).first()
    if settlement is None:
        raise NotSettled(_("Tagihan ini belum lunas: tidak ada yang dikembalikan."))
    known = Refund.objects.filter(mall_id=bill.mall_id, part=part).first()
    if known:
        if (known.settlement_id, known.reason, known.account_id) != (settlement.pk, reason, by.account_id):
            raise AnotherBody(_("Nomor permintaan (id) ini sudah dipakai untuk hal lain."))
        return known
    standing = Refund.objects.filter(mall_id=bill.mall_id, settlement=settlement)
    if standing.exclude(verdict=Refund.Verdict.REFUSED).exists():
        raise AlreadyWaiting(_("Pengembalian untuk tagihan ini sudah diminta."))
    wish = RefundWish.objects.filter(mall_id=bill.mall_id, settlement=settlement, ended_at=None).first()
    of_their_own(wish, by)
    goes_to = to or (wish.goes_to if wish else None)
    if goes_to is None and settlement.charge_id is None:
        raise DestinationMissing(_("Tulis ke rekening mana uang ini dikembalikan, pada halaman tagihannya."))
    refund = Refund.objects.create(
        mall_id=bill.mall_id, part=part, settlement=settlement, reason=reason, account=by.account, at=at
    )
    if wish:
        wish.refund = refund
        wish.save(update_fields=["refund"])
    if goes_to:
        said_by = by.account_id if to or wish is None else wish.account_id
        RefundAccount.objects.create(
            mall_id=bill.mall_id, refund=refund, account_id=said_by, at=at,
            destination=sealed_destination(bill.mall_id, goes_to),
        )  # fmt: skip
    after = {"wish": wish.pk if wish else None}
    audit.record("refund.asked", f"bill:{bill.pk}", by=by, at=at, reason=reason, after=after)
    return refund


@transaction.atomic
def grant(refund: Refund, *, by: Actor, at: datetime) -> Refund:
    """Grant what somebody else has asked for: what came through a gateway goes back through it, by a job.

    Raises NotAllowed, SamePerson, MoveNotAllowed.
    """
    refund = _decided(refund, Refund.Verdict.ACCEPTED, "", by, at)
    bill = refund.settlement.bill
    wanted = _wanted_back(refund, at)
    after = {"amount": bill.amount, "number": wanted.number if wanted else None}
    audit.record("refund.granted", f"bill:{bill.pk}", by=by, at=at, after=after)
    telling.tell_decided(refund, by=by, at=at)
    return refund


@transaction.atomic
def refuse(refund: Refund, *, words: str, by: Actor, at: datetime) -> Refund:
    """Refuse what somebody else has asked for, with the reason; it may be asked again.

    Raises NotAllowed, SamePerson, MoveNotAllowed, ReasonMissing.
    """
    words = stated(words, _("Tulis mengapa pengembalian ini ditolak."))
    refund = _decided(refund, Refund.Verdict.REFUSED, words, by, at)
    audit.record("refund.refused", f"bill:{refund.settlement.bill_id}", by=by, at=at, reason=words)
    telling.tell_decided(refund, by=by, at=at)
    return refund


def _wanted_back(refund: Refund, at: datetime) -> GatewayRefund | None:
    """Have money that came by a code go back through its gateway, by a job; None: it came by no code."""
    settlement = refund.settlement
    if settlement.charge_id is None:
        return None
    # From the start it is due: where the job is lost, the worker's next look sends it.
    made = GatewayRefund.objects.create(
        mall_id=refund.mall_id, refund=refund, charge_id=settlement.charge_id,
        number=f"{settlement.bill.number}-R{refund.pk}", asked_at=at, look_at=at,
    )  # fmt: skip
    send_back.defer(mall=refund.mall_id, refund=made.pk)
    return made


def _decided(refund: Refund, verdict: Refund.Verdict, words: str, by: Actor, at: datetime) -> Refund:
    rows = Refund.objects.select_for_update(of=("self",)).select_related("settlement__bill")
    found = rows.get(pk=refund.pk)
    only_another_behind(by, found.settlement.bill.agency_id, found)
    wish = RefundWish.objects.filter(mall_id=found.mall_id, refund=found).first()
    of_their_own(wish, by)
    found.decide(verdict, words, by=by.account, at=at)
    if wish:
        wish.ended_at = at
        wish.save(update_fields=["ended_at"])
    return found
