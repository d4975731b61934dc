from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test import override_settings

from pendopo.agencies.tests import make
from pendopo.audit.models import Entry
from pendopo.kernel.envelopes import CannotOpen, number_of
from pendopo.people import actions as people
from pendopo.people.actions import identifying
from pendopo.people.models import Contact, Identifier, Person
from pendopo.people.queries import person_known_by, persons_reached_by
from pendopo.queues.tests.crowd import together
from pendopo.tenancy import keyring, sealing, wall
from pendopo.tenancy.actions import keys
from pendopo.tenancy.models import Mall, MallKey

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)
NAME, NIK, PHONE = "Suryaningsih Contoh", "3576014101900001", "+6281234567890"


def known(mall: Mall, nik: str = NIK) -> Person:
    with wall.inside(mall.pk):
        person = people.add_person(mall, name=NAME, at=AT)
        identifying.note_identifier(person, "nik", nik, at=AT)
        identifying.note_contact(person, "phone", PHONE, at=AT)
    return person


def dump() -> bytes:
    """Every value of every table, as the server would write it to a dump."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        written = b""
        for table in tables:
            with cursor.copy(f'COPY (SELECT * FROM "{table}") TO STDOUT') as copy:
                written += b"".join(bytes(part) for part in copy)
    return written


@pytest.mark.django_db
def test_a_dump_shows_no_personal_value() -> None:
    mall = make.mall()
    person = known(mall)

    with wall.inside(mall.pk):
        written = dump()

        assert b"person:%d" % person.pk in written
        for value in (NAME, NIK, PHONE, PHONE.removeprefix("+62"), NAME.encode().hex(), NIK.encode().hex()):
            assert value.encode() not in written
        assert person.name == NAME
        assert (Identifier.objects.get().value, Contact.objects.get().value) == (NIK, PHONE)


@pytest.mark.django_db
def test_without_the_master_key_nothing_opens() -> None:
    mall = make.mall()
    person = known(mall)
    keyring._for_purpose.cache_clear()

    found = "another master key, of somebody who found the dump"
    with wall.inside(mall.pk), override_settings(MASTER_KEY=found), pytest.raises(CannotOpen, match="master key"):
        str(person)


@pytest.mark.django_db
def test_what_one_mall_sealed_opens_in_no_other_and_for_nothing_else() -> None:
    here, there = make.mall(), make.mall()
    with wall.inside(here.pk):
        sealed = sealing.seal(here.pk, "name", NAME)
        with pytest.raises(CannotOpen):
            sealing.unseal(here.pk, "contact", sealed)
    with wall.inside(there.pk):
        sealing.seal(there.pk, "name", "")
        with pytest.raises(CannotOpen):
            sealing.unseal(there.pk, "name", sealed)
        with pytest.raises(CannotOpen, match="no key 7"):
            sealing.unseal(there.pk, "name", sealed[:1] + b"\x00\x07" + sealed[3:])


@pytest.mark.django_db
def test_the_same_number_is_found_by_another_hash_in_another_mall() -> None:
    here, there = make.mall(), make.mall()
    known(here)
    known(there)
    hashes = []
    for mall in (here, there):
        with wall.inside(mall.pk):
            hashes.append(bytes(Identifier.objects.get().value_hash))

    assert hashes[0] != hashes[1]


@pytest.mark.django_db
def test_everything_is_sealed_anew_under_the_next_key_and_readable_all_the_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keys, "BATCH", 2)
    mall = make.mall()
    persons = [known(mall, f"357601410190{number:04}") for number in range(1, 6)]

    keys.rotate_seal_key(mall, at=AT)
    for progress in keys.reseal(mall):
        assert 0 < progress.done <= 5
        with wall.inside(mall.pk):
            assert {str(person) for person in Person.objects.all()} == {NAME}
            assert person_known_by(mall, "nik", "3576014101900003") == persons[2]

    with wall.inside(mall.pk):
        sealed = [bytes(each.name_sealed) for each in Person.objects.all()]
        sealed += [bytes(each.value_sealed) for each in Identifier.objects.all()]
        sealed += [bytes(each.value_sealed) for each in Contact.objects.all()]
        assert {number_of(each) for each in sealed} == {2}
        assert list(keys.reseal(mall)) == []
        actions = list(Entry.objects.filter(action__startswith="key.").values_list("action", flat=True))
        assert actions == ["key.made", "key.made", "key.rotated"]


@pytest.mark.django_db
def test_a_broken_off_rotation_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "BATCH", 1)
    mall = make.mall()
    known(mall)
    known(mall, "3576014101900002")
    keys.rotate_seal_key(mall, at=AT)

    next(keys.reseal(mall))
    rest = list(keys.reseal(mall))

    assert sum(1 for each in rest if each.column == "name_sealed") == 1
    with wall.inside(mall.pk):
        assert {number_of(bytes(each.name_sealed)) for each in Person.objects.all()} == {2}


@pytest.mark.django_db
def test_hashes_are_made_anew_under_another_search_key() -> None:
    mall = make.mall()
    person = known(mall)
    with wall.inside(mall.pk):
        before = bytes(Identifier.objects.get().value_hash)

    assert keys.rotate_search_key(mall, at=AT) == 2

    with wall.inside(mall.pk):
        assert bytes(Identifier.objects.get().value_hash) != before
        assert person_known_by(mall, "nik", NIK) == person
        assert persons_reached_by(mall, "phone", "0812-3456-7890") == [person]
        identifying.note_identifier(person, "nik", NIK, at=AT)
        assert Identifier.objects.count() == 1


@pytest.mark.django_db
def test_keys_are_wrapped_anew_under_another_master_key() -> None:
    mall = make.mall()
    person = known(mall)
    then = "the next master key of this installation"
    with override_settings(MASTER_KEY=then, MASTER_KEY_BEFORE=settings.MASTER_KEY):
        assert keys.rewrap(mall, at=AT) == 2
        assert keys.rewrap(mall, at=AT) == 0

    keyring._for_purpose.cache_clear()
    with wall.inside(mall.pk), override_settings(MASTER_KEY=then):
        assert person.name == NAME
        assert Entry.objects.filter(action="key.rewrapped").count() == 1


@pytest.mark.django_db
def test_the_database_has_one_current_key_of_a_kind() -> None:
    mall = make.mall()
    with wall.inside(mall.pk):
        first = keyring.current_key(mall.pk, MallKey.Kind.SEAL)
        for number, retired_at in ((2, None), (first.number, AT), (0, AT)):
            with pytest.raises(IntegrityError), transaction.atomic():
                MallKey.objects.create(
                    mall=mall, kind="seal", number=number, wrapped=b"", master="", created_at=AT, retired_at=retired_at
                )


@pytest.mark.usefixtures("committed")
def test_two_who_need_the_first_key_at_once_get_the_same() -> None:
    mall = make.mall()
    found: list[bytes] = []

    def ask() -> None:
        with wall.inside(mall.pk):
            found.append(bytes(keyring.current_key(mall.pk, MallKey.Kind.SEAL).wrapped))

    together([ask] * 4)

    assert len(found) == 4
    assert len(set(found)) == 1
