"""Money that goes back: at a gateway that is away, by a transfer that waits to be checked, and by one that was."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.payments.actions import charging, noticing, refunding, transferring
from pendopo.payments.models import Bill, Merchant, Refund, Transfer
from pendopo.payments.tests import make
from pendopo.payments.types import Notice, Sent, Told
from pendopo.queues.tests.make import Hall


@dataclass(frozen=True, slots=True)
class _Desk:
    hall: Hall
    back: Actor
    manager: Actor
    at: datetime


def give_back(hall: Hall) -> None:
    """Grant what a code has paid, and pay by hand what the bank's desk has taken. Stand behind `bills.bill`."""
    agency = hall.place.agency
    manager = make_agencies.staff(hall.mall, Role.MANAGER)
    desk = _Desk(hall, make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=agency), manager, timezone.now())
    _granted(desk, _paid_by_a_code(desk))
    transferring.accept(_transferred(desk, "TRF 1"), by=manager, at=desk.at)
    _transferred(desk, "TRF 2")


def _bill(desk: _Desk) -> Bill:
    return make.bill(make.variant(desk.hall.place.agency, at=desk.at), desk.hall.officer, at=desk.at)


def _paid_by_a_code(desk: _Desk) -> Bill:
    bill = _bill(desk)
    charge = charging.want(bill, by=None, at=desk.at)
    notice = Notice(
        "7", desk.at, sha256(b"7").digest(), charge.reference, Told.SUCCESS, amount=bill.money, paid_at=desk.at
    )
    noticing.take_in(Merchant.objects.get(mall=desk.hall.mall), notice, at=desk.at)
    return bill


def _granted(desk: _Desk, bill: Bill) -> Refund:
    asked = refunding.ask(
        bill, reason="Salah layanan", to=make.ACCOUNT, part=uuid4(), by=desk.hall.officer, at=desk.at
    )  # fmt: skip
    return refunding.grant(asked, by=desk.back, at=desk.at)


def _transferred(desk: _Desk, number: str) -> Transfer:
    bill = _bill(desk)
    make.settled(bill, desk.hall.officer, desk.back, at=desk.at)
    day = desk.hall.mall.local(desk.at).date()
    refund = _granted(desk, bill)
    return transferring.record(refund, Sent(number, day), part=uuid4(), by=desk.back, at=desk.at)
