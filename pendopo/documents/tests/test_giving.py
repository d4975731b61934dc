"""A citizen gives files by a plain form, sees what becomes of them, opens them by signed links, removes them."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from pendopo.agencies.tests import make as make_agencies
from pendopo.agencies.types import Role
from pendopo.audit.models import Entry
from pendopo.documents import links, shelf, sniffing
from pendopo.documents.actions import examining, giving
from pendopo.documents.errors import FileRefused
from pendopo.documents.links import How
from pendopo.documents.models import StoredFile
from pendopo.documents.tests import make_files
from pendopo.kernel.envelopes import CannotOpen
from pendopo.people.models import Account
from pendopo.tenancy import wall
from pendopo.tenancy.actions import keys
from pendopo.tenancy.models import Mall

NIK = b"3273014101900001"


@pytest.fixture
def mall(db: None) -> Mall:
    """Make a mall; pages stand in it by themselves."""
    return make_agencies.mall()


@pytest.fixture
def account() -> Account:
    return make_agencies.account("Warga Contoh")


@pytest.fixture
def client(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def sent(content: bytes, name: str = "ktp.jpg", **other: object) -> dict[str, object]:
    return {"purpose": "ktp", "id": str(uuid4()), "file": SimpleUploadedFile(name, content), **other}


def stored(mall: Mall) -> list[StoredFile]:
    with wall.inside(mall.pk):
        return list(StoredFile.objects.filter(mall=mall).order_by("pk"))


def lying(mall: Mall) -> list[Path]:
    return sorted(Path(settings.MEDIA_ROOT).glob(f"given/{mall.pk}/*"))


def test_a_file_is_given_by_a_plain_form_and_lies_sealed(mall: Mall, client: Client, account: Account) -> None:
    content = make_files.picture() + NIK

    response = client.post(f"/m/{mall.slug}/files/", sent(content, "../../Foto  KTP\u202egpj.exe"))

    (file,) = stored(mall)
    assert response.status_code == 302
    assert response["Location"] == f"/m/{mall.slug}/files/{file.code}/"
    assert (file.state, file.length, file.account_id, file.purpose) == ("waiting", len(content), account.pk, "ktp")
    with wall.inside(mall.pk):
        # Django takes such letters away by itself.
        assert file.name == "Foto KTPgpj.jpg"
        assert b"".join(shelf.raw(file).read()) == content
        assert Entry.objects.filter(action="file.given").count() == 1
    (place,) = lying(mall)
    assert NIK not in place.read_bytes()
    assert b"JFIF" not in place.read_bytes()


def test_a_large_file_is_sealed_in_pieces(mall: Mall, client: Client) -> None:
    content = b"%PDF-1.7\n" + bytes(range(256)) * 4096 * 3

    client.post(f"/m/{mall.slug}/files/", sent(content, "kk.pdf"))

    (file,) = stored(mall)
    with wall.inside(mall.pk):
        slot = shelf.raw(file)
        assert b"".join(slot.read()) == content
        assert len(list(slot.read())) == 13
    whole = slot.place.read_bytes()
    for broken in (whole[:-300_000], whole[:-1], whole[:20] + b"x" + whole[21:], whole + whole[9:]):
        slot.place.write_bytes(broken)
        with pytest.raises(CannotOpen):
            list(slot.read())
    # Two pieces changed places.
    size = 256 * 1024 + 28
    slot.place.write_bytes(whole[:9] + whole[9 + size : 9 + 2 * size] + whole[9 : 9 + size] + whole[9 + 2 * size :])
    with pytest.raises(CannotOpen):
        list(slot.read())


def test_the_same_wish_twice_keeps_one_file(mall: Mall, client: Client) -> None:
    wish, content = str(uuid4()), make_files.picture()

    first = client.post(f"/m/{mall.slug}/files/", sent(content, id=wish))
    second = client.post(f"/m/{mall.slug}/files/", sent(content, id=wish))
    other = client.post(f"/m/{mall.slug}/files/", sent(content, id=wish, purpose="kk"))

    assert first["Location"] == second["Location"]
    assert other.status_code == 422
    assert len(stored(mall)) == len(lying(mall)) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ" + bytes(400), "bukan PDF, JPEG, PNG, atau WebP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Gambar SVG"),
        (b"\0\0\0\x18ftypheic" + bytes(100), "Foto HEIC"),
        (b"GIF89a%PDF-1.7", "lebih dari satu jenis"),
        (b"\n%PDF-1.7\n%%EOF", "lebih dari satu jenis"),
        (b"%PDF-1.7" + bytes(11 * 1024 * 1024), "lebih besar dari 10 MB"),
    ],
    ids=["program", "svg", "heic", "gif and pdf", "pdf behind", "large"],
)
def test_what_is_not_taken_is_refused_at_once(mall: Mall, client: Client, content: bytes, words: str) -> None:
    response = client.post(f"/m/{mall.slug}/files/", sent(content))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert stored(mall) == []
    assert lying(mall) == []


@pytest.mark.parametrize("missing", ["file", "purpose", "id"])
def test_what_is_missing_is_asked_for(mall: Mall, client: Client, missing: str) -> None:
    told = sent(make_files.picture())
    del told[missing]

    assert client.post(f"/m/{mall.slug}/files/", told).status_code == 422
    assert stored(mall) == []
    assert lying(mall) == []


def test_a_form_of_a_foreign_page_is_refused(mall: Mall, account: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)

    response = client.post(f"/m/{mall.slug}/files/", sent(make_files.picture()))

    assert response.status_code == 403
    assert stored(mall) == []
    assert lying(mall) == []
    client.get(f"/m/{mall.slug}/files/")
    told = sent(make_files.picture(), csrfmiddlewaretoken=client.cookies["csrftoken"].value)
    assert client.post(f"/m/{mall.slug}/files/", told).status_code == 302


def test_who_has_not_signed_in_is_asked_to(mall: Mall) -> None:
    response = Client().post(f"/m/{mall.slug}/files/", sent(make_files.picture()))

    assert response.status_code == 302
    assert "/accounts/code/" in response["Location"]
    assert lying(mall) == []


def test_nobody_keeps_more_than_sixty(mall: Mall, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving, "MOST_FILES", 1)
    client.post(f"/m/{mall.slug}/files/", sent(make_files.picture()))

    response = client.post(f"/m/{mall.slug}/files/", sent(make_files.picture()))

    assert response.status_code == 422
    assert "Hapus yang tidak dipakai lagi" in response.content.decode()
    assert len(stored(mall)) == len(lying(mall)) == 1


@pytest.mark.usefixtures("scanner")
def test_one_opens_ones_own_file_by_a_link_of_ten_minutes(mall: Mall, client: Client, account: Account) -> None:
    client.post(f"/m/{mall.slug}/files/", sent(make_files.picture(size=(900, 900))))
    (file,) = stored(mall)
    address = f"/m/{mall.slug}/files/{file.code}/"
    assert "Menunggu pemeriksaan" in client.get(address).content.decode()
    examining.examine(mall.pk, file.pk, at=timezone.now())
    examining.preview(mall.pk, file.pk, at=timezone.now())

    page = client.get(address).content.decode()
    shown = client.get(address + "content/?" + _link(mall, file, account, How.VIEW))
    saved = client.get(address + "content/?" + _link(mall, file, account, How.DOWNLOAD))
    small = client.get(address + "content/?" + _link(mall, file, account, How.PREVIEW))

    assert "Siap dipakai" in page
    assert "how=view" in page
    assert file.code in page
    for answered in (shown, saved, small):
        assert answered.status_code == 200
        assert answered["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answered["Content-Security-Policy"]
        assert answered["Cache-Control"] == "private, no-store"
        assert b"".join(answered).startswith(b"\xff\xd8\xff")
    assert shown["Content-Disposition"].startswith("inline")
    assert saved["Content-Disposition"] == 'attachment; filename="ktp.jpg"'
    # What was signed for one is nothing for another, nor later, nor changed.
    good = _link(mall, file, account, How.VIEW)
    stranger = Client()
    stranger.force_login(make_agencies.account("Orang Lain"))
    assert stranger.get(address + "content/?" + good).status_code == 404
    assert stranger.get(address + "content/").status_code == 404
    assert stranger.get(address).status_code == 404
    assert client.get(address + "content/?" + good.replace("view", "download")).status_code == 404
    old = client.get(address + "content/?" + _link(mall, file, account, How.VIEW, minutes=-11))
    assert old.status_code == 409
    assert "hanya berlaku 10 menit" in old.content.decode()
    assert client.get(address + "content/").status_code == 302


def _link(mall: Mall, file: StoredFile, account: Account, how: How, *, minutes: int = 0) -> str:
    return links.query(file, how, holder=account.pk, at=timezone.now() + timedelta(minutes=minutes))


@pytest.mark.usefixtures("scanner")
def test_a_pdf_is_always_saved(mall: Mall, client: Client, account: Account) -> None:
    client.post(f"/m/{mall.slug}/files/", sent(make_files.pdf(2), "kk.pdf"))
    (file,) = stored(mall)
    examining.examine(mall.pk, file.pk, at=timezone.now())

    answered = client.get(f"/m/{mall.slug}/files/{file.code}/content/?" + _link(mall, file, account, How.VIEW))

    assert answered["Content-Disposition"].startswith("attachment")
    assert answered["Content-Type"] == "application/pdf"


@pytest.mark.usefixtures("scanner")
def test_what_was_removed_is_gone_for_good(mall: Mall, client: Client, account: Account) -> None:
    client.post(f"/m/{mall.slug}/files/", sent(make_files.picture()))
    (file,) = stored(mall)
    examining.examine(mall.pk, file.pk, at=timezone.now())
    examining.preview(mall.pk, file.pk, at=timezone.now())
    address = f"/m/{mall.slug}/files/{file.code}/removal/"

    assert "Hapus berkas ini?" in client.get(address).content.decode()
    assert len(stored(mall)) == 1
    removed = client.post(address)

    assert removed.status_code == 302
    (row,) = stored(mall)
    assert (row.state, row.kept_path, bytes(row.kept_key), bytes(row.name_sealed)) == ("removed", "", b"", b"")
    assert client.get(f"/m/{mall.slug}/files/{file.code}/").status_code == 404
    assert "Belum ada berkas" in client.get(f"/m/{mall.slug}/files/").content.decode()


@pytest.mark.usefixtures("scanner")
def test_keys_of_files_follow_a_rotation(hall: Mall) -> None:
    by = make_files.citizen(hall)
    file = make_files.clean(hall, by)
    make_files.give(hall, by, make_files.picture())
    before = b"".join(shelf.kept(file).read())

    keys.rotate_seal_key(hall, at=make_files.AT)
    assert {each.column for each in keys.reseal(hall)} >= {"raw_key", "kept_key", "name_sealed"}

    file.refresh_from_db()
    assert b"".join(shelf.kept(file).read()) == before
    assert file.name == "ktp.jpg"


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "clean"},
        {"state": "refused"},
        {"state": "quarantined"},
        {"state": "removed"},
        {"state": "arriving"},
        {"account": None},
        {"offset": 10**8},
        {"proof": "original"},
    ],
)
def test_the_database_refuses_what_cannot_be(hall: Mall, changes: dict[str, object]) -> None:
    file = make_files.give(hall, make_files.citizen(hall), make_files.picture())

    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=file.pk).update(**changes)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ktp.jpg", "ktp.jpg"),
        ("C:\\Users\\a\\kk.PDF", "kk.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("", "berkas.jpg"),
        ("...", "berkas.jpg"),
        ("a" * 300 + ".jpg", "a" * 115 + ".jpg"),
        ("foto\0\r\nSet-Cookie: x.jpg", "foto Set-Cookie: x.jpg"),
        ("invoice\u202egpj.exe", "invoice gpj.jpg"),
        ("\u200b", "berkas.jpg"),
    ],
)
def test_names_are_only_names(name: str, kept: str) -> None:
    assert sniffing.clean_name(name, "jpg") == kept


def test_an_empty_file_is_refused_in_words() -> None:
    with pytest.raises(FileRefused, match="kosong"):
        sniffing.kind_of(b"")


def test_a_manager_does_not_see_what_a_citizen_keeps(mall: Mall, client: Client) -> None:
    client.post(f"/m/{mall.slug}/files/", sent(make_files.picture()))
    (file,) = stored(mall)
    manager = Client()
    held = make_agencies.staff(mall, Role.MANAGER).account
    assert held
    manager.force_login(held)

    assert manager.get(f"/m/{mall.slug}/files/{file.code}/").status_code == 404
    assert "Belum ada berkas" in manager.get(f"/m/{mall.slug}/files/").content.decode()
