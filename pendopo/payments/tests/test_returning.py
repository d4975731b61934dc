"""Granted money of a code goes back through the gateway exactly once, whatever the gateway answers or does not."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from pendopo.agencies.tests import make as agencies
from pendopo.audit.models import Entry
from pendopo.notifications.models import Message
from pendopo.payments.actions import following, refunding, returning, transferring
from pendopo.payments.errors import DestinationMissing, NotToBePaid
from pendopo.payments.models import GatewayCall, GatewayRefund, Refund, Return, Transfer
from pendopo.payments.queries import reconciliation
from pendopo.payments.queries.entries import entries
from pendopo.payments.queries.receipts import said
from pendopo.payments.tests import make
from pendopo.payments.tests.test_gateway import HOUR, Stage, staged
from pendopo.payments.types import Sent, Way

pytestmark = pytest.mark.django_db
OTHERS = (b"", b"<html>", b"[]", b'{"responseCode": 7}', b"x" * 70_000)


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A bill that a code has settled."""
    for found in staged():
        found.bill = make.bill(found.bill.variant, found.officer, at=found.at, payer=make.PAYER)
        found.code()
        make.teller(found.gateway, found.mall).tell(found.gateway.pay(found.latest().reference))
        yield found


def granted(stage: Stage) -> GatewayRefund:
    """Let one ask the money back, and another one grant it."""
    refund = refunding.ask(stage.bill, reason="Salah layanan", part=uuid4(), by=stage.officer, at=stage.at)
    refunding.grant(refund, by=stage.checker, at=stage.at)
    return GatewayRefund.objects.get(refund=refund)


def sent(stage: Stage, *, hours: int = 0) -> GatewayRefund:
    """Let the worker look after it, so many hours later."""
    following.follow(stage.mall, at=stage.at + hours * HOUR)
    return GatewayRefund.objects.get()


def given(stage: Stage) -> list[tuple[str, int]]:
    """What the gateway has given back, under which numbers."""
    return [(each.number, each.amount) for each in stage.gateway.given_back.values()]


def test_granted_money_goes_back_as_it_came_and_its_payer_is_told(stage: Stage) -> None:
    wanted = granted(stage)
    assert (wanted.state, given(stage)) == ("granted", [])

    returning.send_back.func(stage.mall.pk, wanted.pk)

    wanted.refresh_from_db()
    assert (wanted.state, wanted.gateway_number, wanted.look_at) == ("returned", "RF0000000001", None)
    assert wanted.number == f"{stage.bill.number}-R{wanted.refund_id}"
    assert given(stage) == [(wanted.number, make.FEE.rupiah)]
    assert Return.objects.get().refund_id == wanted.refund_id
    assert list(GatewayCall.objects.order_by("-pk").values_list("service", "status", "code")[:1]) == [
        ("refund", 200, "2007800")
    ]
    assert "Uang ini dikembalikan" in str(said(stage.bill)["refund"])
    assert Message.objects.filter(template="refund_returned").count() == 1
    # Whoever comes again finds it done.
    returning.send(wanted, at=stage.at + HOUR)
    sent(stage, hours=2)
    assert (len(given(stage)), Return.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="refund.returned").count() == 1


def test_a_job_that_was_lost_is_made_up_for_by_the_next_look(stage: Stage) -> None:
    granted(stage)

    assert sent(stage).state == "returned"


def test_a_lost_answer_is_asked_for_under_the_same_number_and_given_once(stage: Stage) -> None:
    number = granted(stage).number
    stage.gateway.loses = 2
    assert sent(stage).state == "sent"
    assert given(stage) == [(number, make.FEE.rupiah)]
    # It rests, and longer each time.
    assert sent(stage).looks == 1
    assert sent(stage, hours=1).looks == 2

    assert sent(stage, hours=2).state == "returned"
    assert given(stage) == [(number, make.FEE.rupiah)]


def test_a_gateway_that_is_away_slow_or_mad_neither_loses_nor_doubles(stage: Stage) -> None:
    granted(stage)
    stage.gateway.is_down = True
    assert sent(stage).state == "sent"
    stage.gateway.is_down = False
    for hours, rubbish in enumerate(OTHERS, start=1):
        stage.gateway.rubbish = rubbish
        assert sent(stage, hours=hours).state == "sent"
    stage.gateway.rubbish = None
    for hours, code in enumerate(("2027800", "4297800", "5007801", "5047800", "4097800"), start=7):
        stage.gateway.refuses["78"] = code
        assert sent(stage, hours=hours).state == "sent", code
    stage.gateway.refuses.clear()

    assert sent(stage, hours=20).state == "returned"
    assert len(given(stage)) == 1


