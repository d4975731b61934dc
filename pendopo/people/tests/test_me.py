"""Data saya: what a mall knows of a citizen, given and changed by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.audit.models import Entry
from pendopo.people import actions as people
from pendopo.people.actions import identifying, introducing, representing
from pendopo.people.errors import NotYours
from pendopo.people.models import Account, Contact, Identifier, Person, Representation
from pendopo.people.queries.representing import given_by, held_by, pass_of, person_of_pass
from pendopo.people.tests.make import post
from pendopo.people.views.me import NUMBERS_A_DAY
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from tests.world import rows

pytestmark = pytest.mark.django_db
AT = datetime(2030, 5, 6, 3, tzinfo=UTC)
NIK, OTHER = "3576014101900001", "3576014101900002"


@pytest.fixture
def mall() -> Mall:
    return make_agencies.mall()


@pytest.fixture
def account() -> Account:
    return people.open_account("warga@contoh.test", name="Sri", password=None, at=AT)


@pytest.fixture
def client(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    return browser


def _done(what: str) -> list[str]:
    return list(Entry.objects.filter(action__startswith=what).order_by("pk").values_list("action", flat=True))


def test_looking_writes_nothing_and_a_name_makes_the_record(mall: Mall, client: Client, account: Account) -> None:
    here = f"/m/{mall.slug}/me/"
    assert client.get(here).status_code == 200
    with wall.inside(mall.pk):
        assert not Person.objects.exists()

    for name in ("Sri Wahyuni", "Sri Wahyuni Utami"):
        assert post(client, here + "name/", name=name)["Location"] == here

    with wall.inside(mall.pk):
        person = Person.objects.get()
        assert (person.account, person.name, person.plain_name) == (account, "Sri Wahyuni Utami", "")
        assert _done("person.") == ["person.added", "person.renamed"]
    assert post(client, here + "name/", name="").status_code == 422


def test_a_nik_is_checked_warned_about_and_shown_to_its_last_four(mall: Mall, client: Client) -> None:
    here = f"/m/{mall.slug}/me/"

    page = client.post(here + "number/", {"kind": "nik", "value": "3576 0141 0190 0001"}, follow=True).content.decode()

    assert "••••••••••••0001" in page
    assert NIK not in page
    assert "35.76.01" in page
    client.post(here + "number/", {"kind": "nik", "value": OTHER})
    with wall.inside(mall.pk):
        assert Identifier.objects.get().value == OTHER
        assert NIK not in str(rows("SELECT t::text FROM people_identifier t"))
        assert Entry.objects.filter(action="identifier.replaced").count() == 1
    assert post(client, here + "number/", kind="nik", value="123").status_code == 422
    assert post(client, here + "number/", kind="bpjs", value=NIK).status_code == 422


def test_a_number_of_another_is_told_only_a_few_times_a_day(mall: Mall, client: Client) -> None:
    here = f"/m/{mall.slug}/me/"
    with wall.inside(mall.pk):
        identifying.note_identifier(people.add_person(mall, name="Budi", at=AT), "nik", NIK, at=AT)

    told = [client.post(here + "number/", {"kind": "nik", "value": NIK}, follow=True) for _ in range(NUMBERS_A_DAY + 1)]

    assert "meja informasi" in told[0].content.decode()
    assert "Terlalu sering" in told[-1].content.decode()
    with wall.inside(mall.pk):
        assert Identifier.objects.count() == 1


def test_a_mall_reaches_somebody_only_by_proven_contacts_they_chose(mall: Mall, client: Client) -> None:
    here = f"/m/{mall.slug}/me/"

    assert post(client, here + "reach/", contacts=0).status_code == 302
    with wall.inside(mall.pk):
        assert Contact.objects.get().value == "warga@contoh.test"
    assert post(client, here + "reach/", contacts=7).status_code == 422
    assert post(client, here + "reach/").status_code == 302
    with wall.inside(mall.pk):
        assert not Contact.objects.filter(removed_at=None).exists()


def test_power_is_given_by_a_pass_seen_by_both_and_ended_by_either(mall: Mall, client: Client) -> None:
    here = f"/m/{mall.slug}/me/"
    client.post(here + "name/", {"name": "Sri"})
    friend = people.open_account("wakil@contoh.test", name="Budi", password=None, at=AT)
    with wall.inside(mall.pk):
        budi = introducing.introduce(mall, friend, name="Budi", at=AT)
        sri = Person.objects.exclude(pk=budi.pk).get()
        code, own = pass_of(budi), pass_of(sri)
    until = timezone.now().date() + timedelta(days=30)

    assert post(client, here + "power/", code=own, ends_on=until).status_code == 422
    assert post(client, here + "power/", code="1-xxxxxxxx", ends_on=until).status_code == 422
    assert post(client, here + "power/", code=code, ends_on=date(2199, 1, 1)).status_code == 422
    for _again in range(2):
        assert post(client, here + "power/", code=code.upper(), ends_on=until).status_code == 302

    assert "Budi" in client.get(here).content.decode()
    with wall.inside(mall.pk):
        row = Representation.objects.get()
        assert (row.person, row.basis, row.ends_on) == (budi, "attorney", until)
        assert held_by(budi, today=until) == [row]
        assert held_by(budi, today=until + timedelta(days=1)) == []
        with pytest.raises(NotYours):
            representing.end_power(people.add_person(mall, name="Ani", at=AT), row.pk, at=AT)
    assert post(client, here + "power/end/", number=row.pk).status_code == 302
    assert post(client, here + "power/end/", number=row.pk + 99).status_code == 422
    with wall.inside(mall.pk):
        assert given_by(sri, today=until) == []
        actions = list(Entry.objects.values_list("action", flat=True))
        assert {"representation.given", "representation.ended"} <= set(actions)


def test_a_pass_of_one_mall_is_nobodys_in_another(mall: Mall, account: Account) -> None:
    other = make_agencies.mall()
    with wall.inside(mall.pk):
        code = pass_of(people.add_person(mall, name="Sri", at=AT))
        assert person_of_pass(mall, code) is not None
    with wall.inside(other.pk):
        assert person_of_pass(other, code) is None


def test_what_a_mall_knows_another_does_not(mall: Mall, client: Client) -> None:
    client.post(f"/m/{mall.slug}/me/name/", {"name": "Nama Rahasia"})
    other = make_agencies.mall()

    assert "Nama Rahasia" not in client.get(f"/m/{other.slug}/me/").content.decode()
