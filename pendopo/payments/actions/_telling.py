"""What whoever a bill is about is told of it: in the transaction of what happened. For actions only.

Each happening has one key, so that whoever tries again tells nobody twice. A bill that names nobody tells nobody: its
page says it all.
"""

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation

from pendopo.audit.types import Who
from pendopo.kernel import dates
from pendopo.notifications.actions import writing
from pendopo.notifications.queries.addresses import language_of
from pendopo.payments.models import Bill, Refund


def tell_made(bill: Bill, *, by: Who | None, at: datetime) -> None:
    """Tell what is to be paid, until when, and where that is shown."""
    if bill.person is None:
        return
    with translation.override(language_of(bill.mall, bill.person)):
        until = dates.moment(bill.expires_at, bill.mall.timezone)
    told = {"number": bill.number, "service": bill.rule, "amount": bill.money.figure, "until": until, "link": bill.link}
    _tell(bill, "bill_made", f"bill:{bill.pk}:made", told, by=by, at=at)


def tell_paid(bill: Bill, *, by: Who | None, at: datetime) -> None:
    """Tell that the money has come, and where the receipt is."""
    told = {"number": bill.number, "amount": bill.money.figure, "mall": bill.mall.name, "link": bill.link}
    _tell(bill, "bill_paid", f"bill:{bill.pk}:paid", told, by=by, at=at)


def tell_decided(refund: Refund, *, by: Who | None, at: datetime) -> None:
    """Tell whether the money is given back; refused, why not."""
    bill = refund.settlement.bill
    told = {"number": bill.number, "mall": bill.mall.name, "link": bill.link}
    if refund.verdict == Refund.Verdict.ACCEPTED:
        name, told = "refund_granted", told | {"amount": bill.money.figure}
    else:
        name, told = "refund_refused", told | {"reason": refund.words}
    _tell(bill, name, f"refund:{refund.pk}:{refund.verdict}", told, by=by, at=at)


def tell_returned(refund: Refund, *, mark: str, by: Who | None, at: datetime) -> None:
    """Tell that the money went back, and under which number the bank can find it."""
    bill = refund.settlement.bill
    told = {"number": bill.number, "amount": bill.money.figure, "mall": bill.mall.name, "mark": mark, "link": bill.link}
    _tell(bill, "refund_returned", f"refund:{refund.pk}:returned", told, by=by, at=at)


def tell_refused_by_gateway(refund: Refund, *, by: Who | None, at: datetime) -> None:
    """Tell that the money cannot go back as it came, and where to say which account it goes to."""
    bill = refund.settlement.bill
    told = {"number": bill.number, "amount": bill.money.figure, "link": bill.link}
    _tell(bill, "refund_account_wanted", f"refund:{refund.pk}:account", told, by=by, at=at)


def _tell(bill: Bill, template: str, key: str, told: Mapping[str, str], *, by: Who | None, at: datetime) -> None:
    """Write to the payer; nobody where the bill names none."""
    if bill.person is None:
        return
    writing.write(
        bill.mall, to=bill.person, template=template, data=told, about=f"bill:{bill.pk}", key=key, at=at, by=by
    )
