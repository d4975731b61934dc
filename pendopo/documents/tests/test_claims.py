"""Claims that verify offline, and what pages say of each state."""

import json
from contextlib import suppress
from datetime import date, timedelta
from itertools import cycle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.documents import claims, vault
from pendopo.documents.actions import issuing
from pendopo.documents.errors import NoLongerValid
from pendopo.documents.models import ClaimKey
from pendopo.documents.queries import issued as shown
from pendopo.documents.queries import offline, trusting
from pendopo.documents.tests import make
from pendopo.documents.types import Claims, Given, Kind, Shown
from pendopo.kernel.errors import NotAllowed, NotUnderstood
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

SECRET = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
KEYS = {"1": SECRET.public_key().public_bytes_raw()}
SAID = Claims("contoh", "503/0001/DPMPTSP/2026", "decree", "0123456789abcdef", date(2026, 11, 23))
SIGNED = claims.signed(SAID, key=SECRET, number=1)


def page(mall: Mall, rest: str) -> HttpResponse:
    told = Client().get(f"/m/{mall.slug}/v/{rest}")
    assert isinstance(told, HttpResponse)
    return told


def test_a_claim_is_short_the_same_each_time_and_reads_back() -> None:
    assert claims.verified(SIGNED, KEYS) == SAID
    assert claims.verified(f"https://mpp.test/m/contoh/v/x/#{SIGNED}", KEYS) == SAID
    assert claims.signed(SAID, key=SECRET, number=1) == SIGNED
    assert len(SIGNED) < 300


@given(st.data())
def test_no_letter_of_a_claim_can_be_changed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SIGNED) - 1))
    letter = data.draw(st.sampled_from("AZaz09-_.é"))
    changed = SIGNED[:place] + letter + SIGNED[place + 1 :]
    with suppress(NotUnderstood):
        # The last letter of a part holds bits that say nothing.
        assert changed == SIGNED or claims.verified(changed, KEYS) == SAID


@given(st.text(max_size=400) | st.from_regex(r"[A-Za-z0-9_-]{0,60}\.[A-Za-z0-9_-]{0,90}\.[A-Za-z0-9_-]{0,90}"))
def test_no_text_breaks_the_reader_of_claims(text: str) -> None:
    with pytest.raises(NotUnderstood):
        claims.verified(text, KEYS)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list("mnkhdx")), inner, max_size=5),
    )
)
def test_what_the_right_key_signed_of_the_wrong_shape_is_refused(told: object) -> None:
    body = ".".join(claims._encoded(json.dumps(each).encode()) for each in ({"alg": "EdDSA", "kid": "1"}, told))
    with pytest.raises(NotUnderstood):
        claims.verified(f"{body}.{claims._encoded(SECRET.sign(body.encode()))}", KEYS)


@pytest.mark.parametrize(
    "head", [{"alg": "none", "kid": "1"}, {"alg": "HS256", "kid": "1"}, {"alg": "EdDSA", "kid": "2"}]
)
def test_no_other_algorithm_and_no_other_key_is_taken(head: dict[str, str]) -> None:
    body = f"{claims._encoded(json.dumps(head).encode())}.{SIGNED.split('.')[1]}"

    with pytest.raises(NotUnderstood):
        claims.verified(f"{body}.{claims._encoded(SECRET.sign(body.encode()))}", KEYS)


def test_the_qr_holds_the_address_and_claims_that_the_malls_key_verifies(mall: Mall) -> None:
    scanned: list[Given] = []

    def paper(given: Given) -> bytes:
        scanned.append(given)
        return make.paper(given)

    document = make.issued(mall, set_paper=paper)

    address, _mark, claim = scanned[-1].scanned.partition("#")
    assert address == f"https://mpp.test/v/{document.code}/"
    told = page(mall, "key.json").json()  # type: ignore[attr-defined]
    found = offline.claim(claim, told)
    assert (found.mall, found.number, found.kind, found.day) == (
        mall.slug,
        document.number_text,
        "decree",
        date(2026, 11, 23),
    )
    assert page(mall, f"{document.code}/document.json").json()["content_sha256"].startswith(found.sha256)  # type: ignore[attr-defined]
    assert [each["kid"] for each in told["keys"]] == ["1"]
    assert bytes(ClaimKey.objects.get().secret)[:3] != bytes(3)
    # The other mall's key says nothing of it.
    other = make_agencies.mall()
    with wall.inside(other.pk):
        make.issued(other)
        assert trusting.claim_keys(other) != trusting.claim_keys(mall)
    with pytest.raises(NotUnderstood):
        offline.claim(claim, page(other, "key.json").json())  # type: ignore[attr-defined]


