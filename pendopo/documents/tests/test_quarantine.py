"""What the scanner holds back: nobody opens it, the manager removes it or lets it pass, with a reason."""

import pytest
from django.test import Client

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.documents import shelf
from pendopo.documents.actions import examining, quarantine
from pendopo.documents.models import StoredFile
from pendopo.documents.tests import clamd, make_files
from pendopo.documents.tests.make_files import AT
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed, ReasonMissing
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.usefixtures("scanner")


def held(mall: Mall) -> StoredFile:
    """Return a file that the scanner held back."""
    file = make_files.give(mall, make_files.citizen(mall), make_files.picture() + clamd.EICAR)
    assert examining.examine(mall.pk, file.pk, at=AT) == "quarantined"
    file.refresh_from_db()
    return file


def test_a_released_file_is_still_looked_through(hall: Mall) -> None:
    file, manager = held(hall), make_agencies.staff(hall, Role.MANAGER)

    quarantine.release(file, reason="Berkas uji", by=manager, at=AT)
    assert examining.examine(hall.pk, file.pk, at=AT) == "clean"

    file.refresh_from_db()
    assert clamd.EICAR not in b"".join(shelf.kept(file).read())
    assert file.finding == clamd.FOUND
    assert Entry.objects.get(action="file.released").reason == "Berkas uji"
    with pytest.raises(MoveNotAllowed):
        quarantine.remove(file, reason="Terlambat", by=manager, at=AT)


def test_a_removed_file_leaves_nothing(hall: Mall) -> None:
    file, manager = held(hall), make_agencies.staff(hall, Role.MANAGER)

    quarantine.remove(file, reason="Virus", by=manager, at=AT)

    file.refresh_from_db()
    assert (file.state, file.raw_path, bytes(file.raw_key)) == ("removed", "", b"")


def test_only_the_manager_decides_and_says_why(hall: Mall) -> None:
    file = held(hall)

    for role in (Role.OFFICER, Role.HEAD, Role.INSPECTOR):
        with pytest.raises(NotAllowed):
            quarantine.release(file, reason="x", by=make_agencies.staff(hall, role), at=AT)
    with pytest.raises(ReasonMissing):
        quarantine.remove(file, reason=" ", by=make_agencies.staff(hall, Role.MANAGER), at=AT)


def test_the_page_lists_what_is_held_and_says_when_nobody_scans(db: None, settings: object) -> None:
    mall = make_agencies.mall()
    with wall.inside(mall.pk):
        file = held(mall)
        account = make_agencies.staff(mall, Role.MANAGER).account
        owner = file.account
    assert account
    assert owner
    client, citizen = Client(), Client()
    client.force_login(account)
    citizen.force_login(owner)
    address = f"/m/{mall.slug}/quarantine/"

    page = client.get(address).content.decode()
    assert clamd.FOUND in page
    assert "Pemeriksa virus tidak menjawab" not in page
    assert citizen.get(address).status_code == 404
    assert "Pemeriksa virus menahan berkas ini" in citizen.get(f"/m/{mall.slug}/files/{file.code}/").content.decode()
    assert client.post(f"{address}{file.code}/removal/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}{file.code}/release/", {"reason": "Berkas uji"}).status_code == 302
    again = client.post(f"{address}{file.code}/release/", {"reason": "Berkas uji"})
    assert again.status_code == 422
    assert "tidak dikarantina lagi" in again.content.decode()
    assert "Tidak ada yang dikarantina" in client.get(address).content.decode()
    setattr(settings, "CLAMD", "")  # noqa: B010 - pytest-django's settings take any name
    assert "Pemeriksa virus tidak menjawab" in client.get(address).content.decode()
    assert "Pemeriksaan berkas sedang terhenti" in citizen.get(f"/m/{mall.slug}/files/").content.decode()
