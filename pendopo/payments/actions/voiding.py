"""A bill that is not asked any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.reasons import stated
from pendopo.payments.actions._rights import locked, only_its_people
from pendopo.payments.actions._settling import is_settled
from pendopo.payments.errors import AlreadySettled, AlreadyWaiting, BillVoid
from pendopo.payments.models import Bill, Charge, Deposit, Voiding
from pendopo.payments.models.codes import LIVE


@transaction.atomic
def void(bill: Bill, *, reason: str, by: Actor, at: datetime) -> Voiding:
    """Ask a bill no more; its code is taken back by the next look.

    Raises NotAllowed, ReasonMissing, AlreadySettled, AlreadyWaiting while a deposit is to be checked, BillVoid.
    """
    only_its_people(by, bill.agency_id)
    assert by.account
    reason = stated(reason, _("Tulis mengapa tagihan ini dibatalkan."))
    locked(bill.agency_id)
    if is_settled(bill):
        raise AlreadySettled(_("Tagihan ini sudah lunas."))
    if Deposit.objects.filter(mall_id=bill.mall_id, bill=bill, verdict=Deposit.Verdict.WAITING).exists():
        raise AlreadyWaiting(_("Bukti untuk tagihan ini sudah dicatat dan menunggu diperiksa."))
    if Voiding.objects.filter(mall_id=bill.mall_id, bill=bill).exists():
        raise BillVoid(_("Tagihan ini sudah dibatalkan."))
    Charge.objects.filter(mall_id=bill.mall_id, bill=bill, state__in=LIVE).update(is_to_cancel=True, look_at=at)
    voiding = Voiding.objects.create(mall_id=bill.mall_id, bill=bill, reason=reason, account=by.account, at=at)
    audit.record("bill.voided", f"bill:{bill.pk}", by=by, at=at, reason=reason)
    return voiding
