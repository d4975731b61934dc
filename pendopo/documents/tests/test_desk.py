"""A signer's pages: what waits, a batch with one passphrase, its progress, and the certificate."""

import threading
from uuid import uuid4

import pytest
from django.test import Client

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.documents.models import IssuedDocument, PersonalSigner, SigningBatch, WaitingPaper
from pendopo.documents.tests import make
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall


def test_a_signer_sees_what_waits_for_them_alone(mall: Mall) -> None:
    signer, other = make.ready(mall), make.ready(mall)
    make.waiting(mall, signer=signer.account)
    path = f"/m/{mall.slug}/signing/"

    assert "Izin contoh 1" in make_agencies.client(signer).get(path).content.decode()
    assert "Izin contoh 1" not in make_agencies.client(other).get(path).content.decode()
    assert make_agencies.client(make_agencies.staff(mall, Role.OFFICER)).get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_a_certificate_is_made_with_a_passphrase_that_no_page_gives_back(mall: Mall) -> None:
    signer = make_agencies.staff(mall, Role.SIGNER)
    client, path = make_agencies.client(signer), f"/m/{mall.slug}/signing/certificate/"

    wrong = client.post(path, {"passphrase": make.PASSPHRASE, "again": "lain sama sekali"})
    assert (wrong.status_code, make.PASSPHRASE in wrong.content.decode()) == (422, False)
    assert not PersonalSigner.objects.exists()
    assert client.post(path, {"passphrase": make.PASSPHRASE, "again": make.PASSPHRASE}).status_code == 302
    assert "Berlaku sampai" in client.get(path).content.decode()


def test_the_manager_withdraws_a_paper_for_a_reason(mall: Mall) -> None:
    paper = make.waiting(mall)
    path = f"/m/{mall.slug}/signing/papers/{paper.pk}/withdrawal/"

    assert make_agencies.client(make.ready(mall)).post(path, {"reason": "x"}).status_code == 422
    client = make_agencies.client(make_agencies.staff(mall, Role.MANAGER))
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"reason": "Salah orang"}).status_code == 302
    assert WaitingPaper.objects.get().state == "withdrawn"


@pytest.mark.usefixtures("committed")
def test_a_batch_runs_behind_its_page_and_is_gone_on_with_after_a_wrong_passphrase() -> None:
    mall = make_agencies.mall()
    with wall.inside(mall.pk):
        signer = make.ready(mall)
        papers = [make.waiting(mall, signer=signer.account, number=number).pk for number in (1, 2)]
    client, path = make_agencies.client(signer), f"/m/{mall.slug}/signing/"
    wish = {"id": str(uuid4()), "paper": papers}

    assert client.post(path, wish).status_code == 422
    began = client.post(path, wish | {"passphrase": "salah sama sekali"})
    assert began.status_code == 302
    _wait()
    told = client.get(began["Location"]).content.decode()
    assert ("Frasa sandi salah" in told, "0 dari 2" in told) == (True, True)
    assert client.post(path, wish | {"passphrase": make.PASSPHRASE})["Location"] == began["Location"]
    _wait()
    with wall.inside(mall.pk):
        assert not IssuedDocument.objects.filter(mall=mall).exists()
    again = client.post(began["Location"] + "continuation/", {"id": str(uuid4()), "passphrase": make.PASSPHRASE})
    assert again.status_code == 302
    _wait()
    told = client.get(began["Location"]).content.decode()
    assert ("2 dari 2" in told, "Selesai" in told) == (True, True)
    with wall.inside(mall.pk):
        assert SigningBatch.objects.get(mall=mall).state == "done"
        # The QR of each leads to its page, as browsers ask for it.
        document = IssuedDocument.objects.filter(mall=mall).order_by("pk")[0]
    assert client.get(f"/m/{mall.slug}/v/{document.code}/").status_code == 200


def _wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "signing":
            thread.join(60)
