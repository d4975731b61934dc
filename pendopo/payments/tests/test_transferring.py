"""Money that is paid back by hand: to where somebody said, by one who pays and another one who checks."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import AnotherBody, MoveNotAllowed, NotAllowed, NotUnderstood, ReasonMissing
from pendopo.payments.actions import refunding, transferring, wishing
from pendopo.payments.errors import AlreadyWaiting, DestinationMissing, NotToBePaid, SamePerson, TransferUsed
from pendopo.payments.models import Bill, Refund, RefundAccount, Return, Transfer
from pendopo.payments.queries import returning
from pendopo.payments.tests import make
from pendopo.payments.types import Destination, Sent
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(where: Place) -> Actor:
    return agencies.staff(where.mall, Role.MANAGER)


@pytest.fixture
def paid(where: Place, officer: Actor, checker: Actor, at: datetime) -> Bill:
    with wall.inside(where.mall.pk):
        made = make.bill(make.variant(where.agency, at=at), officer, at=at, payer=make.PAYER)
        make.settled(made, officer, checker, at=at)
        return made


def granted(bill: Bill, officer: Actor, checker: Actor, at: datetime) -> Refund:
    asked = refunding.ask(bill, reason="Dobel", to=make.ACCOUNT, part=uuid4(), by=officer, at=at)
    return refunding.grant(asked, by=checker, at=at)


def sent(bill: Bill, number: str = "TRF 1", days: int = 0) -> Sent:
    return Sent(number, bill.day + timedelta(days=days))


def test_nobody_asks_for_money_of_the_desk_without_saying_where_to(
    where: Place, officer: Actor, paid: Bill, at: datetime
) -> None:
    with wall.inside(where.mall.pk):
        with pytest.raises(DestinationMissing):
            refunding.ask(paid, reason="Dobel", part=uuid4(), by=officer, at=at)
        with pytest.raises(DestinationMissing):
            wishing.wish(paid, "Dobel", part=uuid4(), by=Actor(mall=where.mall), at=at)
        assert not Refund.objects.exists()


@pytest.mark.parametrize("wrong", [
    ("", "123456", "Siti"), ("Bank", "12345", "Siti"), ("Bank", "1" * 21, "Siti"), ("Bank", "12345a", "Siti"),
    ("Bank", "123456", ""), ("B" * 41, "123456", "Siti"), ("Bank", "123456", "S" * 81), ("Bank", "\u0661" * 6, "Siti"),
])  # fmt: skip
def test_an_account_that_no_bank_has_is_refused(wrong: tuple[str, str, str]) -> None:
    with pytest.raises(NotUnderstood):
        Destination(*wrong)


def test_one_pays_and_another_one_checks_once(
    where: Place, officer: Actor, checker: Actor, manager: Actor, paid: Bill, at: datetime
) -> None:
    part = uuid4()
    with wall.inside(where.mall.pk):
        refund = refunding.ask(paid, reason="Dobel", to=make.ACCOUNT, part=uuid4(), by=officer, at=at)
        with pytest.raises(NotToBePaid):
            transferring.record(refund, sent(paid), part=part, by=checker, at=at)
        refunding.grant(refund, by=checker, at=at)
        assert returning.is_to_be_paid(refund)
        with pytest.raises(NotAllowed):
            transferring.record(refund, sent(paid), part=part, by=officer, at=at)
        for days in (-1, 1):
            with pytest.raises(NotUnderstood):
                transferring.record(refund, sent(paid, days=days), part=part, by=checker, at=at)
        made = transferring.record(refund, sent(paid), part=part, by=checker, at=at)
        assert transferring.record(refund, sent(paid, " trf  1"), part=part, by=checker, at=at) == made
        with pytest.raises(AnotherBody):
            transferring.record(refund, sent(paid, "TRF 2"), part=part, by=checker, at=at)
        with pytest.raises(AlreadyWaiting):
            transferring.record(refund, sent(paid, "TRF 2"), part=uuid4(), by=manager, at=at)
        with pytest.raises(SamePerson):
            transferring.accept(made, by=checker, at=at)
        with pytest.raises(NotAllowed):
            transferring.accept(made, by=officer, at=at)
        assert not Return.objects.exists()

        transferring.accept(made, by=manager, at=at)

        assert Return.objects.get().transfer == made
        assert not returning.is_to_be_paid(refund)
        with pytest.raises(MoveNotAllowed):
            transferring.accept(made, by=manager, at=at)
        with pytest.raises(NotToBePaid):
            transferring.record(refund, sent(paid, "TRF 3"), part=uuid4(), by=checker, at=at)
        with pytest.raises(NotToBePaid):
            transferring.direct(refund, make.ACCOUNT, by=officer, at=at)
        acts = Entry.objects.filter(subject=f"bill:{paid.pk}")
        assert acts.filter(action="refund.returned").count() == 1
        assert not any(make.ACCOUNT.number in str(each.after) for each in acts)


def test_a_refused_transfer_lets_it_be_paid_again_and_one_number_pays_once(
    where: Place, officer: Actor, checker: Actor, manager: Actor, paid: Bill, at: datetime
) -> None:
    with wall.inside(where.mall.pk):
        refund = granted(paid, officer, checker, at)
        first = transferring.record(refund, sent(paid), part=uuid4(), by=checker, at=at)
        with pytest.raises(ReasonMissing):
            transferring.refuse(first, words=" ", by=manager, at=at)
        transferring.refuse(first, words="Bukan ke rekening ini", by=manager, at=at)
        assert returning.is_to_be_paid(refund)
        transferring.record(refund, sent(paid), part=uuid4(), by=checker, at=at)

        other = make.bill(make.variant(where.agency, at=at), officer, at=at)
        make.settled(other, officer, checker, at=at)
        with pytest.raises(TransferUsed):
            transferring.record(
                granted(other, officer, checker, at), sent(paid, "trf 1"), part=uuid4(), by=checker, at=at
            )
        with pytest.raises(IntegrityError, match="transfer_checked_by_another"), transaction.atomic():
            Transfer.objects.filter(verdict="waiting").update(
                verdict="accepted", checker=checker.account, checked_at=at
            )


def test_whoever_says_where_to_does_not_check_that_it_went_there(
    where: Place, officer: Actor, checker: Actor, manager: Actor, paid: Bill, at: datetime
) -> None:
    other = agencies.staff(where.mall, Role.BACK_OFFICE, agency=where.agency)
    with wall.inside(where.mall.pk):
        refund = granted(paid, officer, checker, at)
        transferring.direct(refund, Destination("Bank Lain", "999999", "Budi Contoh"), by=manager, at=at)
        assert RefundAccount.objects.count() == 2
        latest = returning.account_of(refund)
        assert latest
        assert latest.said.bank == "Bank Lain"
        made = transferring.record(refund, sent(paid), part=uuid4(), by=checker, at=at)
        # Once it is paid nobody turns it any more.
        with pytest.raises(AlreadyWaiting):
            transferring.direct(refund, make.ACCOUNT, by=manager, at=at)
        with pytest.raises(SamePerson):
            transferring.accept(made, by=manager, at=at)
        transferring.accept(made, by=other, at=at)
        assert Return.objects.count() == 1


def test_the_whole_account_is_for_those_who_decide_and_pay(
    where: Place, officer: Actor, checker: Actor, manager: Actor, paid: Bill, at: datetime
) -> None:
    base, whole = f"/m/{where.mall.slug}", f"Ke Bank Contoh {make.ACCOUNT.number} atas nama Siti Contoh"
    with wall.inside(where.mall.pk):
        refund = granted(paid, officer, checker, at)
    desk, back, second = (agencies.client(who) for who in (officer, checker, manager))
    head = agencies.client(agencies.staff(where.mall, Role.HEAD)).get(f"{base}/checks/").content.decode()
    assert "Bank Contoh" not in head
    shown = desk.get(f"{base}/checks/").content.decode()
    assert "Ke rekening Bank Contoh berakhiran 2222" in shown
    assert make.ACCOUNT.number not in shown
    assert whole in back.get(f"{base}/checks/").content.decode()
    path, form = f"{base}/checks/refunds/{refund.pk}/transfers/", {"part": uuid4(), "number": "TRF 7"}
    form |= {"sent_on": where.mall.local(at).date().isoformat()}
    assert desk.post(path, form).status_code == 422
    assert back.post(path, form | {"number": ""}).status_code == 422
    assert back.post(path, form).status_code == 302
    with wall.inside(where.mall.pk):
        made = Transfer.objects.get()
    assert back.post(f"{base}/checks/transfers/{made.pk}/", {"verdict": "accept"}).status_code == 422
    assert whole in second.get(f"{base}/checks/").content.decode()
    assert second.post(f"{base}/checks/transfers/{made.pk}/", {"verdict": "accept"}).status_code == 302
    for page in (f"{base}/bills/{paid.pk}/", f"{base}/b/{paid.key}/"):
        told = second.get(page).content.decode()
        assert "TRF 7" in told
        assert make.ACCOUNT.number not in told


def test_a_payer_who_works_here_handles_their_own_money_nowhere(
    where: Place, officer: Actor, checker: Actor, manager: Actor, paid: Bill, at: datetime
) -> None:
    with wall.inside(where.mall.pk):
        wish = wishing.wish(paid, "Dobel", to=make.ACCOUNT, part=uuid4(), by=checker, at=at)
        refund = refunding.grant(wishing.put_forward(wish, part=uuid4(), by=officer, at=at), by=manager, at=at)
        with pytest.raises(SamePerson):
            transferring.record(refund, sent(paid), part=uuid4(), by=checker, at=at)
