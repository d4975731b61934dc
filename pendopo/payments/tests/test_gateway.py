"""A bill by QRIS: a code from the gateway, and its bill settled exactly once whatever the gateway tells or does not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import NotAllowed
from pendopo.payments import qris
from pendopo.payments.actions import admitting, charging, following, merchants, settling, voiding
from pendopo.payments.actions._gateway import credentials
from pendopo.payments.errors import AlreadySettled, BillExpired, BillVoid, NoMerchant
from pendopo.payments.gateways.snap import TOKENS
from pendopo.payments.models import Bill, Charge, GatewayCall, GatewayNotice, Merchant, Settlement
from pendopo.payments.queries.receipts import said
from pendopo.payments.tests import make
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.snap.server import Code, SimulatedGateway

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@dataclass
class Stage:
    """A mall with a bill, its people, and the gateway that it is registered at."""

    mall: Mall
    officer: Actor
    checker: Actor
    manager: Actor
    bill: Bill
    gateway: SimulatedGateway
    at: datetime

    def code(self, at: datetime | None = None) -> Charge:
        """Want a code and fetch it."""
        with wall.inside(self.mall.pk):
            charge = charging.want(self.bill, by=None, at=at or self.at)
        charging.obtain(charge, at=at or self.at)
        return self.latest()

    def latest(self) -> Charge:
        """The newest code."""
        with wall.inside(self.mall.pk):
            return Charge.objects.order_by("-pk")[0]

    def given(self) -> Code:
        """The newest code as the gateway has it."""
        return self.gateway.codes[self.latest().reference]

    def verdicts(self) -> list[str]:
        """What each notification was worth, the first one first."""
        with wall.inside(self.mall.pk):
            return list(GatewayNotice.objects.order_by("pk").values_list("verdict", flat=True))

    def settlements(self) -> int:
        """How often the bill was settled."""
        with wall.inside(self.mall.pk):
            return Settlement.objects.count()


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield from staged()


def staged() -> Iterator[Stage]:
    """Build it all; the gateway runs until the end."""
    at = timezone.now()
    place = agencies.place()
    officer = agencies.staff(place.mall, agency=place.agency)
    checker = agencies.staff(place.mall, Role.BACK_OFFICE, agency=place.agency)
    manager = agencies.staff(place.mall, Role.MANAGER)
    with make.gateway().running() as gateway, wall.inside(place.mall.pk):
        make.merchant(place.mall, gateway, manager, at=at)
        bill = make.bill(make.variant(place.agency, at=at), officer, at=at)
        yield Stage(place.mall, officer, checker, manager, bill, gateway, at)


def test_a_code_is_wanted_fetched_and_can_be_paid(stage: Stage) -> None:
    charge = stage.code()

    read = qris.parse(charge.content)
    assert (read.amount, read.is_dynamic) == (make.FEE, True)
    assert (charge.state, charge.gateway_reference) == ("open", "GW0000000001")
    assert stage.gateway.heard == ["b2b", "qr-mpm-generate"]
    # Wanted again, the same one.
    assert charging.want(stage.bill, by=None, at=stage.at).pk == charge.pk
    assert list(GatewayCall.objects.order_by("pk").values_list("service", "status", "code")) == [
        ("token", 200, "2007300"),
        ("generate", 200, "2004700"),
    ]


@pytest.mark.parametrize("with_token", [True, False])
def test_a_payment_that_is_told_settles_the_bill_once_however_often_it_is_told(stage: Stage, with_token: bool) -> None:
    stage.code()
    code = stage.gateway.pay(stage.latest().reference)
    teller = make.teller(stage.gateway, stage.mall, with_token=with_token)

    answers = [teller.tell(code, external=external) for external in ("1", "1", "2")]

    assert [(status, told["responseCode"]) for status, told in answers] == [(200, "2005200")] * 3
    assert stage.verdicts() == ["settled", "again"]
    assert (stage.settlements(), stage.latest().state) == (1, "paid")
    assert str(said(stage.bill)["facts"]).count("TT-") == 1
    assert Entry.objects.filter(action="bill.settled").count() == 1
    # The same number for something else is refused, and changes nothing.
    assert teller.tell(code, external="1", status="05")[1]["responseCode"] == "4095200"
    assert stage.verdicts() == ["settled", "again"]


def test_what_is_told_wrong_settles_nothing(stage: Stage) -> None:
    stage.code()
    code = stage.gateway.pay(stage.latest().reference)
    teller = make.teller(stage.gateway, stage.mall)
    old = (timezone.now() - HOUR).isoformat(timespec="seconds")

    told = [
        teller.tell(code, secret="lain"),
        teller.tell(code, moment=old),
        teller.tell(code, amount="49999.00"),
        teller.tell(code, amount="50000.50"),
        teller.tell(code, reference="TIDAK-ADA"),
        teller.tell(code, status="03"),
        teller.tell(code, status="99"),
        teller.post(b"[]"),
        teller.post(b"{}"),
    ]

    assert [answer["responseCode"] for _status, answer in told] == [
        "4015200", "4015200", "2005200", "4005201", "4045212", "2005200", "4005201", "4005201", "4005202",
    ]  # fmt: skip
    assert (stage.verdicts(), stage.settlements()) == (["amount", "unknown", "not_paid"], 0)
    assert teller.tell(code)[0] == 200
    assert stage.settlements() == 1


def test_a_token_of_another_and_a_call_without_signature_open_nothing(stage: Stage) -> None:
    stage.code()
    code = stage.gateway.pay(stage.latest().reference)
    teller = make.teller(stage.gateway, stage.mall)
    right = teller.token()
    assert right

    path = f"/m/{stage.mall.slug}/v1.0/qr/qr-mpm-notify"
    assert teller.send(path, {"Authorization": "Bearer x"}, b"{}")[1]["responseCode"] == "4015201"
    assert teller.send(path, {"Authorization": f"Bearer {right}"}, b"{}")[1]["responseCode"] == "4015200"
    assert teller.send(path, {}, b"{}")[0] == 401
    assert teller.send(path, {}, b"x" * 20_000)[0] == 400
    stage.gateway.client = "lain"
    assert teller.token() == ""
    assert (stage.verdicts(), code.status) == ([], "00")


def test_late_money_is_kept_and_may_be_admitted_by_the_manager_only(stage: Stage) -> None:
    stage.code()
    late = (stage.bill.expires_at + HOUR).isoformat(timespec="seconds")
    code = stage.gateway.pay(stage.latest().reference, at=late)
    make.teller(stage.gateway, stage.mall).tell(code)

    assert (stage.verdicts(), stage.settlements(), stage.latest().state) == (["late"], 0, "paid")
    with pytest.raises(AlreadySettled):
        charging.want(stage.bill, by=None, at=stage.at)
    with pytest.raises(NotAllowed):
        admitting.admit(stage.bill, reason="x", by=stage.officer, at=stage.at)
    admitting.admit(stage.bill, reason="Selisih jam", by=stage.manager, at=stage.at)
    assert stage.settlements() == 1


def test_what_is_told_late_but_was_paid_in_time_settles(stage: Stage) -> None:
    stage.code()
    code = stage.gateway.pay(stage.latest().reference)
    with wall.inside(stage.mall.pk):
        following.follow(stage.mall, at=stage.at)
    Charge.objects.update(state="expired")
    make.teller(stage.gateway, stage.mall).tell(code)

    assert (stage.verdicts(), stage.settlements()) == (["settled"], 1)


def test_a_bill_that_was_paid_at_the_desk_is_not_settled_twice(stage: Stage) -> None:
    stage.code()
    deposit = make.deposit(stage.bill, stage.officer, at=stage.at)
    code = stage.gateway.pay(stage.latest().reference)
    settling.accept(deposit, by=stage.checker, at=stage.at)
    make.teller(stage.gateway, stage.mall).tell(code)

    assert (stage.verdicts(), stage.settlements()) == (["twice"], 1)


def test_a_deposit_is_not_accepted_when_the_code_was_paid_meanwhile(stage: Stage) -> None:
    stage.code()
    deposit = make.deposit(stage.bill, stage.officer, at=stage.at)
    make.teller(stage.gateway, stage.mall).tell(stage.gateway.pay(stage.latest().reference))

    with pytest.raises(AlreadySettled):
        settling.accept(deposit, by=stage.checker, at=stage.at)
    assert stage.settlements() == 1


def test_a_payment_that_nobody_told_is_found_by_asking(stage: Stage) -> None:
    stage.code()
    stage.gateway.pay(stage.latest().reference)

    assert following.follow(stage.mall, at=stage.at) == 0
    assert following.follow(stage.mall, at=stage.at + 2 * timedelta(minutes=1)) == 1
    assert (stage.settlements(), stage.latest().told, stage.latest().look_at) == (1, "00", None)


def test_a_gateway_that_is_away_slow_or_mad_stops_nothing(stage: Stage) -> None:
    stage.gateway.is_down = True
    charge = stage.code()
    assert (charge.state, charge.content) == ("asked", "")

    for rubbish in (b"", b"<html>", b"[]", b'{"responseCode": 7}', b'{"responseCode":"2004700"}', b"x" * 70_000):
        stage.gateway.is_down, stage.gateway.rubbish = False, rubbish
        TOKENS.drop(credentials(Merchant.objects.get()))
        Charge.objects.update(look_at=stage.at, looks=0)
        stage.gateway.codes.clear()
        following.follow(stage.mall, at=stage.at)
        assert stage.latest().state == "asked"
    stage.gateway.rubbish = None
    following.follow(stage.mall, at=stage.at + HOUR)

    assert stage.latest().state == "open"
    # Nobody's secret is in what is kept of calls.
    assert set(GatewayCall.objects.values_list("code", flat=True)) <= {"", "2007300", "2004700"}


def test_a_lost_answer_gives_another_code_and_nobody_ever_sees_the_first(stage: Stage) -> None:
    stage.gateway.loses = 1
    first = stage.code()
    assert first.state == "asked"

    following.follow(stage.mall, at=stage.at + HOUR)
    following.follow(stage.mall, at=stage.at + 2 * HOUR)

    first.refresh_from_db()
    assert (first.state, stage.latest().state, len(stage.gateway.codes)) == ("failed", "open", 2)
    assert stage.latest().pk != first.pk


def test_a_refused_token_is_asked_for_again_once(stage: Stage) -> None:
    stage.code()
    stage.gateway.is_forgetful = True
    following.follow(stage.mall, at=stage.at + HOUR)

    assert stage.gateway.heard[-3:] == ["qr-mpm-query", "b2b", "qr-mpm-query"]
    assert stage.latest().told == "01"


def test_a_refusal_is_final_and_another_code_may_be_wanted(stage: Stage) -> None:
    stage.gateway.refuses["47"] = "4034700"
    assert stage.code().state == "failed"
    stage.gateway.refuses.clear()

    assert stage.code().state == "open"


def test_a_void_bill_has_its_code_taken_back(stage: Stage) -> None:
    stage.code()
    voiding.void(stage.bill, reason="Salah layanan", by=stage.officer, at=stage.at)
    stage.bill.refresh_from_db()
    with pytest.raises(BillVoid):
        charging.want(stage.bill, by=None, at=stage.at)

    following.follow(stage.mall, at=stage.at)
    assert (stage.latest().state, stage.given().status) == ("cancelled", "05")


def test_a_void_bill_that_was_paid_in_the_same_moment_is_seen(stage: Stage) -> None:
    stage.code()
    stage.gateway.pay(stage.latest().reference)
    voiding.void(stage.bill, reason="Salah layanan", by=stage.officer, at=stage.at)

    following.follow(stage.mall, at=stage.at)
    following.follow(stage.mall, at=stage.at + HOUR)
    assert (stage.latest().state, stage.latest().told, stage.settlements()) == ("paid", "00", 0)


def test_a_code_ends_with_its_time_and_after_the_bill_there_is_none(stage: Stage) -> None:
    stage.code()
    after = stage.bill.expires_at + HOUR
    following.follow(stage.mall, at=after)

    assert stage.latest().state == "expired"
    with pytest.raises(BillExpired):
        charging.want(stage.bill, by=None, at=after)


def test_without_an_account_at_a_gateway_there_is_no_code(stage: Stage) -> None:
    Merchant.objects.update(is_active=False)
    with pytest.raises(NoMerchant):
        charging.want(stage.bill, by=None, at=stage.at)
    # A door that is shut: nobody is told more.
    assert make.teller(stage.gateway, stage.mall).token() == ""


def test_secrets_lie_sealed_and_only_the_manager_writes_them(stage: Stage) -> None:
    merchant = Merchant.objects.get()
    assert stage.gateway.secret.encode() not in bytes(merchant.secret)
    assert b"PRIVATE" not in bytes(merchant.private_key)
    with pytest.raises(NotAllowed):
        make.merchant(stage.mall, stage.gateway, stage.officer, at=stage.at)

    # Without a secret the one that is kept stays, and so does our key.
    facts = merchants.MerchantFacts("https://api.contoh.test", "k", "m", "1", is_active=True)
    written = merchants.write(stage.mall, facts, reason="Pindah", by=stage.manager, at=stage.at)
    assert bytes(written.secret) == bytes(merchant.secret)
    assert written.public_key == merchant.public_key


def test_each_receipt_has_the_next_number(stage: Stage) -> None:
    variant = stage.bill.variant
    for _place in range(2):
        other = make.bill(variant, stage.officer, at=stage.at)
        make.settled(other, stage.officer, stage.checker, at=stage.at)
    stage.code()
    make.teller(stage.gateway, stage.mall).tell(stage.gateway.pay(stage.latest().reference))

    year = stage.mall.local(stage.at).year
    numbers = list(Settlement.objects.order_by("pk").values_list("position", "year"))
    assert numbers == [(1, year), (2, year), (3, year)]
