"""Bills."""

from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.payments.actions import refunding
from pendopo.payments.tests import make as make_bills
from pendopo.queues.tests.make import Hall


def bill(hall: Hall) -> None:
    """Make a bill that was settled and is asked back, and one whose deposit waits."""
    at, agency = timezone.now(), hall.place.agency
    checker = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=agency)
    case = make_bills.variant(agency, at=at)
    paid, waiting = make_bills.bill(case, hall.officer, at=at), make_bills.bill(case, hall.officer, at=at)
    make_bills.settled(paid, hall.officer, checker, at=at)
    refunding.ask(paid, reason="Salah layanan", part=uuid4(), by=hall.officer, at=at)
    make_bills.deposit(waiting, hall.officer, at=at)