def test_a_pdf_verifies_offline_with_the_key_file(mall: Mall) -> None:
    content = vault.content(make.issued(mall))
    told = page(mall, "key.json").json()  # type: ignore[attr-defined]

    (found,) = offline.signatures(content, told, at=make.AT + timedelta(days=9))
    assert (found.is_intact, found.is_ours, "503/0001" in found.reason) == (True, True, True)
    (found,) = offline.signatures(content, None, at=make.AT)
    assert (found.is_intact, found.is_ours) == (True, False)


@given(st.binary(max_size=300))
def test_no_upload_breaks_the_judge(content: bytes) -> None:
    for told in (
        content,
        b"%PDF-1.7\n" + content,
        b"%PDF-1.7\n1 0 obj<<>>endobj\n" + content + b"\nstartxref\n9\n%%EOF",
    ):
        with suppress(NotUnderstood):
            assert offline.signatures(told, None, at=make.AT) == []


@given(
    st.text(max_size=80)
    | st.sampled_from(['{"keys":[{"crv":"Ed25519","x":"!"}]}', '{"authorities":[{"authority":"eA=="}]}', "[" * 9999])
)
def test_no_key_file_breaks_the_reader(text: str) -> None:
    try:
        told = offline.key_file(text)
        offline.signatures(b"%PDF-1.7", told, at=make.AT)
    except NotUnderstood:
        return
    raise AssertionError(text)


def test_a_signed_pdf_with_any_byte_changed_breaks_nothing(mall: Mall) -> None:
    content = vault.content(make.issued(mall))
    for place, letter in zip(range(7, len(content), len(content) // 60), cycle((0, 0x28, 0xFF))):
        altered = content[:place] + bytes([letter]) + content[place + 1 :]
        told = Client().post(f"/m/{mall.slug}/v/", {"file": SimpleUploadedFile("surat.pdf", altered)})
        assert told.status_code in {200, 422}, place


def test_a_document_whose_last_day_has_passed_says_so(mall: Mall) -> None:
    document = make.issued(mall, valid_until=date(2026, 11, 30))

    assert shown.standing(document, at=make.AT) == "valid"
    assert shown.standing(document, at=make.AT + timedelta(days=8)) == "expired"
    past = make.issued(mall, subject="agency:2", valid_until=date(2020, 1, 1))
    assert "masa berlakunya sudah lewat" in page(mall, f"{past.code}/").content.decode()
    assert page(mall, f"{past.code}/document.json").json()["state"] == "expired"  # type: ignore[attr-defined]


def test_a_corrected_document_leads_to_the_right_one(mall: Mall) -> None:
    wrong, right = make.issued(mall), make.issued(mall, subject="agency:2")
    manager = make_agencies.staff(mall, Role.MANAGER)
    path = f"/m/{mall.slug}/v/{wrong.code}/correction/"

    head = make_agencies.client(make_agencies.staff(mall, Role.HEAD))
    assert head.post(path, {"number": right.number_text, "reason": "x"}).status_code == 422
    client = make_agencies.client(manager)
    for sent in ({"number": right.number_text, "reason": " "}, {"number": "503/9", "reason": "Salah"},
                 {"number": wrong.number_text, "reason": "Salah"}, {}):  # fmt: skip
        assert client.post(path, sent).status_code == 422
    wrong.refresh_from_db()
    assert wrong.state == "valid"
    assert client.post(path, {"number": right.number_text, "reason": "Salah nama"}).status_code == 302

    told = page(mall, f"{wrong.code}/").content.decode()
    assert ("Salah nama" in told, f"/v/{right.code}/" in told) == (True, True)
    described = page(mall, f"{wrong.code}/document.json").json()  # type: ignore[attr-defined]
    assert (described["state"], described["replaced_by"]) == ("corrected", right.code)
    assert Entry.objects.filter(action="document.corrected").count() == 1
    with pytest.raises(NoLongerValid):
        issuing.correct(wrong, number=right.number_text, reason="Lagi", address_of=str, by=manager, at=make.AT)
    with pytest.raises(NotAllowed):
        issuing.correct(
            right, number="1", reason="x", address_of=str, by=make_agencies.staff(mall, Role.SIGNER), at=make.AT
        )


def test_only_what_the_kind_allows_is_shown(mall: Mall) -> None:
    closed = Kind("health", "health", "SK/{number}/{year}", shows=(Shown.SIGNED_AT,))
    document = make.issued(mall, kind=closed)

    told, described = page(mall, f"{document.code}/"), page(mall, f"{document.code}/document.json").json()  # type: ignore[attr-defined]
    assert told.status_code == 200
    assert (document.title in told.content.decode(), document.number_text in told.content.decode()) == (False, False)
    assert bytes(document.sha256).hex() not in told.content.decode() + json.dumps(described)
    assert {"title", "number", "sha256", "reason"} & set(described) == set()
    assert page(mall, f"{document.code}/document.pdf").status_code == 404
    manager = make_agencies.client(make_agencies.staff(mall, Role.MANAGER))
    assert manager.get(f"/m/{mall.slug}/v/{document.code}/document.pdf").status_code == 200