def test_an_answer_of_another_refund_is_none(stage: Stage) -> None:
    granted(stage)
    number, amount = stage.bill.number, make.FEE.rupiah
    for hours, told in enumerate(
        (f'"partnerRefundNo":"{number}-R0"', '"refundAmount":{"value":"1.00","currency":"IDR"}'), start=1
    ):
        stage.gateway.rubbish = f'{{"responseCode":"2007800",{told}}}'.encode()
        assert sent(stage, hours=hours).state == "sent"
    stage.gateway.rubbish = None

    assert sent(stage, hours=5).state == "returned"
    assert [each for _number, each in given(stage)] == [amount]


def test_a_day_that_nobody_can_mean_is_not_written_on_ours(stage: Stage) -> None:
    granted(stage)
    stage.gateway.rubbish = b'{"responseCode":"2007800","refundNo":"1","refundTime":"2001-01-01T00:00:00+07:00"}'
    found = sent(stage)

    assert (found.state, found.returned_at, Return.objects.get().day) == ("returned", stage.at, stage.bill.day)


def test_a_refusal_counts_only_where_the_payment_was_not_given_back(stage: Stage) -> None:
    granted(stage)
    stage.gateway.loses = 1
    sent(stage)
    # The money went back; the answer did not come, and this gateway does not say the same thing twice.
    stage.gateway.refuses["78"] = "4097801"
    assert sent(stage, hours=1).state == "returned"
    assert Return.objects.count() == 1


def test_whoever_refuses_us_altogether_has_refused_nothing(stage: Stage) -> None:
    granted(stage)
    for service in ("78", "51"):
        stage.gateway.refuses[service] = f"401{service}00"
    found = sent(stage)
    assert found.state == "sent"
    with pytest.raises(NotToBePaid):
        transferring.direct(found.refund, make.ACCOUNT, by=stage.checker, at=stage.at)

    stage.gateway.refuses.clear()
    assert sent(stage, hours=1).state == "returned"


def refused(stage: Stage) -> Refund:
    """Let the gateway refuse what was granted."""
    wanted = granted(stage)
    stage.gateway.refuses["78"] = "4037815"
    assert sent(stage).state == "refused"
    return wanted.refund


def test_what_the_gateway_refuses_is_paid_by_hand_to_where_its_payer_says(stage: Stage) -> None:
    refund = refused(stage)
    found = GatewayRefund.objects.get()
    assert (found.code, found.said, given(stage), Return.objects.count()) == ("4037815", "Refused", [], 0)
    assert Message.objects.filter(template="refund_account_wanted").count() == 1
    with pytest.raises(DestinationMissing):
        transferring.record(refund, Sent("TRF 1", stage.bill.day), part=uuid4(), by=stage.checker, at=stage.at)
    citizen, path = Client(), f"/m/{stage.mall.slug}/b/{stage.bill.key}/"
    assert "Dikembalikan ke mana?" in citizen.get(path).content.decode()
    to = {"to": "bank", "bank": "Bank Contoh", "number": "0000-1111-2222", "holder": "Siti Contoh"}
    assert citizen.post(f"{path}refund/account/", to | {"number": "1"}).status_code == 422
    assert citizen.post(f"{path}refund/account/", to).status_code == 302
    # The first word counts: whoever finds the paper later does not turn the money.
    assert citizen.post(f"{path}refund/account/", to | {"number": "999999"}).status_code == 422
    page = citizen.get(path).content.decode()
    assert "rekening Bank Contoh berakhiran 2222" in page
    assert "00001111" not in page

    manager = stage.manager
    transfer = transferring.record(refund, Sent("TRF 1", stage.bill.day), part=uuid4(), by=stage.checker, at=stage.at)
    transferring.accept(transfer, by=manager, at=stage.at)
    assert Return.objects.get().transfer == transfer
    assert "Nomor transfer TRF 1" in citizen.get(path).content.decode()
    assert [(each.way, each.mark) for each in entries(stage.mall, stage.bill.day) if each.way.goes_back] == [
        (Way.GIVE, "TRF 1")
    ]


