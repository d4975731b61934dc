"""tus 1.0.0: created, sent in pieces, gone on with, ended; wrong headers are refused in words and break nothing."""

import base64
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from pendopo.agencies.tests import make as make_agencies
from pendopo.documents import shelf, tus
from pendopo.documents.actions import giving, sweeping
from pendopo.documents.models import StoredFile
from pendopo.documents.pieces import PIECE
from pendopo.documents.tests import make_files
from pendopo.documents.types import Purpose
from pendopo.kernel.errors import RuleViolation
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

OCTETS = "application/offset+octet-stream"
V1 = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def mall(db: None) -> Mall:
    return make_agencies.mall()


@pytest.fixture
def client() -> Client:
    client = Client()
    client.force_login(make_agencies.account("Warga Contoh"))
    return client


def told(**pairs: str) -> str:
    return ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in pairs.items())


def create(client: Client, mall: Mall, length: int, **headers: str) -> HttpResponse:
    all_ = V1 | {"Upload-Length": str(length), "Upload-Metadata": told(purpose="kk", filename="kk.pdf")} | headers
    return client.post(f"/m/{mall.slug}/files/uploads/", content_type=OCTETS, headers=all_)  # type: ignore[return-value]


def patch(client: Client, place: str, offset: int, content: bytes, **headers: str) -> HttpResponse:
    all_ = V1 | {"Upload-Offset": str(offset)} | headers
    return client.patch(place, content, content_type=OCTETS, headers=all_)  # type: ignore[return-value]


def offset_of(client: Client, place: str) -> int:
    response = client.head(place, headers=V1)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    return int(response["Upload-Offset"])


def only(mall: Mall) -> StoredFile:
    with wall.inside(mall.pk):
        return StoredFile.objects.get(mall=mall)


def test_the_server_says_what_it_can(mall: Mall, client: Client) -> None:
    response = client.options(f"/m/{mall.slug}/files/uploads/")

    assert response.status_code == 204
    assert response["Tus-Version"] == response["Tus-Resumable"] == "1.0.0"
    assert response["Tus-Extension"] == "creation,expiration,termination"
    assert response["Tus-Max-Size"] == str(10 * 1024 * 1024)


@pytest.mark.parametrize("step", [1000, PIECE - 1, PIECE, PIECE + 1, 10**6])
def test_a_file_comes_in_pieces_of_any_size(mall: Mall, client: Client, step: int) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * (PIECE // 80 if step > 1000 else 40)
    made = create(client, mall, len(content))
    place = made["Location"]
    assert made.status_code == 201
    assert "GMT" in made["Upload-Expires"]

    for begin in range(0, len(content), step):
        assert offset_of(client, place) == begin
        answered = patch(client, place, begin, content[begin : begin + step])
        assert answered.status_code == 204
        assert int(answered["Upload-Offset"]) == min(begin + step, len(content))

    file = only(mall)
    assert (file.state, file.offset, file.expires_at) == ("waiting", len(content), None)
    with wall.inside(mall.pk):
        assert file.name == "kk"
        assert b"".join(shelf.raw(file).read()) == content
    assert patch(client, place, len(content), b"x").status_code == 410


def test_nothing_lies_open_in_between(mall: Mall, client: Client) -> None:
    place = create(client, mall, 600_000)["Location"]
    patch(client, place, 0, b"%PDF-" + b"3273014101900001" * 20_000)

    # Other workers have malls of the same number, and the same folder.
    with wall.inside(mall.pk):
        path = StoredFile.objects.get().raw_path
    found = list(Path(settings.MEDIA_ROOT).glob(f"{path}*"))

    assert len(found) == 2
    assert all(b"3273014101900001" not in each.read_bytes() for each in found)


def test_what_does_not_go_on_is_refused(mall: Mall, client: Client) -> None:
    place = create(client, mall, 100)["Location"]

    assert patch(client, place, 5, b"x" * 10).status_code == 409
    assert patch(client, place, 0, b"x" * 101).status_code == 413
    assert patch(client, place, 0, b"x" * 10, **{"Upload-Offset": "-1"}).status_code == 422
    assert client.patch(place, b"x", content_type="text/plain", headers=V1 | {"Upload-Offset": "0"}).status_code == 415
    assert offset_of(client, place) == 0
    assert patch(client, place, 0, b"x" * 10).status_code == 204
    assert patch(client, place, 0, b"x" * 10).status_code == 409
    assert offset_of(client, place) == 10


def test_another_version_is_refused(mall: Mall, client: Client) -> None:
    response = create(client, mall, 10, **{"Tus-Resumable": "0.2.2"})

    assert response.status_code == 412
    assert response["Tus-Version"] == response["Tus-Resumable"] == "1.0.0"


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({"Upload-Length": "x"}, 422, "Upload-Length"),
        ({"Upload-Length": "0"}, 422, "kosong"),
        ({"Upload-Length": str(11 * 1024 * 1024)}, 413, "10 MB"),
        ({"Upload-Defer-Length": "1"}, 422, "panjangnya"),
        ({"Upload-Metadata": "purpose"}, 422, "purpose"),
        ({"Upload-Metadata": "purpose =="}, 422, "Upload-Metadata"),
        ({"Upload-Metadata": told(purpose="senjata")}, 422, "purpose"),
        ({"Upload-Metadata": ",".join(f"a{n} eA==" for n in range(30))}, 422, "Upload-Metadata"),
    ],
)
def test_wrong_headers_are_refused_in_words(
    mall: Mall, client: Client, headers: dict[str, str], status: int, words: str
) -> None:
    response = create(client, mall, 10, **headers)

    assert response.status_code == status
    assert response["Tus-Resumable"] == "1.0.0"
    assert words in response.content.decode()
    with wall.inside(mall.pk):
        assert not StoredFile.objects.exists()


