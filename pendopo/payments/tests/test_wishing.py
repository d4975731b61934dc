"""Money that whoever paid asks back on the bill's page: once, sealed, and decided by two others."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.kernel.errors import AnotherBody
from pendopo.payments.actions import refunding, wishing
from pendopo.payments.errors import AlreadyWaiting, NotSettled, SamePerson
from pendopo.payments.models import Bill, Refund, RefundWish, Wished
from pendopo.payments.tests import make
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
WISHED, TO = "Saya membayar dua kali", make.ACCOUNT


@pytest.fixture
def paid(where: Place, officer: Actor, checker: Actor, at: datetime) -> Bill:
    with wall.inside(where.mall.pk):
        made = make.bill(make.variant(where.agency, at=at), officer, at=at)
        make.settled(made, officer, checker, at=at)
        return made


def nobody(where: Place) -> Actor:
    return Actor(mall=where.mall)


def test_only_what_was_paid_is_asked_back_and_once(where: Place, officer: Actor, paid: Bill, at: datetime) -> None:
    part = uuid4()
    with wall.inside(where.mall.pk):
        unpaid = make.bill(make.variant(where.agency, at=at), officer, at=at)
        with pytest.raises(NotSettled):
            wishing.wish(unpaid, WISHED, to=TO, part=uuid4(), by=nobody(where), at=at)
        first = wishing.wish(paid, WISHED, to=TO, part=part, by=nobody(where), at=at)
        assert wishing.wish(paid, WISHED, to=TO, part=part, by=nobody(where), at=at) == first
        with pytest.raises(AnotherBody):
            wishing.wish(paid, "Lain", to=TO, part=part, by=nobody(where), at=at)
        with pytest.raises(AlreadyWaiting):
            wishing.wish(paid, WISHED, to=TO, part=uuid4(), by=nobody(where), at=at)

        made = RefundWish.objects.get()
        assert (made.said, made.goes_to) == (Wished(WISHED, TO.bank, "2222"), TO)
        assert Entry.objects.filter(action="refund.wished").count() == 1
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT w::text FROM payments_refundwish w UNION ALL SELECT e::text FROM audit_entry e"
                " UNION ALL SELECT a::text FROM payments_refundaccount a"
            )
            rows = [row[0] for row in cursor.fetchall()]
    assert not any("dua kali" in row or "Bank Contoh" in row or "0000111" in row for row in rows)


def test_two_others_decide_and_after_a_refusal_it_may_be_asked_again(
    where: Place, officer: Actor, checker: Actor, paid: Bill, at: datetime
) -> None:
    part = uuid4()
    with wall.inside(where.mall.pk):
        wish = wishing.wish(paid, WISHED, to=TO, part=uuid4(), by=nobody(where), at=at)
        refund = wishing.put_forward(wish, part=part, by=officer, at=at)
        assert wishing.put_forward(wish, part=part, by=officer, at=at) == refund
        with pytest.raises(AlreadyWaiting):
            wishing.put_forward(wish, part=uuid4(), by=checker, at=at)
        refunding.refuse(refund, words="Hanya sekali tercatat", by=checker, at=at)

        again = wishing.wish(paid, WISHED, to=TO, part=uuid4(), by=nobody(where), at=at)
        granted = refunding.grant(wishing.put_forward(again, part=uuid4(), by=officer, at=at), by=checker, at=at)
        again.refresh_from_db()
        assert (again.refund, again.ended_at, granted.verdict) == (granted, at, Refund.Verdict.ACCEPTED)
        with pytest.raises(AlreadyWaiting):
            wishing.wish(paid, WISHED, to=TO, part=uuid4(), by=nobody(where), at=at)


def test_whoever_asks_for_their_own_money_handles_it_nowhere(
    where: Place, officer: Actor, checker: Actor, paid: Bill, at: datetime
) -> None:
    with wall.inside(where.mall.pk):
        wish = wishing.wish(paid, WISHED, to=TO, part=uuid4(), by=checker, at=at)
        with pytest.raises(SamePerson):
            wishing.put_forward(wish, part=uuid4(), by=checker, at=at)
        refund = wishing.put_forward(wish, part=uuid4(), by=officer, at=at)
        with pytest.raises(SamePerson):
            refunding.grant(refund, by=checker, at=at)
        refund.refresh_from_db()
        assert refund.verdict == Refund.Verdict.WAITING


@pytest.mark.parametrize(("language", "words"), [
    ("id", ["Minta uang kembali", "Permintaan Anda diterima", "sedang diputuskan", "Bendahara mengirimnya"]),
    ("en", ["Ask your money back", "Your request came in", "is being decided", "The treasurer sends it"]),
])  # fmt: skip
def test_the_page_says_where_a_wish_stands(
    where: Place, officer: Actor, checker: Actor, paid: Bill, language: str, words: list[str]
) -> None:
    base, citizen = f"/m/{where.mall.slug}", Client()
    citizen.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    path = f"{base}/b/{paid.key}/"
    sent = {"part": uuid4(), "reason": "Dobel", "to": "bank", "bank": "Bank Contoh", "number": "0000 1111 2222",
            "holder": "Siti Contoh"}  # fmt: skip
    assert words[0] in citizen.get(path).content.decode()
    for wrong in (
        {"reason": " "},
        {"number": "123"},
        {"bank": ""},
        {"to": "x"},
        {"number": "1" * 21},
        {"holder": " "},
        {"number": "0000x1111"},
    ):
        assert citizen.post(f"{path}refund/", sent | wrong).status_code == 422
    for _time in range(2):
        assert citizen.post(f"{path}refund/", sent).status_code == 302
    page = citizen.get(path).content.decode()
    assert words[1] in page
    assert words[0] not in page
    assert "Bank Contoh" not in page
    assert citizen.post(f"{path}refund/", sent | {"part": uuid4()}).status_code == 422

    head = agencies.client(agencies.staff(where.mall, Role.HEAD))
    assert "Bank Contoh" not in head.get(f"{base}/checks/").content.decode()
    desk, other = agencies.client(officer), agencies.client(checker)
    assert "Ke rekening Bank Contoh berakhiran 2222" in desk.get(f"{base}/checks/").content.decode()
    with wall.inside(where.mall.pk):
        wish = RefundWish.objects.get()
    forwarded = f"{base}/checks/wishes/{wish.pk}/"
    assert head.post(forwarded, {"part": uuid4()}).status_code in {403, 422}
    assert desk.post(forwarded, {"part": uuid4()}).status_code == 302
    assert words[2] in citizen.get(path).content.decode()
    assert "Ke Bank Contoh 000011112222 atas nama Siti Contoh" in other.get(f"{base}/checks/").content.decode()
    with wall.inside(where.mall.pk):
        refund = Refund.objects.get()
    assert desk.post(f"{base}/checks/refunds/{refund.pk}/", {"verdict": "accept"}).status_code == 422
    assert other.post(f"{base}/checks/refunds/{refund.pk}/", {"verdict": "accept"}).status_code == 302
    assert words[3] in citizen.get(path).content.decode()


def test_a_bill_that_is_not_paid_offers_no_refund(where: Place, officer: Actor, at: datetime) -> None:
    with wall.inside(where.mall.pk):
        unpaid = make.bill(make.variant(where.agency, at=at), officer, at=at)
    path = f"/m/{where.mall.slug}/b/{unpaid.key}/"

    assert "Minta uang kembali" not in Client().get(path).content.decode()
    refused = Client().post(f"{path}refund/", {"part": uuid4(), "reason": "x", "to": "desk"})
    assert (refused.status_code, "belum lunas" in refused.content.decode()) == (422, True)
    with wall.inside(where.mall.pk):
        assert not RefundWish.objects.exists()
