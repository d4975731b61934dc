"""Who acts for whom, and the pass by which somebody is named without a number of the state. Stand inside the mall."""

from datetime import date

from django.db.models import Q, QuerySet

from pendopo.kernel import crypto, ids
from pendopo.people.models import Person, Representation
from pendopo.tenancy.models import Mall

LETTERS = 8


def pass_of(person: Person) -> str:
    """Return what somebody shows to whom they are to act for; it opens nothing and says nothing of them."""
    return f"{person.pk}-{_mark(person.mall_id, person.pk)}"


def person_of_pass(mall: Mall, text: str) -> Person | None:
    """Return whose pass it is."""
    number, _dash, mark = text.strip().lower().partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 18) or mark != _mark(mall.pk, int(number)):
        return None
    return Person.objects.filter(mall=mall, pk=int(number)).first()


def given_by(person: Person, *, today: date) -> list[Representation]:
    """Return who may act for a person today or later."""
    return list(_valid(person.mall_id, today).filter(party__person=person).select_related("person"))


def held_by(person: Person, *, today: date) -> list[Representation]:
    """Return for whom a person may act today or later."""
    return list(
        _valid(person.mall_id, today).filter(person=person).select_related("party__person", "party__organisation")
    )


def _valid(mall_id: int, today: date) -> QuerySet[Representation]:
    running = Q(ends_on=None) | Q(ends_on__gte=today)
    return Representation.objects.filter(running, mall=mall_id, revoked_at=None).order_by("pk")


def _mark(mall_id: int, number: int) -> str:
    digest = crypto.keyed_hash("pass", f"{mall_id}:{number}")
    return "".join(ids.ALPHABET[byte & 31] for byte in digest[:LETTERS])
