"""Money that goes back to whoever paid at the bank's desk: to be paid, paid and to be checked, back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.payments.actions import refunding, transferring
from pendopo.payments.models import Bill
from pendopo.payments.types import Destination, Sent
from pendopo.tenancy.models import Mall

STATES = ("granted", "transferred", "returned")


def give_back(mall: Mall, paid: Sequence[Bill], *, by: Actor, at: datetime, word: str) -> dict[str, int | str]:
    """Grant the money of three bills, pay two of them, and let one be checked; return the keys of their pages."""
    back, manager = (make_agencies.staff(mall, Role.MANAGER) for _each in range(2))
    to = Destination(f"Bank {word}".strip()[:40], "0012341234", f"Contoh {word}".strip()[:80])
    for state, bill in zip(STATES, paid, strict=True):
        asked = refunding.ask(bill, reason=f"Dobel {word}".strip(), to=to, part=uuid4(), by=by, at=at)
        refund = refunding.grant(asked, by=back, at=at)
        if state != "granted":
            number = Sent(f"TRF {bill.pk}", mall.local(at).date())
            transfer = transferring.record(refund, number, part=uuid4(), by=back, at=at)
            if state == "returned":
                transferring.accept(transfer, by=manager, at=at)
    return {f"{state}_key": bill.key for state, bill in zip(STATES, paid, strict=True)}
