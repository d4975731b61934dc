"""What somebody tells a mall about themselves: name, numbers, contacts. Stand inside the mall."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.people.actions import add_person
from pendopo.people.actions.identifying import Identified, note_contact, note_identifier, remove_contact
from pendopo.people.models import NAME, Account, Identifier, Person
from pendopo.people.numbers import identifier_of, kind_of
from pendopo.people.queries.accounts import proven_contacts
from pendopo.tenancy import sealing
from pendopo.tenancy.models import Mall


@transaction.atomic
def introduce(mall: Mall, account: Account, *, name: str, at: datetime, by: Who | None = None) -> Person:
    """Let an account tell a mall its holder's name; the first time this makes the mall's record of them."""
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    person = Person.objects.select_for_update().filter(mall=mall, account=account).first()
    if person is None:
        return add_person(mall, name=name, at=at, account=account, by=by)
    if person.name != name:
        before = person.name
        person.name_sealed, person.plain_name = sealing.seal(mall.pk, NAME, name), ""
        person.save(update_fields=["name_sealed", "plain_name"])
        audit.record(
            "person.renamed", f"person:{person.pk}", by=by, at=at, before={"name": before}, after={"name": name}
        )
    return person


@transaction.atomic
def tell_number(person: Person, kind: str, text: str, *, at: datetime, by: Who | None = None) -> Identified:
    """Note a number of a person in the place of the one of its kind that was noted before.

    Raises WrongNumber, and NumberTaken when somebody else of this mall has it.
    """
    value = identifier_of(kind, text)
    Person.objects.select_for_update().get(pk=person.pk)
    for known in Identifier.objects.filter(mall=person.mall_id, person=person, kind=kind):
        if known.value != value:
            before = {"kind": kind, "value": known.value}
            audit.record("identifier.replaced", f"person:{person.pk}", by=by, at=at, before=before)
            known.delete()
    return note_identifier(person, kind, value, at=at, by=by)


@transaction.atomic
def be_reached(person: Person, chosen: Iterable[str], *, at: datetime, by: Who | None = None) -> None:
    """Let a mall reach a person by these of their account's proven contacts, and by no other of them."""
    assert person.account is not None
    wanted = set(chosen)
    Person.objects.select_for_update().get(pk=person.pk)
    proven = set(proven_contacts(person.account))
    known = {each.value: each for each in person.contacts.filter(removed_at=None)}
    for contact in sorted(proven & wanted - set(known)):
        note_contact(person, kind_of(contact), contact, at=at, by=by)
    for contact in sorted(proven & set(known) - wanted):
        remove_contact(known[contact], at=at, by=by)
    audit.record("person.reached_by", f"person:{person.pk}", by=by, at=at, after={"contacts": sorted(wanted)})
