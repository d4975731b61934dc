"""An officer proves what somebody shows; it is then offered again, once for a bundle, with date and source."""

from uuid import uuid4

import pytest
from django.test import Client

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.documents.actions import storing
from pendopo.documents.errors import ProvenAlready
from pendopo.documents.models import StoredFile
from pendopo.documents.queries import stored
from pendopo.documents.tests import make_files
from pendopo.documents.tests.make_files import AT
from pendopo.documents.types import Purpose, Source
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, ReasonMissing
from pendopo.people import actions as people
from pendopo.people.models import Party
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.usefixtures("scanner")
REASON = "Dicocokkan dengan KTP-el asli"


@pytest.fixture
def officer(hall: Mall) -> Actor:
    return make_agencies.staff(hall, Role.MANAGER)


def proven(file: StoredFile, officer: Actor) -> StoredFile:
    return storing.prove(file, source=Source.ORIGINAL, reason=REASON, by=officer, at=AT)


def test_a_proven_file_says_when_and_by_what(hall: Mall, officer: Actor) -> None:
    file = proven(make_files.clean(hall, make_files.citizen(hall)), officer)

    assert (file.proven_at, file.proven_by_id, file.proof) == (AT, officer.account_id, "original")
    assert Entry.objects.get(action="file.proven").reason == REASON
    with pytest.raises(ProvenAlready):
        proven(file, officer)


def test_only_an_officer_proves_and_never_ones_own(hall: Mall, officer: Actor) -> None:
    citizen = make_files.citizen(hall)
    file, own = make_files.clean(hall, citizen), make_files.clean(hall, officer)

    for by, which in ((citizen, file), (Actor(mall=hall), file), (officer, own)):
        with pytest.raises(NotAllowed):
            proven(which, by)
    with pytest.raises(ReasonMissing):
        storing.prove(file, source=Source.ORIGINAL, reason=" ", by=officer, at=AT)
    waiting = make_files.give(hall, citizen, make_files.picture())
    with pytest.raises(MoveNotAllowed):
        proven(waiting, officer)


def test_a_bundle_asks_a_shared_requirement_once(hall: Mall, officer: Actor) -> None:
    citizen = make_files.citizen(hall)
    person = people.add_person(hall, name="Warga Contoh", at=AT, account=citizen.account)
    party = Party.objects.create(mall=hall, person=person)
    ktp = proven(make_files.clean(hall, citizen), officer)
    make_files.clean(hall, citizen)
    photo = make_files.clean(hall, citizen, purpose=Purpose.PHOTO)
    make_files.clean(hall, make_files.citizen(hall, "Orang Lain"), purpose=Purpose.NPWP)

    asked = stored.offered(party, ["ktp", "kk", "ktp", "photo", "kk", "npwp"])

    assert [(each.purpose, each.file, each.is_proven) for each in asked] == [
        (Purpose.KTP, ktp, True),
        (Purpose.KK, None, False),
        (Purpose.PHOTO, photo, False),
        (Purpose.NPWP, None, False),
    ]
    with pytest.raises(ValueError, match="senjata"):
        stored.offered(party, ["senjata"])


def test_an_officer_finds_a_file_by_its_code_and_looking_is_noted(db: None) -> None:
    mall = make_agencies.mall()
    with wall.inside(mall.pk):
        file = make_files.clean(mall, make_files.citizen(mall))
        held = make_agencies.staff(mall, Role.MANAGER).account
    assert held
    client = Client()
    client.force_login(held)
    address = f"/m/{mall.slug}/given/{file.code}/"

    assert client.get(f"/m/{mall.slug}/given/", {"code": f" {file.code.upper()} "})["Location"] == address
    unknown = client.get(f"/m/{mall.slug}/given/", {"code": "0" * 26})
    page = client.get(address)
    refused = client.post(address + "proof/", {"source": "original", "reason": ""})
    done = client.post(address + "proof/", {"source": "original", "reason": REASON})

    assert unknown.status_code == 422
    assert "Berkas ini tidak ada" in unknown.content.decode()
    assert "Apakah berkas ini benar?" in page.content.decode()
    assert refused.status_code == 422
    assert done.status_code == 302
    assert "Asli diperlihatkan di loket" in client.get(address).content.decode()
    link = page.content.decode().partition(f"/files/{file.code}/content/?")[2].partition('"')[0].replace("&amp;", "&")
    assert client.get(f"/m/{mall.slug}/files/{file.code}/content/?{link}").status_code == 200
    with wall.inside(mall.pk):
        assert Entry.objects.filter(action="file.looked_at", account_id=held.pk).count() == 3
    citizen = Client()
    assert file.account
    citizen.force_login(file.account)
    own = citizen.get(f"/m/{mall.slug}/files/").content.decode()
    assert "Terbukti" in own


def test_a_file_of_another_mall_is_not_there(db: None) -> None:
    here, there = make_agencies.mall(), make_agencies.mall()
    with wall.inside(here.pk):
        file = make_files.clean(here, make_files.citizen(here))
    with wall.inside(there.pk):
        held = make_agencies.staff(there, Role.MANAGER).account
    assert held
    client = Client()
    client.force_login(held)

    assert client.get(f"/m/{there.slug}/given/{file.code}/").status_code == 404
    assert client.post(f"/m/{there.slug}/given/{file.code}/proof/", {"id": str(uuid4())}).status_code == 404