def test_what_went_back_is_an_entry_of_its_day_and_compared_with_their_list(stage: Stage) -> None:
    wanted = granted(stage)
    day = stage.bill.day
    words = [each.words for each in reconciliation.differences(stage.mall, day)]
    assert f"Pengembalian {wanted.number}, Rp50.000: penyedia belum menjawab." in words
    sent(stage)

    back = [each for each in entries(stage.mall, day) if each.way is Way.BACK]
    assert [(each.mark, each.other_mark, each.signed) for each in back] == [
        (wanted.number, "RF0000000001", -make.FEE.rupiah)
    ]
    sums = {each.way: (each.ours.rupiah, each.count) for each in reconciliation.sums(stage.mall, day)}
    assert (sums[Way.QRIS], sums[Way.BACK]) == ((50_000, 1), (50_000, 1))
    page = agencies.client(stage.manager).get(f"/m/{stage.mall.slug}/reconciliation/?day={day.isoformat()}")
    assert "−Rp50.000" in page.content.decode()


def test_the_database_keeps_no_second_return_and_none_that_was_not_granted(stage: Stage) -> None:
    refund = refunding.ask(stage.bill, reason="Salah layanan", part=uuid4(), by=stage.officer, at=stage.at)
    row = {
        "mall_id": stage.mall.pk, "refund": refund, "settlement_id": refund.settlement_id, "day": stage.bill.day,
        "at": stage.at,
    }  # fmt: skip
    at_gateway = GatewayRefund.objects.create(
        mall_id=stage.mall.pk, refund=refund, charge=stage.latest(), number="X", asked_at=stage.at, look_at=stage.at
    )
    with pytest.raises(IntegrityError, match="return_of_a_granted_refund"), transaction.atomic():
        Return.objects.create(**row, at_gateway=at_gateway)
    with pytest.raises(IntegrityError, match="return_of_what_was_granted"), transaction.atomic():
        Return.objects.create(**row, at_gateway=at_gateway, verdict="waiting")
    with pytest.raises(IntegrityError, match="return_by_one_thing"), transaction.atomic():
        Return.objects.create(**row)


def test_the_same_settlement_is_never_given_back_twice(stage: Stage) -> None:
    granted(stage)
    sent(stage)
    first = Return.objects.get()
    refund = first.refund
    transfer = Transfer.objects.create(
        mall_id=stage.mall.pk, refund=refund, part=uuid4(), at=stage.at, number="T", mark="T",
        account_id=stage.officer.account_id or 0,
        sent_on=stage.bill.day, verdict="accepted", checker=stage.checker.account, checked_at=stage.at,
    )  # fmt: skip
    row = {"mall_id": stage.mall.pk, "day": stage.bill.day, "at": stage.at, "transfer": transfer}
    with pytest.raises(IntegrityError, match="refund"), transaction.atomic():
        Return.objects.create(**row, refund=refund, settlement_id=refund.settlement_id)
    # Nor by a second refund of the same payment: there is none while the first stands.
    with pytest.raises(IntegrityError, match="refund_once_a_settlement"), transaction.atomic():
        Refund.objects.create(
            mall_id=stage.mall.pk, part=uuid4(), settlement_id=refund.settlement_id, reason="x",
            account_id=stage.officer.account_id or 0, at=stage.at,
        )  # fmt: skip
    with pytest.raises(IntegrityError, match="return_of_a_granted_refund"), transaction.atomic():
        Refund.objects.filter(pk=refund.pk).update(verdict="refused", words="x")


def test_nobodys_words_go_to_the_gateway_and_no_account_lies_in_clear(stage: Stage) -> None:
    refund = refused(stage)
    transferring.direct(refund, make.ACCOUNT, by=stage.officer, at=stage.at)
    with connection.cursor() as cursor:
        tables = ("payments_refundaccount", "payments_gatewaycall", "payments_gatewayrefund", "audit_entry")
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {each} t" for each in tables))
        rows = [row[0] for row in cursor.fetchall()]
    account = make.ACCOUNT
    wanted = [account.number, account.holder, account.number.encode().hex()]
    assert not any(word in row for row in rows for word in wanted)
    assert account.number not in repr(account)
