"""Bills, codes of a gateway, and a day's money."""

import hashlib
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.models import Agency
from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.money import Money
from pendopo.payments.actions import charging, merchants, noticing, photos, reconciling, refunding, voiding
from pendopo.payments.actions.merchants import MerchantFacts
from pendopo.payments.models import Bill, Merchant
from pendopo.payments.queries import reconciliation
from pendopo.payments.tests import make as make_bills
from pendopo.payments.types import Notice, Told, Way
from pendopo.queues.tests.make import Hall

# Where nobody listens: what is asked there is refused at once.
NOWHERE = "http://127.0.0.1:9"
PAPER = b"%PDF-1.4\n%%EOF\n"


def bill(hall: Hall) -> None:
    """Make a bill that was settled and is asked back, one whose deposit waits, one that is void, one with a code."""
    at, agency = timezone.now(), hall.place.agency
    checker = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=agency)
    case = make_bills.variant(agency, at=at)
    paid, waiting, void, open_ = (make_bills.bill(case, hall.officer, at=at) for _place in range(4))
    photos.send(paid, PAPER, at=at)
    make_bills.settled(paid, hall.officer, checker, at=at)
    refunding.ask(paid, reason="Salah layanan", to=make_bills.ACCOUNT, part=uuid4(), by=hall.officer, at=at)
    make_bills.deposit(waiting, hall.officer, at=at)
    voiding.void(void, reason="Salah layanan", by=hall.officer, at=at)
    manager = make_agencies.staff(hall.mall, Role.MANAGER)
    _ask_a_gateway(agency, open_, manager, at)
    _reconcile(hall, manager, at)


def _ask_a_gateway(agency: Agency, open_: Bill, manager: Actor, at: datetime) -> None:
    """Ask a gateway that is away for a code, and hear of a payment that nobody knows."""
    facts = MerchantFacts(NOWHERE, "contoh", "00007100010926", "95221", secret="rahasia-contoh")
    merchant = merchants.write(agency.mall, facts, reason="Uji", by=manager, at=at)
    charging.obtain(charging.want(open_, by=None, at=at), at=at)
    digest = hashlib.sha256(b"").digest()
    notice = Notice("1", at, digest, "TIDAK-ADA", Told.SUCCESS, amount=Money(1), paid_at=at)
    noticing.take_in(Merchant.objects.get(pk=merchant.pk), notice, at=at)


def _reconcile(hall: Hall, manager: Actor, at: datetime) -> None:
    day = hall.mall.local(at).date()
    reconciling.state(
        hall.mall, day, Way.QRIS, amount=Money(1), count=1, source="Rekening koran", by=manager, at=at
    )  # fmt: skip
    difference = next(each for each in reconciliation.differences(hall.mall, day))
    reconciling.explain(hall.mall, day, difference.subject, reason="Uji", by=manager, at=at)
    reconciling.close(hall.mall, day - timedelta(days=1), by=manager, at=at)
