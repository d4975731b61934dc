from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from pendopo.agencies.tests import make
from pendopo.audit.models import Entry
from pendopo.people import actions as people
from pendopo.people.actions import identifying
from pendopo.people.errors import NumberTaken, WrongNumber
from pendopo.people.models import Contact, Identifier
from pendopo.people.numbers import contact_of, identifier_of, masked
from pendopo.people.queries import person_known_by, persons_reached_by
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall, Region

AT = datetime(2030, 5, 6, 3, tzinfo=UTC)
NIK = "3576014101900001"


@pytest.fixture
def mall() -> Mall:
    return make.mall()


@pytest.mark.django_db
def test_a_person_is_found_by_the_number_however_it_is_written(mall: Mall) -> None:
    with wall.inside(mall.pk):
        person = people.add_person(mall, name="Warga Contoh", at=AT)
        noted = identifying.note_identifier(person, "nik", "3576 0141 0190 0001", at=AT)

        assert person_known_by(mall, "nik", NIK) == person
        assert person_known_by(mall, "nik", "3576014101900002") is None
        assert person_known_by(mall, "kk", NIK) is None
        assert noted.identifier.value == NIK
        entry = Entry.objects.get(action="identifier.noted")
        assert (entry.subject, NIK in str(entry.__dict__)) == (f"person:{person.pk}", False)


@pytest.mark.django_db
def test_the_same_number_again_notes_nothing_and_another_persons_is_refused(mall: Mall) -> None:
    with wall.inside(mall.pk):
        first, second = (people.add_person(mall, name=name, at=AT) for name in ("Warga Satu", "Warga Dua"))
        kept = identifying.note_identifier(first, "nik", NIK, at=AT).identifier

        assert identifying.note_identifier(first, "nik", NIK, at=AT).identifier == kept
        with pytest.raises(NumberTaken):
            identifying.note_identifier(second, "nik", NIK, at=AT)
        assert list(Identifier.objects.values_list("person", flat=True)) == [first.pk]
        assert Entry.objects.filter(action="identifier.noted").count() == 1
        kept.pk, kept.person = None, second
        with pytest.raises(IntegrityError), transaction.atomic():
            kept.save(force_insert=True)


@pytest.mark.django_db
def test_an_unknown_region_only_warns_and_one_of_an_older_edition_does_not(mall: Mall) -> None:
    for code, edition, gone in (("35.76.01", "Kemendagri 2025", None), ("91.02.13", "Kemendagri 2018", AT.date())):
        Region.objects.update_or_create(
            code=code, defaults={"name": "Contoh", "level": "kecamatan", "edition": edition, "valid_to": gone}
        )
    with wall.inside(mall.pk):
        person = people.add_person(mall, name="Warga Contoh", at=AT)
        told = [
            identifying.note_identifier(person, "nik", number, at=AT).warnings
            for number in (NIK, "9102130101900001", "9999990101900001")
        ]

    assert told[:2] == [(), ()]
    assert "99.99.99" in told[2][0]


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("nik", "3576-0141-0190-0001", NIK),
        ("kk", "3576010101200001", "3576010101200001"),
        ("passport", "x 1234567", "X1234567"),
        ("kitas", "2c11jd1234-a", "2C11JD1234A"),
        ("bpjs", "0001 2345 6789 0", "0001234567890"),
    ],
)
def test_each_kind_has_one_form(kind: str, text: str, kept: str) -> None:
    assert identifier_of(kind, text) == kept


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("nik", "357601410190000", "yang ditulis 15"),
        ("nik", "3576013201900001", "tanggal lahir"),
        ("nik", "3576010101900000", "0000"),
        ("kk", "35760101012", "16 angka"),
        ("passport", "1234567", "huruf"),
        ("passport", "É1234567", "huruf"),
        ("kitas", "AB/12", "KITAS"),
        ("bpjs", "00012345678", "13 angka"),
        ("bpjs", "٠٠٠١٢٣٤٥٦٧٨٩٠", "13 angka"),
    ],
)
def test_a_wrong_number_says_what_is_wrong(kind: str, text: str, words: str) -> None:
    with pytest.raises(WrongNumber, match=words) as refusal:
        identifier_of(kind, text)
    assert refusal.value.status == 422


@pytest.mark.parametrize(
    ("kind", "text", "kept"),
    [
        ("phone", "0812-3456-7890", "+6281234567890"),
        ("phone", "+62 812 3456 7890", "+6281234567890"),
        ("phone", "(0321) 123456", "+62321123456"),
        ("email", " Warga@Contoh.test ", "warga@contoh.test"),
    ],
)
def test_contacts_have_one_form(kind: str, text: str, kept: str) -> None:
    assert contact_of(kind, text) == kept


@pytest.mark.parametrize(("kind", "text"), [("phone", "12"), ("phone", "telepon"), ("email", "warga"), ("email", "")])
def test_what_reaches_nobody_is_refused(kind: str, text: str) -> None:
    with pytest.raises(WrongNumber):
        contact_of(kind, text)


@pytest.mark.django_db
def test_several_share_a_telephone_until_one_has_it_no_more(mall: Mall) -> None:
    with wall.inside(mall.pk):
        persons = [people.add_person(mall, name=name, at=AT) for name in ("Warga Satu", "Warga Dua")]
        contacts = [identifying.note_contact(person, "phone", "081234567890", at=AT) for person in persons]
        assert identifying.note_contact(persons[0], "phone", "+6281234567890", at=AT) == contacts[0]
        assert persons_reached_by(mall, "phone", "0812 3456 7890") == persons

        for _again in range(2):
            identifying.remove_contact(contacts[0], at=AT)

        assert persons_reached_by(mall, "phone", "081234567890") == [persons[1]]
        assert Entry.objects.filter(action="contact.removed").count() == 1
        identifying.note_contact(persons[0], "phone", "081234567890", at=AT)
        assert Contact.objects.count() == 3


def test_only_the_last_four_characters_are_shown() -> None:
    assert masked(NIK) == "••••••••••••0001"
    assert masked("123") == "123"
