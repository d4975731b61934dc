"""That a bill is paid, with the next number of its receipts. For actions only, which have locked the agency."""

from datetime import date, datetime

from pendopo.agencies.models import Agency
from pendopo.audit.types import Who
from pendopo.payments.actions import _telling as telling
from pendopo.payments.models import Bill, Charge, Deposit, Settlement


def settle(
    bill: Bill, agency: Agency, *, paid_on: date, at: datetime, deposit: Deposit | None = None,
    charge: Charge | None = None, by: Who | None = None,
) -> Settlement:  # fmt: skip
    """Settle a bill by a deposit or a charge, and number its receipt: gapless, by agency and year of the mall.

    Whom the bill is about is told, once, whichever way the money came.
    """
    year = agency.mall.local(at).year
    before = Settlement.objects.filter(mall_id=bill.mall_id, agency=agency, year=year).order_by("-position").first()
    position = (before.position or 0) + 1 if before else 1
    made = Settlement.objects.create(
        mall_id=bill.mall_id, bill=bill, deposit=deposit, charge=charge, paid_on=paid_on, settled_at=at, agency=agency,
        year=year, position=position, receipt=f"TT-{agency.code}-{year}-{position:05}",
    )  # fmt: skip
    telling.tell_paid(bill, by=by, at=at)
    return made


def is_settled(bill: Bill) -> bool:
    """Whether a bill is settled, as the database has it now."""
    return Settlement.objects.filter(mall_id=bill.mall_id, bill=bill).exists()
