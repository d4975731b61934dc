"""A citizen's own documents: theirs alone, in every state, opened by links that were made for them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.documents import links, vault
from pendopo.documents.actions import issuing
from pendopo.documents.links import How
from pendopo.documents.models import IssuedDocument
from pendopo.documents.tests import make
from pendopo.documents.types import Kind
from pendopo.people import actions as people
from pendopo.people.models import Account, Person
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db
# Whoever holds its code reads nothing of it but its state.
SILENT = Kind("letter", "letter", "{number}/{year}", ())


@pytest.fixture
def mall() -> Mall:
    return make_agencies.mall()


@pytest.fixture
def citizen() -> Account:
    return make_agencies.account("Warga Contoh")


def document(mall: Mall, holder: Account, *, subject: str = "trial:1") -> IssuedDocument:
    with wall.inside(mall.pk):
        known = Person.objects.filter(mall=mall, account=holder).first()
        person = known or people.add_person(mall, name=holder.name, account=holder, at=make.AT)
        return make.issued(mall, subject=subject, holder=person, kind=SILENT)


def signed_in(account: Account, language: str = "id") -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    client.force_login(account)
    return client


@pytest.mark.parametrize(("language", "words"), [
    ("id", ["Belum ada dokumen terbit untuk Anda.", "Masih berlaku", "Dicabut", "Unduh PDF"]),
    ("en", ["No document has been issued to you yet.", "Still valid", "Revoked", "Download PDF"]),
])  # fmt: skip
def test_somebody_sees_what_was_issued_to_them(mall: Mall, citizen: Account, language: str, words: list[str]) -> None:
    client, path = signed_in(citizen, language), f"/m/{mall.slug}/documents/"
    assert words[0] in client.get(path).content.decode()
    of_theirs, taken_back = document(mall, citizen), document(mall, citizen, subject="trial:2")
    document(mall, make_agencies.account("Lain"), subject="trial:3")
    with wall.inside(mall.pk):
        manager = make_agencies.staff(mall, Role.MANAGER)
        issuing.revoke(taken_back, reason="Salah nama", link="https://mpp.test/v/1/", by=manager, at=make.AT)

    page = client.get(path).content.decode()
    assert page.count("<article") == 2
    assert all(word in page for word in [words[1], words[2], words[3], "Salah nama"])
    assert f"/m/{mall.slug}/v/{of_theirs.code}/" in page
    assert path in client.get(f"/m/{mall.slug}/files/").content.decode()


def test_the_file_opens_by_a_link_of_its_holder_for_ten_minutes(mall: Mall, citizen: Account) -> None:
    made, other = document(mall, citizen), make_agencies.account("Lain")
    path, at = f"/m/{mall.slug}/documents/{made.code}/content/", timezone.now()

    def link(holder: Account, minutes: int = 0) -> str:
        return links.query(made, How.DOWNLOAD, holder=holder.pk, at=at - timedelta(minutes=minutes))

    with wall.inside(mall.pk):
        content = vault.content(made)
    client = signed_in(citizen)
    answered = client.get(f"{path}?{link(citizen)}")
    assert (answered.content, answered["Cache-Control"]) == (content, "private, no-store")
    assert client.get(path).status_code == 302
    assert client.get(f"{path}?{link(other)}").status_code == 404
    assert client.get(f"{path}?{link(citizen, 11)}").status_code in {409, 410, 422}
    # Whoever holds the code only, as anybody may, does not get what its kind keeps back.
    assert signed_in(other).get(f"{path}?{link(other)}").status_code == 404
    assert signed_in(other).get(f"{path}?{link(citizen)}").status_code == 404
    assert Client().get(f"/m/{mall.slug}/v/{made.code}/document.pdf").status_code == 404
    assert Client().get(f"{path}?{link(citizen)}").status_code == 302
    there = make_agencies.mall()
    assert client.get(f"/m/{there.slug}/documents/{made.code}/content/?{link(citizen)}").status_code == 404


def test_a_paper_that_waits_keeps_its_holder(mall: Mall, citizen: Account) -> None:
    with wall.inside(mall.pk):
        by = make.ready(mall)
        person = people.add_person(mall, name="Warga Contoh", account=citizen, at=make.AT)
        paper = make.waiting(mall, signer=by.account, holder=person)
    make.run(mall, [paper], by)
    with wall.inside(mall.pk):
        assert IssuedDocument.objects.get().holder == person
