"""Whoever a bill is about is told of it: once, in their language, whichever way the money comes."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from pendopo.agencies.queries.actors import actor_of_account
from pendopo.agencies.tests import make as agencies
from pendopo.agencies.tests.make import Place
from pendopo.agencies.types import Actor, Role
from pendopo.kernel.money import Money
from pendopo.notifications.actions import choosing
from pendopo.notifications.models import Message
from pendopo.notifications.wording import words_of
from pendopo.payments.actions import billing, noticing, refunding
from pendopo.payments.gateways import Answer
from pendopo.payments.models import Bill, Charge
from pendopo.payments.tests import make
from pendopo.payments.types import Told as Word
from pendopo.people import actions as people
from pendopo.people.actions.knowing import Told, person_of
from pendopo.people.models import Person
from pendopo.tenancy import wall

pytestmark = pytest.mark.django_db
NIK = "3573014107900001"


def told(where: Place) -> list[tuple[str, str]]:
    """Return the messages of a mall: template and text as they are read."""
    with wall.inside(where.mall.pk):
        rows = Message.objects.order_by("pk")
        return [(each.template, words_of(each.template, each.language, each.data).text) for each in rows]


def test_a_bill_and_its_payment_are_told_once(where: Place, officer: Actor, checker: Actor, at: datetime) -> None:
    part = uuid4()
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=at)
        for _time in range(2):
            bill = billing.bill(
                case, shown=make.FEE, part=part, expires_at=at + timedelta(days=3), by=officer, at=at,
                payer=make.PAYER, address_of=make.LINK.format,
            )  # fmt: skip
        make.settled(bill, officer, checker, at=at)
        assert Person.objects.count() == 1

    made, paid = told(where)
    link = make.LINK.format(bill.key)
    assert made[0] == "bill_made"
    assert made[1].startswith(f"Tagihan {bill.number} untuk {bill.rule}: Rp50.000, dibayar paling lambat ")
    assert made[1].endswith(link)
    assert paid == (
        "bill_paid", f"Pembayaran tagihan {bill.number} sebesar Rp50.000 sudah diterima {where.mall.name}. "
        f"Tanda terima: {link}",
    )  # fmt: skip
    with connection.cursor() as cursor, wall.inside(where.mall.pk):
        cursor.execute("SELECT m::text || b::text FROM notifications_message m, payments_bill b")
        assert all("81200001111" not in row[0] and "Siti" not in row[0] for row in cursor.fetchall())


def test_a_bill_of_nobody_tells_nobody(where: Place, officer: Actor, checker: Actor, at: datetime) -> None:
    with wall.inside(where.mall.pk):
        bill = make.bill(make.variant(where.agency, at=at), officer, at=at)
        make.settled(bill, officer, checker, at=at)

    assert told(where) == []


def test_what_a_gateway_tells_twice_is_told_once(where: Place, officer: Actor, at: datetime) -> None:
    manager = agencies.staff(where.mall, Role.MANAGER)
    with wall.inside(where.mall.pk):
        merchant = make.merchant(where.mall, make.gateway(), manager, at=at)
        bill = make.bill(make.variant(where.agency, at=at), officer, at=at, payer=make.PAYER)
        charge = Charge.objects.create(
            mall=where.mall, bill=bill, merchant=merchant, reference="UJI-1", asked_at=at, state="open", content="x",
            expires_at=at + timedelta(hours=1),
        )  # fmt: skip
        for _time in range(2):
            noticing.take_answer(charge, Answer(Word.SUCCESS, amount=make.FEE, paid_at=at), at=at)

    assert [name for name, _text in told(where)] == ["bill_made", "bill_paid"]


def test_whoever_signs_in_is_told_in_their_language(where: Place, officer: Actor, at: datetime) -> None:
    account = agencies.account("Warga Contoh")
    with wall.inside(where.mall.pk):
        person = people.add_person(where.mall, name="Warga Contoh", account=account, at=at)
        people.identifying.note_identifier(person, "nik", NIK, at=at)
        choosing.choose(
            where.mall, channels=[], language="en", quiet_from=None, quiet_until=None,
            by=actor_of_account(where.mall, account), at=at,
        )  # fmt: skip
        assert person_of(where.mall, Told("Lain", NIK), by=officer, at=at) == person
        bill = make.bill(make.variant(where.agency, at=at), officer, at=at, payer=Told("Lain", NIK))
        assert Message.objects.get().person == person

    ((_name, text),) = told(where)
    assert text.startswith(f"Bill {bill.number} for {bill.rule}: Rp50.000, to be paid by ")
    assert " at " in text


@pytest.mark.parametrize("is_granted", [True, False])
def test_what_is_decided_of_a_refund_is_told(
    where: Place, officer: Actor, checker: Actor, at: datetime, is_granted: bool
) -> None:
    with wall.inside(where.mall.pk):
        bill = make.bill(make.variant(where.agency, at=at), officer, at=at, payer=make.PAYER)
        make.settled(bill, officer, checker, at=at)
        refund = refunding.ask(bill, reason="Dobel", to=make.ACCOUNT, part=uuid4(), by=officer, at=at)
        if is_granted:
            refunding.grant(refund, by=checker, at=at)
        else:
            refunding.refuse(refund, words="Sudah dipakai", by=checker, at=at)

    name, text = told(where)[-1]
    assert name == ("refund_granted" if is_granted else "refund_refused")
    assert ("Rp50.000" if is_granted else "Sudah dipakai") in text


def test_the_cashier_asks_who_pays_and_may_leave_it_empty(where: Place, officer: Actor, at: datetime) -> None:
    with wall.inside(where.mall.pk):
        case = make.variant(where.agency, at=at)
    client, path = Client(), f"/m/{where.mall.slug}/bills/new/?variant={case.pk}"
    assert officer.account
    client.force_login(officer.account)
    sent = {"shown": 50_000, "days": 3, "part": uuid4()}

    assert "Tulis juga namanya." in client.post(path, sent | {"phone": "081200001111"}).content.decode()
    wrong = client.post(path, sent | {"name": "Siti Contoh", "nik": "123"})
    assert (wrong.status_code, "NIK terdiri dari 16 angka" in wrong.content.decode()) == (422, True)
    with wall.inside(where.mall.pk):
        assert not Person.objects.exists()
    for _time in range(2):
        assert client.post(path, sent | {"name": "Siti Contoh", "phone": "081200001111"}).status_code == 302
    with wall.inside(where.mall.pk):
        bill = Bill.objects.get()
        assert bill.person == Person.objects.get()
        assert bill.link == f"http://testserver/m/{where.mall.slug}/b/{bill.key}/"
        assert bill.money == Money(50_000)
    assert "Siti Contoh" in client.get(f"/m/{where.mall.slug}/bills/{bill.pk}/").content.decode()
    assert "Siti Contoh" not in Client().get(f"/m/{where.mall.slug}/b/{bill.key}/").content.decode()
    assert [name for name, _text in told(where)] == ["bill_made"]
