"""Whose a product is, and who comes for them: known persons are found again, new ones noted."""

from datetime import datetime, timedelta

from django.db import transaction

from pendopo.agencies.types import Actor
from pendopo.people import actions as people
from pendopo.people.actions import knowing, proxies
from pendopo.people.actions.knowing import Told
from pendopo.people.models import Party, Representation
from pendopo.tenancy.models import Mall

# A paper shown at the counter lets somebody take what lies there now, not for ever.
LASTS = timedelta(days=30)


@transaction.atomic
def owner_of(mall: Mall, *, name: str, nik: str, phone: str, by: Actor, at: datetime) -> Party:
    """Return the party with this NIK, or note a new person. Raises WrongNumber."""
    person = knowing.person_of(mall, Told(name, nik, phone), by=by, at=at)
    return proxies.make_party(person, at=at, by=by)


@transaction.atomic
def new_proxy(party: Party, *, name: str, basis: str, document: str, by: Actor, at: datetime) -> Representation:
    """Note who came with a paper for somebody else; it lets them act for 30 days."""
    person = people.add_person(party.mall, name=name, at=at, by=by)
    today = party.mall.local(at).date()
    return proxies.represent(
        party, person, basis=basis, document=document, starts_on=today, ends_on=today + LASTS, at=at, by=by
    )
