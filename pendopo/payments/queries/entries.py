"""What was paid and given back on a day, bill by bill, and by what each is known on the other side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pendopo.kernel.money import Money
from pendopo.payments.models import Return, Settlement
from pendopo.payments.types import Told, Way
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Entry:
    """One bill whose money came or went back on a day: number, way, by what the other side knows it, amount."""

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
    def signed(self) -> int:
        """The amount for a file: below zero where it went back."""
        return -self.amount.rupiah if self.way.goes_back else self.amount.rupiah

    @property
    def marks(self) -> tuple[str, ...]:
        """All by which the other side's list may know it, in capitals."""
        return tuple(mark.upper() for mark in (self.mark, self.other_mark) if mark)


def entries(mall: Mall, day: date) -> Sequence[Entry]:
    """Return what was paid and given back on a day, by way and number."""
    rows = Settlement.objects.filter(mall=mall, paid_on=day).select_related("bill", "deposit", "charge")
    back = Return.objects.filter(mall=mall, day=day).select_related("settlement__bill", "at_gateway", "transfer")
    found = [*(_entry(row) for row in rows), *(_back(row) for row in back)]
    return sorted(found, key=lambda each: (list(Way).index(each.way), each.number))


def _back(row: Return) -> Entry:
    if row.at_gateway is not None:
        way, mark, other = Way.BACK, row.at_gateway.number, row.at_gateway.gateway_number
    else:
        assert row.transfer is not None
        way, mark, other = Way.GIVE, row.transfer.mark, ""
    bill = row.settlement.bill
    return Entry(bill.number, bill.pk, row.settlement.receipt, way, mark, bill.money, True, other)


def _entry(row: Settlement) -> Entry:
    if row.charge is not None:
        way, mark, other, is_confirmed = (
            Way.QRIS, row.charge.reference, row.charge.gateway_reference, row.charge.told == Told.SUCCESS,
        )  # fmt: skip
    else:
        assert row.deposit is not None
        way, mark, other, is_confirmed = Way(row.deposit.how), row.deposit.mark, "", True
    return Entry(row.bill.number, row.bill.pk, row.receipt, way, mark, row.bill.money, is_confirmed, other)
