"""The numbers by which a person is known, and where they are reached. Stand inside the mall."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel import nik
from pendopo.people.errors import NumberTaken
from pendopo.people.models import IDENTIFIER, PERSONS_CONTACT, Contact, Identifier, Person
from pendopo.people.numbers import contact_of, identifier_of
from pendopo.people.queries import is_district_known
from pendopo.tenancy import sealing
from pendopo.tenancy.actions.keys import hold_search_key


@dataclass(frozen=True, slots=True)
class Identified:
    """A number that was noted, and what looks odd about it, in words: a warning refuses nothing."""

    identifier: Identifier
    warnings: tuple[str, ...]


@transaction.atomic
def note_identifier(person: Person, kind: str, text: str, *, at: datetime, by: Who | None = None) -> Identified:
    """Note by which number of the state a person is known; the same again notes nothing.

    Raises WrongNumber, and NumberTaken when somebody else of this mall has it.
    """
    value = identifier_of(kind, text)
    hashed = sealing.search_hash(hold_search_key(person.mall), IDENTIFIER, value)
    known = Identifier.objects.filter(mall=person.mall_id, kind=kind, value_hash=hashed).first()
    if known is not None and known.person_id != person.pk:
        raise NumberTaken(_("Nomor ini sudah tercatat untuk orang lain. Periksa angkanya."))
    if known is None:
        sealed = sealing.seal(person.mall_id, IDENTIFIER, value)
        known = Identifier.objects.create(
            mall_id=person.mall_id, person=person, kind=kind, value_sealed=sealed, value_hash=hashed
        )
        audit.record("identifier.noted", f"person:{person.pk}", by=by, at=at, after={"kind": kind, "value": value})
    return Identified(known, _warnings(kind, value))


@transaction.atomic
def note_contact(person: Person, kind: str, text: str, *, at: datetime, by: Who | None = None) -> Contact:
    """Note where a person is reached; the same again notes nothing. Raises WrongNumber."""
    value = contact_of(kind, text)
    hashed = sealing.search_hash(hold_search_key(person.mall), PERSONS_CONTACT, value)
    mine = Contact.objects.filter(mall=person.mall_id, person=person, removed_at=None)
    if known := mine.filter(kind=kind, value_hash=hashed).first():
        return known
    sealed = sealing.seal(person.mall_id, PERSONS_CONTACT, value)
    contact = Contact.objects.create(
        mall_id=person.mall_id, person=person, kind=kind, value_sealed=sealed, value_hash=hashed, created_at=at
    )
    audit.record("contact.noted", f"person:{person.pk}", by=by, at=at, after={"kind": kind, "value": value})
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, at: datetime, by: Who | None = None) -> None:
    """Reach a person there no more. Done again: nothing."""
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    if contact.removed_at is None:
        contact.removed_at = at
        contact.save(update_fields=["removed_at"])
        audit.record("contact.removed", f"person:{contact.person_id}", by=by, at=at, before={"contact": contact.pk})


def _warnings(kind: str, value: str) -> tuple[str, ...]:
    if kind != Identifier.Kind.NIK:
        return ()
    district = nik.read(value).district
    if is_district_known(district):
        return ()
    return (_("Kode wilayah %(code)s tidak dikenal, juga di edisi lama. Cocokkan dengan KTP.") % {"code": district},)
