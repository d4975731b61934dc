"""Money that came for a bill after it had expired: whoever manages the mall may let it count."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.reasons import stated
from pendopo.payments.actions._rights import locked, only_manager
from pendopo.payments.actions._settling import is_settled, settle
from pendopo.payments.errors import AlreadySettled, NothingToAdmit
from pendopo.payments.models import Bill, Charge, Settlement
from pendopo.payments.models.codes import State


@transaction.atomic
def admit(bill: Bill, *, reason: str, by: Actor, at: datetime) -> Settlement:
    """Settle a bill by a code that was paid, in full, when the bill had expired.

    Raises NotAllowed, ReasonMissing, AlreadySettled, NothingToAdmit.
    """
    only_manager(by)
    reason = stated(reason, _("Tulis mengapa pembayaran terlambat ini diterima."))
    agency = locked(bill.agency_id)
    if is_settled(bill):
        raise AlreadySettled(_("Tagihan ini sudah lunas."))
    # A code counts as paid only where the amount was right.
    charge = Charge.objects.filter(mall_id=bill.mall_id, bill=bill, state=State.PAID).order_by("pk").first()
    if charge is None or charge.paid_at is None or bill.is_void:
        raise NothingToAdmit(_("Tidak ada pembayaran terlambat untuk tagihan ini."))
    paid_on = agency.mall.local(charge.paid_at).date()
    made = settle(bill, agency, charge=charge, paid_on=paid_on, at=at, by=by)
    audit.record("bill.late_admitted", f"bill:{bill.pk}", by=by, at=at, reason=reason, after={"receipt": made.receipt})
    return made
