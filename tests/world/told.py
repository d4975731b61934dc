"""Whom bills and documents are about, what payers ask back, and the other side's lists."""

from uuid import uuid4

from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.kernel.money import Money
from pendopo.payments.actions import listing, wishing
from pendopo.payments.lists import Listed
from pendopo.payments.tests import make
from pendopo.payments.types import Way
from pendopo.people import actions as people
from pendopo.people.models import Account, Person
from pendopo.queues.tests.make import Hall


def citizen_of(hall: Hall, account: Account) -> Person:
    """Note a citizen who signs in."""
    return people.add_person(hall.mall, name=account.name, account=account, at=timezone.now())


def tell(hall: Hall) -> None:
    """Bill somebody who is told of it, let them ask their money back, and bring a list of the bank."""
    at, agency = timezone.now(), hall.place.agency
    checker = make_agencies.staff(hall.mall, Role.BACK_OFFICE, agency=agency)
    bill = make.bill(make.variant(agency, at=at), hall.officer, at=at, payer=make.PAYER)
    make.settled(bill, hall.officer, checker, at=at)
    wishing.wish(bill, "Dobel", to=make.ACCOUNT, part=uuid4(), by=make_agencies.staff(hall.mall), at=at)
    manager = make_agencies.staff(hall.mall, Role.MANAGER)
    listed = [Listed(hall.mall.local(at).date(), "TIDAK-ADA", Money(1))]
    listing.bring(hall.mall, Way.DESK, listed, source="Rekening koran", by=manager, at=at)
