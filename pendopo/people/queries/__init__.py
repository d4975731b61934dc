"""Who is known by a number."""

from django.db import models

from pendopo.people.models import Contact, Identifier, Person
from pendopo.people.numbers import contact_of, identifier_of
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall, Region


def person_known_by(mall: Mall, kind: str, text: str) -> Person | None:
    """Return whom a mall knows by a number of the state. Raises WrongNumber. Stand inside the mall."""
    found = _with_value(Identifier, mall, kind, identifier_of(kind, text)).select_related("person").first()
    return found.person if found else None


def persons_reached_by(mall: Mall, kind: str, text: str) -> list[Person]:
    """Return everybody who is reached by a telephone number or an e-mail address. Raises WrongNumber."""
    found = _with_value(Contact, mall, kind, contact_of(kind, text)).filter(removed_at=None).select_related("person")
    return [each.person for each in found.order_by("pk")]


def telephone_of(text: str) -> str:
    """Return a telephone number as +62…, of somebody whom the mall need not know. Raises WrongNumber."""
    return contact_of(Contact.Kind.PHONE, text)


def is_district_known(code: str) -> bool:
    """Say whether a district stands in the region codes of this or of an older edition."""
    return Region.objects.filter(code=code).exists()


def _with_value[M: (Contact, Identifier)](model: type[M], mall: Mall, kind: str, value: str) -> models.QuerySet[M]:
    """Look by the keyed hash; look again where the key was changed in between."""
    sealed = model._meta.get_field("value_sealed")
    assert isinstance(sealed, SealedField)
    key = sealing.search_key(mall.pk)
    while True:
        hashed = sealing.search_hash(key, sealed.purpose, value)
        found = model._default_manager.filter(mall=mall, kind=kind, value_hash=hashed)
        now = sealing.search_key(mall.pk)
        if found.exists() or now.pk == key.pk:
            return found
        key = now
