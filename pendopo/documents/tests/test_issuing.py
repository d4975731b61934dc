"""Issuing: one number after the other whatever fails, one document a wish, sealed where it lies."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from pendopo.agencies.tests import make as make_agencies
from pendopo.audit.models import Entry
from pendopo.documents import vault
from pendopo.documents.models import IssuedDocument, Register, SigningIdentity
from pendopo.documents.tests import make
from pendopo.documents.types import Given
from pendopo.kernel.envelopes import CannotOpen
from pendopo.kernel.errors import AnotherBody
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import wall
from pendopo.tenancy.actions import keys
from pendopo.tenancy.models import Mall


@pytest.fixture
def mall(db: None) -> Iterator[Mall]:
    """Stand in a mall that has issued nothing."""
    found = make_agencies.mall()
    with wall.inside(found.pk):
        yield found


def numbers(mall: Mall) -> list[int]:
    with wall.inside(mall.pk):
        return list(IssuedDocument.objects.filter(mall=mall).order_by("pk").values_list("number", flat=True))


def test_a_document_gets_its_number_its_code_and_a_trace(mall: Mall) -> None:
    first, second = make.issued(mall), make.issued(mall, subject="agency:2")

    assert [first.number_text, second.number_text] == ["503/0001/DPMPTSP/2026", "503/0002/DPMPTSP/2026"]
    assert len({first.code, second.code}) == 2
    assert all(len(each.code) == 26 for each in (first, second))
    assert Entry.objects.filter(action="document.issued").count() == 2
    assert Entry.objects.filter(action="signing_identity.made").count() == 1


def test_a_new_year_of_the_mall_begins_a_new_register(mall: Mall) -> None:
    make.issued(mall)
    # Still the old year in UTC.
    later = make.issued(mall, at=datetime(2026, 12, 31, 17, tzinfo=UTC))

    assert (later.number, later.number_text) == (1, "503/0001/DPMPTSP/2027")


def test_a_wish_that_comes_again_gets_the_first_document(mall: Mall) -> None:
    wish = uuid4()

    assert make.issued(mall, request_id=wish) == make.issued(mall, request_id=wish)
    with pytest.raises(AnotherBody):
        make.issued(mall, subject="agency:2", request_id=wish)
    assert numbers(mall) == [1]


def test_what_is_issued_about_the_same_supersedes(mall: Mall) -> None:
    first, other, second = make.issued(mall), make.issued(mall, subject="agency:2"), make.issued(mall)

    states = [IssuedDocument.objects.get(pk=each.pk).state for each in (first, other, second)]
    assert states == ["superseded", "valid", "valid"]


def test_a_failure_uses_no_number(mall: Mall) -> None:
    def broken(given: Given) -> bytes:
        raise ValueError(given.number)

    with pytest.raises(ValueError, match="503/0001"):
        make.issued(mall, set_paper=broken)
    with transaction.atomic():
        make.issued(mall)
        transaction.set_rollback(True)

    assert not Entry.objects.filter(action="document.issued").exists()
    assert make.issued(mall).number == 1


def test_the_file_is_sealed_where_it_lies_and_bound_to_its_row(mall: Mall) -> None:
    document, other = make.issued(mall), make.issued(mall, subject="agency:2")
    place = Path(settings.MEDIA_ROOT) / document.file_path

    assert b"PDF" not in place.read_bytes()
    assert vault.content(document).startswith(b"%PDF-")
    keys.rotate_seal_key(mall, at=make.AT)
    assert {each.column for each in keys.reseal(mall)} >= {"file_key", "signer_key", "stamper_key"}
    document.refresh_from_db()
    assert vault.content(document).startswith(b"%PDF-")
    (Path(settings.MEDIA_ROOT) / other.file_path).write_bytes(place.read_bytes())
    with pytest.raises(CannotOpen):
        vault.content(other)


def test_keys_lie_sealed_in_their_rows(mall: Mall) -> None:
    make.issued(mall)
    identity = SigningIdentity.objects.get()

    # What a PKCS#8 of a key of P-256 names.
    for sealed in (bytes(identity.signer_key), bytes(identity.stamper_key)):
        assert bytes.fromhex("2a8648ce3d030107") not in sealed


def test_the_database_lets_nobody_rewrite_what_was_issued(mall: Mall) -> None:
    document = make.issued(mall)

    for change in ({"title": "Lain"}, {"sha256": b"x" * 32}, {"number": 7}):
        with pytest.raises(DatabaseError), transaction.atomic():
            IssuedDocument.objects.filter(pk=document.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        document.delete()


@pytest.mark.usefixtures("committed")
def test_many_at_once_get_one_number_after_the_other() -> None:
    mall = make_agencies.mall()

    def act(subject: str) -> None:
        with wall.inside(mall.pk):
            make.issued(mall, subject=subject)

    together([lambda subject=f"agency:{each}": act(subject) for each in range(4)])  # type: ignore[misc]

    assert sorted(numbers(mall)) == [1, 2, 3, 4]
    with wall.inside(mall.pk):
        assert SigningIdentity.objects.filter(mall=mall).count() == 1


@pytest.mark.usefixtures("committed")
def test_a_process_that_dies_in_between_leaves_no_gap() -> None:
    mall = make_agencies.mall()

    def dies(given: Given) -> bytes:
        # To the server, a process that was killed is a connection that ended.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        return make.paper(given)

    with wall.inside(mall.pk):
        make.issued(mall)
    with pytest.raises(OperationalError), wall.inside(mall.pk):
        make.issued(mall, subject="agency:2", set_paper=dies)
    connection.close()
    with wall.inside(mall.pk):
        make.issued(mall, subject="agency:3")
        assert Register.objects.get(mall=mall).last == 2
    assert numbers(mall) == [1, 2]