def test_an_upload_is_ended_by_whoever_began_it(mall: Mall, client: Client) -> None:
    place = create(client, mall, 100)["Location"]
    patch(client, place, 0, b"x" * 10)
    stranger = Client()
    stranger.force_login(make_agencies.account("Orang Lain"))

    assert stranger.delete(place, headers=V1).status_code == 404
    assert stranger.head(place, headers=V1).status_code == 404
    assert patch(stranger, place, 10, b"x").status_code == 404
    # Where a network lets only POST through.
    ended = client.post(place, headers=V1 | {"X-HTTP-Method-Override": "DELETE"})

    assert ended.status_code == 204
    assert only(mall).state == "removed"
    assert client.head(place, headers=V1).status_code == 404
    assert client.get(place).status_code == 405


def test_an_upload_expires_after_a_day(mall: Mall, client: Client) -> None:
    place = create(client, mall, 100)["Location"]
    patch(client, place, 0, b"x" * 10)
    with wall.inside(mall.pk):
        StoredFile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    assert client.head(place, headers=V1).status_code == 410
    assert patch(client, place, 10, b"x").status_code == 410
    with wall.inside(mall.pk):
        assert sweeping.sweep(mall, at=timezone.now()) == 1
        assert sweeping.sweep(mall, at=timezone.now()) == 0
    assert only(mall).state == "removed"


def test_a_program_without_the_pages_token_is_refused(mall: Mall) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_agencies.account("Warga Contoh"))

    assert create(client, mall, 10).status_code == 403
    client.get(f"/m/{mall.slug}/files/")
    token = client.cookies["csrftoken"].value
    assert create(client, mall, 10, **{"X-CSRFToken": token}).status_code == 201


def test_what_was_sent_before_a_connection_broke_counts(hall: Mall) -> None:

    by = make_files.citizen(hall)
    file = giving.begin(hall, length=400_000, name="kk", purpose=Purpose.KK, by=by, at=make_files.AT)
    chunks = iter([b"%PDF-" + bytes(299_995)])

    def read(most: int) -> bytes:
        try:
            return next(chunks)
        except StopIteration:
            raise ConnectionResetError from None

    after = giving.append(hall, file.code, offset=0, read=read, by=by, at=make_files.AT)
    assert (after.offset, after.state) == (300_000, "arriving")
    rest = iter([bytes(100_000), b""])
    after = giving.append(hall, file.code, offset=300_000, read=lambda most: next(rest), by=by, at=make_files.AT)

    assert after.state == "waiting"
    assert b"".join(shelf.raw(after).read()) == b"%PDF-" + bytes(399_995)


# Headers as nobody sends them.

TEXT = st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=60)
HEADERS = st.dictionaries(
    st.sampled_from(["Upload-Length", "Upload-Offset", "Upload-Metadata", "Upload-Defer-Length"]),
    TEXT | st.integers().map(str) | st.lists(TEXT, max_size=4).map(",".join),
)


@given(HEADERS)
@tried(max_examples=400)
def test_no_header_breaks_the_reading(headers: dict[str, str]) -> None:
    for read in (tus.length, tus.offset, tus.metadata):
        with suppress(RuleViolation):
            read(headers)


@pytest.fixture
def place(mall: Mall, client: Client) -> str:
    return create(client, mall, 100)["Location"]


def test_no_header_breaks_the_server(mall: Mall, client: Client, place: str) -> None:
    @given(HEADERS, st.binary(max_size=40), st.sampled_from(["POST", "PATCH", "HEAD", "DELETE", "OPTIONS", "PUT"]))
    @tried(max_examples=80)
    def tries(headers: dict[str, str], content: bytes, method: str) -> None:
        clear = {name: text.replace("\n", " ").replace("\r", " ") for name, text in headers.items()}
        for address in (f"/m/{mall.slug}/files/uploads/", place):
            if address == place and method == "DELETE":
                continue
            response = client.generic(method, address, content, content_type=OCTETS, headers=V1 | clear)
            assert response.status_code < 500

    tries()
