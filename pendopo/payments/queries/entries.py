"""What was paid on a day, bill by bill, and by what each is known on the other side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pendopo.kernel.money import Money
from pendopo.payments.models import Settlement
from pendopo.payments.types import Told, Way
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Entry:
    """One bill that was paid on a day: number, way, by what it is known again on the other side, amount."""

    number: str
    bill: int
    receipt: str
    way: Way
    mark: str
    amount: Money
    is_confirmed: bool
    # By what the gateway knows a code; empty elsewhere.
    other_mark: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """All by which the other side's list may know it, in capitals."""
        return tuple(mark.upper() for mark in (self.mark, self.other_mark) if mark)


def entries(mall: Mall, day: date) -> Sequence[Entry]:
    """Return what was paid on a day, by way and number."""
    rows = Settlement.objects.filter(mall=mall, paid_on=day).select_related("bill", "deposit", "charge")
    return sorted((_entry(row) for row in rows), key=lambda each: (list(Way).index(each.way), each.number))


def _entry(row: Settlement) -> Entry:
    if row.charge is not None:
        way, mark, other, is_confirmed = (
            Way.QRIS, row.charge.reference, row.charge.gateway_reference, row.charge.told == Told.SUCCESS,
        )  # fmt: skip
    else:
        assert row.deposit is not None
        way, mark, other, is_confirmed = Way(row.deposit.how), row.deposit.mark, "", True
    return Entry(row.bill.number, row.bill.pk, row.receipt, way, mark, row.bill.money, is_confirmed, other)
