"""Bills: by the rule of the day as it was shown, to nobody where there is none, once for each request."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import fees
from pendopo.catalogue.actions.writing import Price
from pendopo.catalogue.models import Fee
from pendopo.kernel.errors import AnotherBody, NotAllowed, NotUnderstood, RuleViolation
from pendopo.kernel.money import Money
from pendopo.payments.actions import billing
from pendopo.payments.errors import FeeUnknown, NotAsShown, NothingToPay
from pendopo.payments.models import Bill
from pendopo.payments.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
# 23.30 of the 15th of June in the mall.
NOW = datetime(2027, 6, 15, 16, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_bill_says_the_rule_of_the_day_and_its_regulation(where: Place, officer: Actor) -> None:
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=NOW)
        first, second = make.bill(case, officer, at=NOW), make.bill(case, officer, at=NOW)
        next_day = make.bill(case, officer, at=NOW + DAY)

        numbers = [each.number for each in (first, second, next_day)]
        assert numbers == ["DUKCAPIL-270615-0001", "DUKCAPIL-270615-0002", "DUKCAPIL-270616-0001"]
        assert (first.money, first.basis, first.rule) == (make.FEE, make.BASIS, str(case))
        assert first.rule_from == Fee.objects.get(variant=case).valid_from
        assert (first.is_expired(NOW + 3 * DAY - timedelta(seconds=1)), first.is_expired(NOW + 3 * DAY)) == (
            False,
            True,
        )
        assert Entry.objects.filter(action="bill.made").count() == 3


def test_another_amount_than_was_shown_is_not_billed(where: Place, officer: Actor) -> None:
    admin = agencies.staff(where.mall, Role.AGENCY_ADMIN, agency=where.agency)
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=NOW)
        old = make.bill(case, officer, at=NOW)
        day = where.mall.local(NOW + DAY).date()
        fees.set_fee(case, amount=75_000, basis="Perda 1/2027", valid_from=day, reason="Baru", by=admin, at=NOW)

        with pytest.raises(NotAsShown):
            make.bill(case, officer, at=NOW + DAY)
        new = billing.bill(case, shown=Money(75_000), part=uuid4(), expires_at=NOW + 9 * DAY, by=officer, at=NOW + DAY)
        old.refresh_from_db()
        assert [(each.amount, each.basis) for each in (old, new)] == [(50_000, make.BASIS), (75_000, "Perda 1/2027")]
        assert Bill.objects.count() == 2


@pytest.mark.parametrize(
    ("price", "refusal"), [(None, FeeUnknown), (Price(0, "UU 24/2013"), NothingToPay)], ids=["no rule", "free"]
)
def test_nobody_is_billed_without_a_rule_or_for_what_is_free(
    where: Place, officer: Actor, price: Price | None, refusal: type[RuleViolation]
) -> None:
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=NOW, price=price)
        with pytest.raises(refusal):
            make.bill(case, officer, at=NOW)

        assert not Bill.objects.exists()


def test_the_same_request_makes_the_same_bill_and_no_other(where: Place, officer: Actor) -> None:
    part, until, colleague = uuid4(), NOW + DAY, agencies.staff(where.mall, agency=where.agency)
    with wall.inside(where.mall.pk):
        case, other = make.variant(where.agency, at=NOW), make.variant(where.agency, at=NOW)
        first = billing.bill(case, shown=make.FEE, part=part, expires_at=until, by=officer, at=NOW)

        again = billing.bill(case, shown=make.FEE, part=part, expires_at=until, by=officer, at=NOW + DAY)
        assert again == first
        for of, who in ((other, officer), (case, colleague)):
            with pytest.raises(AnotherBody):
                billing.bill(of, shown=make.FEE, part=part, expires_at=until, by=who, at=NOW)
        assert Bill.objects.count() == 1


def test_only_the_agencys_people_bill_and_never_into_the_past(where: Place, officer: Actor) -> None:
    strangers = [agencies.staff(where.mall, role) for role in (Role.HEAD, Role.INSPECTOR)]
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=NOW)
        for stranger in (*strangers, Actor(mall=where.mall)):
            with pytest.raises(NotAllowed):
                make.bill(case, stranger, at=NOW)
        with pytest.raises(NotUnderstood):
            make.bill(case, officer, at=NOW, days=0)

        assert not Bill.objects.exists()


def test_the_database_lets_no_bill_change_or_ask_for_nothing(where: Place, officer: Actor) -> None:
    with wall.inside(where.mall.pk):
        made = make.bill(make.variant(where.agency, at=NOW), officer, at=NOW)
        for change in ({"amount": 1}, {"expires_at": NOW + 9 * DAY}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Bill.objects.filter(pk=made.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Bill.objects.create(
                mall=made.mall, part=uuid4(), agency=made.agency, variant=made.variant, day=made.day, position=9,
                number="X", amount=0, rule="X", rule_from=made.day, basis="X", account=made.account, made_at=NOW,
                expires_at=NOW + DAY,
            )  # fmt: skip

        made.refresh_from_db()
        assert (made.amount, made.expires_at) == (50_000, NOW + 3 * DAY)
