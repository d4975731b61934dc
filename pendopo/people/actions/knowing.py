"""Who somebody at a counter is: known persons are found again, new ones noted."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pendopo.audit.types import Who
from pendopo.people.actions import add_person, identifying
from pendopo.people.models import Contact, Identifier, Person
from pendopo.people.queries import person_known_by
from pendopo.tenancy.models import Mall


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of themselves at a counter; without a NIK they are noted as a new person."""

    name: str
    nik: str = ""
    phone: str = ""


@transaction.atomic
def person_of(mall: Mall, told: Told, *, by: Who | None, at: datetime) -> Person:
    """Return the person with this NIK, or note a new one; a telephone is noted as theirs. Stand inside the mall.

    Raises WrongNumber.
    """
    person = person_known_by(mall, Identifier.Kind.NIK, told.nik) if told.nik else None
    if person is None:
        person = add_person(mall, name=told.name, at=at, by=by)
        if told.nik:
            identifying.note_identifier(person, Identifier.Kind.NIK, told.nik, at=at, by=by)
    if told.phone:
        identifying.note_contact(person, Contact.Kind.PHONE, told.phone, at=at, by=by)
    return person
