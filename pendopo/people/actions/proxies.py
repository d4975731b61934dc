"""Who comes with a paper for somebody else: noted by whoever has seen it. Stand inside the mall."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.kernel.errors import NotUnderstood
from pendopo.people.models import Party, Person, Representation


@transaction.atomic
def represent(
    party: Party,
    person: Person,
    *,
    basis: str,
    document: str,
    starts_on: date,
    at: datetime,
    ends_on: date | None = None,
    by: Who | None = None,
) -> Representation:
    """Let a person act for a party, on a paper that was seen; the same again is the one that is there.

    Raises NotUnderstood when somebody would act for themself, or it ends before it starts.
    """
    if party.person_id == person.pk:
        raise NotUnderstood(_("Pemilik bertindak sendiri, tanpa kuasa."))
    if ends_on is not None and ends_on < starts_on:
        raise NotUnderstood(_("Kuasa ini berakhir sebelum dimulai."))
    known, is_new = Representation.objects.get_or_create(
        mall_id=party.mall_id, person=person, party=party, basis=basis, revoked_at=None,
        defaults={"document": document, "starts_on": starts_on, "ends_on": ends_on},
    )  # fmt: skip
    if is_new:
        after = {"basis": basis, "document": document, "until": ends_on}
        audit.record("representation.given", f"representation:{known.pk}", by=by, at=at, after=after)
    return known


@transaction.atomic
def make_party(person: Person, *, at: datetime, by: Who | None = None) -> Party:
    """Return the party that a person is; made the first time."""
    party, is_new = Party.objects.get_or_create(mall_id=person.mall_id, person=person)
    if is_new:
        audit.record("party.made", f"party:{party.pk}", by=by, at=at)
    return party
