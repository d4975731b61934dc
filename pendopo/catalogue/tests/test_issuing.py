"""A maklumat pelayanan that is issued: with number, signature and code, in the name of whom a decree names."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from pendopo.agencies.tests import make
from pendopo.agencies.types import Actor, Role
from pendopo.audit.models import Entry
from pendopo.catalogue.actions import charters
from pendopo.catalogue.actions.charters import issue_charter
from pendopo.catalogue.errors import NotYourAgency
from pendopo.catalogue.tests.test_standards import AT, DECREE, Hall
from pendopo.documents import vault
from pendopo.documents.models import IssuedDocument, Register
from pendopo.tenancy import wall


@pytest.fixture
def hall(db: None) -> Iterator[Hall]:
    """Stand in a mall with an agency that offers two services."""
    found = Hall()
    with wall.inside(found.mall.pk):
        yield found


def named(hall: Hall) -> None:
    charters.name_signer(
        hall.place.agency, office="Kepala Dinas", name="Sri Wahyuni", decree=DECREE.number, decree_on=DECREE.on,
        reason="Pejabat baru", by=hall.manager, at=AT,
    )  # fmt: skip


def path(hall: Hall) -> str:
    return f"/m/{hall.mall.slug}/settings/charters/{hall.place.agency.code}/issuance/"


def test_it_is_issued_once_a_wish_and_stands_on_its_pages(hall: Hall) -> None:
    named(hall)
    wish = {"id": str(uuid4())}

    for _again in range(2):
        assert make.client(hall.admin).post(path(hall), wish).status_code == 302

    document = IssuedDocument.objects.get()
    assert document.number_text.startswith("001/MAKLUMAT/")
    assert document.signed_by == hall.admin.account
    content = vault.content(document)
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"ETSI.CAdES.detached" in content
    page = Client().get(f"/m/{hall.mall.slug}/charters/{hall.place.agency.code}/").content.decode()
    assert document.number_text in page
    assert f"/v/{document.code}/" in page
    assert document.number_text in make.client(hall.manager).get(path(hall).removesuffix("issuance/")).content.decode()


def test_it_is_issued_in_no_ones_name(hall: Hall) -> None:
    told = make.client(hall.manager).post(path(hall), {"id": str(uuid4())})

    assert (told.status_code, "Tetapkan dahulu" in told.content.decode()) == (409, True)
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize("role", [Role.HEAD, Role.INSPECTOR])
def test_whoever_only_reads_cannot_issue(hall: Hall, role: Role) -> None:
    named(hall)
    reader: Actor = make.staff(hall.mall, role)

    assert make.client(reader).post(path(hall), {"id": str(uuid4())}).status_code == 409
    with pytest.raises(NotYourAgency):
        issue_charter(hall.place.agency, request_id=uuid4(), address_of=str, by=reader, at=AT)

    assert not IssuedDocument.objects.exists()
    assert not Register.objects.exists()
    assert not Entry.objects.filter(action="document.issued").exists()
