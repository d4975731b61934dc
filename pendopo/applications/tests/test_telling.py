"""Whoever holds a document is told what becomes of it, once, in the transaction of what happened."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from pendopo.agencies.tests import make as agencies
from pendopo.agencies.types import Actor, Role
from pendopo.documents.actions import issuing
from pendopo.documents.models import IssuedDocument
from pendopo.documents.tests import make
from pendopo.notifications.models import Message
from pendopo.notifications.wording import words_of
from pendopo.people import actions as people
from pendopo.people.models import Person
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Stand in a mall."""
    found = agencies.mall()
    with wall.inside(found.pk):
        yield found


@pytest.fixture
def manager(mall: Mall) -> Actor:
    return agencies.staff(mall, Role.MANAGER)


@pytest.fixture
def holder(mall: Mall) -> Person:
    return people.add_person(mall, name="Siti Contoh", at=make.AT)


def told() -> list[tuple[str, str]]:
    return [(each.template, words_of(each.template, "id", each.data).text) for each in Message.objects.order_by("pk")]


def test_a_document_is_told_once_however_often_it_is_wished(mall: Mall, holder: Person) -> None:
    wish = uuid4()
    made = [make.issued(mall, holder=holder, request_id=wish) for _time in range(2)]

    ((name, text),) = told()
    assert name == "document_issued"
    assert text == (
        f"Keputusan contoh nomor {made[0].number_text} sudah terbit di {mall.name}. "
        f"Lihat dan unduh: https://mpp.test/v/{made[0].code}/"
    )
    message = Message.objects.get()
    assert (message.person, message.about) == (holder, f"document:{made[0].pk}")


def test_a_document_of_nobody_tells_nobody(mall: Mall, manager: Actor) -> None:
    made = make.issued(mall)
    issuing.revoke(made, reason="Salah", link="https://mpp.test/v/1/", by=manager, at=make.AT)

    assert told() == []


def test_what_is_taken_back_and_what_was_wrong_is_told_with_the_reason(
    mall: Mall, manager: Actor, holder: Person
) -> None:
    first, second, third = (make.issued(mall, holder=holder, subject=f"trial:{number}") for number in range(3))
    assert manager.account
    client = Client()
    client.force_login(manager.account)
    base = f"/m/{mall.slug}/v"
    for _time in range(2):
        client.post(f"{base}/{first.code}/revocation/", {"reason": "Salah nama"})
        client.post(f"{base}/{second.code}/correction/", {"number": third.number_text, "reason": "Salah alamat"})

    revoked, corrected = told()[3:]
    assert revoked[0] == "document_revoked"
    assert "Alasannya: Salah nama." in revoked[1]
    assert revoked[1].endswith(f"http://testserver{base}/{first.code}/")
    assert corrected[0] == "document_corrected"
    assert "Alasannya: Salah alamat." in corrected[1]
    assert corrected[1].endswith(f"http://testserver{base}/{third.code}/")


def test_what_was_undone_told_nobody(mall: Mall, holder: Person) -> None:
    with transaction.atomic():
        make.issued(mall, holder=holder)
        transaction.set_rollback(True)

    assert told() == []
    assert not IssuedDocument.objects.exists()
