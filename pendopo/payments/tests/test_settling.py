"""Settling a bill by paper: recorded by one, checked by another, once; given back by two people as well."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import AnotherBody, MoveNotAllowed, NotAllowed, NotUnderstood, ReasonMissing, RuleViolation
from pendopo.kernel.money import Money
from pendopo.payments.actions import refunding, settling
from pendopo.payments.errors import (
    AlreadySettled,
    AlreadyWaiting,
    DepositUsed,
    NotSettled,
    PaidTooLate,
    SamePerson,
    WrongAmount,
)
from pendopo.payments.models import Bill, Deposit, Refund, Settlement
from pendopo.payments.queries.receipts import receipt, said
from pendopo.payments.tests import make
from pendopo.payments.types import How, Payment
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
# 23.30 of the 15th of June in the mall.
NOW = datetime(2027, 6, 15, 16, 30, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def bill(where: Place, officer: Actor) -> Bill:
    with wall.inside(where.mall.pk):
        return make.bill(make.variant(where.agency, at=NOW), officer, at=NOW)


@pytest.mark.parametrize("how", How)
def test_what_one_records_another_accepts_and_the_bill_is_settled(
    where: Place, officer: Actor, checker: Actor, bill: Bill, how: How
) -> None:
    with wall.inside(where.mall.pk):
        deposit = make.deposit(bill, officer, at=NOW, how=how)
        assert not Settlement.objects.exists()

        settlement = settling.accept(deposit, by=checker, at=NOW + DAY)

        deposit.refresh_from_db()
        assert (settlement.bill, settlement.deposit, settlement.settled_at) == (bill, deposit, NOW + DAY)
        assert (deposit.verdict, deposit.checker, deposit.checked_at) == ("accepted", checker.account, NOW + DAY)
        paid = Bill.objects.get(pk=bill.pk)
        assert (paid.is_settled, paid.is_expired(NOW + 9 * DAY)) == (True, False)
        actions = Entry.objects.filter(subject=f"bill:{bill.pk}").order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["bill.made", "deposit.recorded", "bill.settled"]


def test_nobody_checks_what_they_recorded_and_the_database_refuses_it_too(where: Place, bill: Bill) -> None:
    manager = agencies.staff(where.mall, Role.MANAGER)
    with wall.inside(where.mall.pk):
        deposit = make.deposit(bill, manager, at=NOW)
        with pytest.raises(SamePerson):
            settling.accept(deposit, by=manager, at=NOW)
        with pytest.raises(SamePerson):
            settling.refuse(deposit, words="Salah", by=manager, at=NOW)
        with pytest.raises(IntegrityError, match="deposit_checked_by_another"), transaction.atomic():
            Deposit.objects.filter(pk=deposit.pk).update(verdict="accepted", checker=manager.account, checked_at=NOW)

        deposit.refresh_from_db()
        assert (deposit.verdict, Settlement.objects.count()) == ("waiting", 0)


def test_only_those_behind_the_counters_of_the_agency_check(where: Place, officer: Actor, bill: Bill) -> None:
    strangers = [agencies.staff(where.mall, agency=where.agency), agencies.staff(where.mall, Role.HEAD)]
    with wall.inside(where.mall.pk):
        deposit = make.deposit(bill, officer, at=NOW)
        for stranger in strangers:
            with pytest.raises(NotAllowed):
                settling.accept(deposit, by=stranger, at=NOW)
            with pytest.raises(NotAllowed):
                settling.refuse(deposit, words="Salah", by=stranger, at=NOW)
        with pytest.raises(NotAllowed):
            make.deposit(bill, strangers[1], at=NOW)

        deposit.refresh_from_db()
        assert (deposit.verdict, Deposit.objects.count()) == ("waiting", 1)


def test_a_bill_is_settled_once_whatever_is_sent_twice(
    where: Place, officer: Actor, checker: Actor, bill: Bill
) -> None:
    part, paid = uuid4(), make.payment(bill)
    with wall.inside(where.mall.pk):
        deposit = settling.record(bill, paid, part=part, by=officer, at=NOW)
        assert settling.record(bill, paid, part=part, by=officer, at=NOW) == deposit
        with pytest.raises(AnotherBody):
            settling.record(bill, make.payment(bill), part=part, by=officer, at=NOW)
        with pytest.raises(AlreadyWaiting):
            make.deposit(bill, officer, at=NOW)

        settling.accept(deposit, by=checker, at=NOW)

        with pytest.raises(MoveNotAllowed):
            settling.accept(deposit, by=checker, at=NOW)
        with pytest.raises(MoveNotAllowed):
            settling.refuse(deposit, words="Salah", by=checker, at=NOW)
        with pytest.raises(AlreadySettled):
            make.deposit(bill, officer, at=NOW)
        assert settling.record(bill, paid, part=part, by=officer, at=NOW) == deposit
        other = make.bill(bill.variant, officer, at=NOW)
        more = make.deposit(other, officer, at=NOW)
        with pytest.raises(IntegrityError, match="bill_id"), transaction.atomic():
            Settlement.objects.create(mall=where.mall, bill=bill, deposit=more, settled_at=NOW)
        assert (Deposit.objects.count(), Settlement.objects.count()) == (2, 1)


@pytest.mark.parametrize("how", How)
def test_one_paper_settles_one_bill_until_it_is_refused(
    where: Place, officer: Actor, checker: Actor, bill: Bill, how: How
) -> None:
    paid = make.payment(bill, how=how)
    # Typed with other blanks and letters it is the same paper.
    same = paid if how is How.CODE else Payment(how, paid.amount, paid.paid_on, f" {paid.number.lower()} ")
    with wall.inside(where.mall.pk):
        other = make.bill(bill.variant, officer, at=NOW)
        deposit = settling.record(bill, paid, part=uuid4(), by=officer, at=NOW)
        with pytest.raises(DepositUsed, match=bill.number):
            settling.record(other, same, part=uuid4(), by=officer, at=NOW)
        with pytest.raises(ReasonMissing):
            settling.refuse(deposit, words=" ", by=checker, at=NOW)

        settling.refuse(deposit, words="Nomor tagihan lain", by=checker, at=NOW)

        settling.accept(settling.record(other, same, part=uuid4(), by=officer, at=NOW), by=checker, at=NOW)
        settling.accept(make.deposit(bill, officer, at=NOW, how=how), by=checker, at=NOW)
        assert Settlement.objects.count() == 2


def test_the_database_knows_a_paper_again(where: Place, officer: Actor, bill: Bill) -> None:
    with wall.inside(where.mall.pk):
        other = make.bill(bill.variant, officer, at=NOW)
        first = make.deposit(bill, officer, at=NOW)
        for of, mark, name in ((other, first.mark, "deposit_for_one_bill"), (bill, "lain", "deposit_once_a_bill")):
            with pytest.raises(IntegrityError, match=name), transaction.atomic():
                Deposit.objects.create(
                    mall=where.mall, part=uuid4(), bill=of, how=first.how, amount=first.amount, paid_on=first.paid_on,
                    number=first.number, mark=mark, account=first.account, at=NOW,
                )  # fmt: skip

        assert list(Deposit.objects.all()) == [first]


@pytest.mark.parametrize(
    ("paid", "refusal"),
    [
        ({"amount": Money(49_999)}, WrongAmount),
        ({"amount": Money(50_001)}, WrongAmount),
        ({"amount": Money(0)}, WrongAmount),
        ({"days": 4}, PaidTooLate),
        ({"days": 6}, NotUnderstood),
    ],
)
def test_a_payment_that_does_not_fit_settles_nothing(
    where: Place, officer: Actor, bill: Bill, paid: dict[str, object], refusal: type[RuleViolation]
) -> None:
    amount, days = paid.get("amount", make.FEE), paid.get("days", 0)
    assert isinstance(amount, Money)
    assert isinstance(days, int)
    with wall.inside(where.mall.pk):
        payment = make.payment(bill, amount=amount, days=days)
        with pytest.raises(refusal):
            settling.record(bill, payment, part=uuid4(), by=officer, at=NOW + 5 * DAY)

        assert not Deposit.objects.exists()


def test_what_was_paid_in_time_may_be_recorded_later(where: Place, officer: Actor, bill: Bill) -> None:
    with wall.inside(where.mall.pk):
        settling.record(bill, make.payment(bill, days=3), part=uuid4(), by=officer, at=NOW + 30 * DAY)

        assert Deposit.objects.get().verdict == "waiting"


@pytest.mark.parametrize(
    ("how", "number", "ntpn"),
    [
        (How.DESK, "", ""),
        (How.DESK, " ", ""),
        (How.DESK, "1" * 41, ""),
        (How.DESK, "12", "A" * 16),
        (How.CODE, "8" * 14, "A" * 16),
        (How.CODE, "8" * 16, "A" * 16),
        (How.CODE, "٨" * 15, "A" * 16),
        (How.CODE, "8" * 15, "A" * 15),
        (How.CODE, "8" * 15, "a" * 16),
        (How.CODE, "8" * 15, ""),
    ],
)
def test_numbers_that_no_paper_bears_are_refused(how: How, number: str, ntpn: str) -> None:
    with pytest.raises(NotUnderstood):
        Payment(how, make.FEE, NOW.date(), number, ntpn)


def test_what_was_paid_is_asked_back_by_one_and_granted_by_another(
    where: Place, officer: Actor, checker: Actor, bill: Bill
) -> None:
    part = uuid4()
    with wall.inside(where.mall.pk):
        with pytest.raises(NotSettled):
            refunding.ask(bill, reason="Salah layanan", to=make.ACCOUNT, part=part, by=officer, at=NOW)
        make.settled(bill, officer, checker, at=NOW)
        with pytest.raises(ReasonMissing):
            refunding.ask(bill, reason=" ", to=make.ACCOUNT, part=part, by=officer, at=NOW)
        refund = refunding.ask(bill, reason="Salah layanan", to=make.ACCOUNT, part=part, by=officer, at=NOW)
        assert refunding.ask(bill, reason="Salah layanan", to=make.ACCOUNT, part=part, by=officer, at=NOW) == refund
        with pytest.raises(AnotherBody):
            refunding.ask(bill, reason="Batal", to=make.ACCOUNT, part=part, by=officer, at=NOW)
        with pytest.raises(AlreadyWaiting):
            refunding.ask(bill, reason="Batal", to=make.ACCOUNT, part=uuid4(), by=checker, at=NOW)
        with pytest.raises(NotAllowed):
            refunding.grant(refund, by=officer, at=NOW)

        refunding.refuse(refund, words="Tanpa bukti", by=checker, at=NOW)
        own = refunding.ask(bill, reason="Ini buktinya", to=make.ACCOUNT, part=uuid4(), by=checker, at=NOW)
        with pytest.raises(SamePerson):
            refunding.grant(own, by=checker, at=NOW)
        with pytest.raises(IntegrityError, match="refund_checked_by_another"), transaction.atomic():
            Refund.objects.filter(pk=own.pk).update(verdict="accepted", checker=checker.account, checked_at=NOW)
        refunding.grant(own, by=agencies.staff(where.mall, Role.MANAGER), at=NOW)
        with pytest.raises(MoveNotAllowed):
            refunding.refuse(own, words="Tidak", by=agencies.staff(where.mall, Role.MANAGER), at=NOW)

        assert list(Refund.objects.order_by("pk").values_list("verdict", flat=True)) == ["refused", "accepted"]
        assert Settlement.objects.count() == 1


def test_a_receipt_tells_the_rule_its_regulation_and_how_it_was_paid(
    where: Place, officer: Actor, checker: Actor, bill: Bill
) -> None:
    with wall.inside(where.mall.pk):
        with pytest.raises(NotSettled):
            receipt(bill)
        deposit = make.deposit(bill, officer, at=NOW, how=How.CODE)
        settling.accept(deposit, by=checker, at=NOW)

        told = said(bill)
        facts = told["facts"]
        assert isinstance(facts, list)
        assert (told["amount"], told["refund"]) == ("Rp50.000", "")
        assert {"Nomor tagihan": bill.number, "Dasar biaya": make.BASIS, "NTPN": deposit.mark}.items() <= dict(
            facts
        ).items()
        paper = receipt(bill)
        assert paper.startswith(b"%PDF-")
        assert receipt(bill) == paper
        with translation.override("en"):
            assert said(bill)["title"] == "Payment receipt"
        manager = agencies.staff(where.mall, Role.MANAGER)
        refunding.grant(
            refunding.ask(bill, reason="Batal", to=make.ACCOUNT, part=uuid4(), by=officer, at=NOW), by=manager, at=NOW
        )
        assert "15 Juni 2027" in str(said(bill)["refund"])
