"""The pages of verification: what they say of each state, to people and to programs, and of a PDF that is brought."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.documents import vault
from pendopo.documents.models import IssuedDocument
from pendopo.documents.tests import make
from pendopo.documents.types import Given
from pendopo.kernel.attachments import MOST_BYTES
from pendopo.tenancy.models import Mall


def page(mall: Mall, rest: str) -> HttpResponse:
    told = Client().get(f"/m/{mall.slug}/v/{rest}")
    assert isinstance(told, HttpResponse)
    return told


def bring(mall: Mall, content: bytes) -> tuple[int, str]:
    told = Client().post(f"/m/{mall.slug}/v/", {"file": SimpleUploadedFile("surat.pdf", content)})
    return told.status_code, told.content.decode()


def test_a_valid_document_says_so_to_people_and_to_programs(mall: Mall) -> None:
    document = make.issued(mall)

    told = page(mall, f"{document.code}/")
    assert told.status_code == 200
    assert "masih berlaku" in told.content.decode()
    assert document.number_text in told.content.decode()
    # As it was typed from paper.
    assert page(mall, f"{document.code.upper()}/").status_code == 200
    described = page(mall, f"{document.code}/document.json").json()  # type: ignore[attr-defined]
    assert (described["state"], described["number"]) == ("valid", document.number_text)
    assert described["sha256"] == bytes(document.sha256).hex()
    assert page(mall, f"{document.code}/document.pdf").content == vault.content(document)


def test_a_superseded_document_leads_to_the_one_that_is_valid(mall: Mall) -> None:
    first, second = make.issued(mall), make.issued(mall, at=make.AT + timedelta(days=1))

    told = page(mall, f"{first.code}/").content.decode()
    assert "Digantikan" in told
    assert f"/v/{second.code}/" in told
    assert page(mall, f"{first.code}/document.json").json()["superseded_by"] == second.code  # type: ignore[attr-defined]


def test_an_unknown_code_is_told_in_words(mall: Mall) -> None:
    make.issued(mall)

    assert page(mall, "tidakada/").status_code == 404
    assert "Tidak ada dokumen dengan kode ini" in page(mall, "tidakada/").content.decode()
    assert page(mall, "tidakada/document.json").json()["code"] == "not_found"  # type: ignore[attr-defined]
    assert page(mall, "?code=a/b").status_code == 422
    assert page(mall, "?code=ABC123")["Location"].endswith("/v/abc123/")


def test_the_manager_revokes_for_a_reason_that_everybody_reads(mall: Mall) -> None:
    document = make.issued(mall)
    path, manager = f"/m/{mall.slug}/v/{document.code}/revocation/", make_agencies.staff(mall, Role.MANAGER)

    assert make_agencies.client(manager).post(path, {"reason": " "}).status_code == 422
    assert make_agencies.client(make_agencies.staff(mall, Role.HEAD)).post(path, {"reason": "Iseng"}).status_code == 422
    document.refresh_from_db()
    assert document.state == IssuedDocument.State.VALID
    assert make_agencies.client(manager).post(path, {"reason": "Salah nama"}).status_code == 302
    assert "Salah nama" in page(mall, f"{document.code}/").content.decode()
    assert page(mall, f"{document.code}/document.json").json()["reason"] == "Salah nama"  # type: ignore[attr-defined]
    again = make_agencies.client(manager).post(path, {"reason": "Sekali lagi"})
    assert (again.status_code, "tidak berlaku lagi" in again.content.decode()) == (422, True)
    assert [each.reason for each in Entry.objects.filter(action="document.revoked")] == ["Salah nama"]


def test_a_pdf_that_is_brought_is_known_or_said_to_be_changed(mall: Mall) -> None:
    document = make.issued(mall)
    content = vault.content(document)

    status, told = bring(mall, content)
    assert (status, "tidak diubah" in told, document.number_text in told) == (200, True, True)
    # A letter of its title, where it stands uncompressed.
    place = content.index(b"503/0001")
    status, told = bring(mall, content[:place] + b"504" + content[place + 3 :])
    assert (status, "diubah setelah" in told, document.number_text in told) == (200, True, False)
    sent = {"file": SimpleUploadedFile("surat.pdf", vault.content(document))}
    said = Client(headers={"accept": "application/json"}).post(f"/m/{mall.slug}/v/", sent).json()
    assert (said["is_ours"], said["document"], len(said["signatures"])) == (True, document.code, 1)
    refused = Client(headers={"accept": "application/json"}).post(f"/m/{mall.slug}/v/", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_understood")
    assert "tidak bertanda tangan" in bring(mall, make.paper(Given("1", "x")))[1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff picture", "bukan PDF"),
        (b"MZ", "bukan PDF"),
        (b"%PDF-1.7 nothing", "rusak"),
        (b"%PDF-" + b" " * MOST_BYTES, "lebih besar"),
        (b"", "Pilih berkas"),
    ],
    ids=["picture", "program", "broken", "large", "empty"],
)
def test_what_is_no_signed_pdf_is_refused_in_words(mall: Mall, content: bytes, words: str) -> None:
    make.issued(mall)

    status, told = bring(mall, content)

    assert (status, words in told) == (422, True)


def test_a_mall_that_never_signed_says_so(mall: Mall) -> None:
    status, told = bring(mall, b"%PDF-1.7")

    assert (status, "belum pernah menandatangani" in told) == (422, True)
