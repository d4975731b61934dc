"""Who may act for a person: power given, and ended, by the person. Stand inside the mall."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.audit.types import Who
from pendopo.people.errors import NotYours
from pendopo.people.models import Party, Person, Representation
from pendopo.people.queries.representing import person_of_pass


@transaction.atomic
def give_power(person: Person, pass_code: str, *, ends_on: date, at: datetime, by: Who | None = None) -> Representation:
    """Let somebody else, who has shown their pass, act for a person until a day. Again: the day is moved.

    Raises NotYours for a pass of nobody, or one's own; for a day that is over, or more than a year away.
    """
    today = person.mall.local(at).date()
    if not today <= ends_on <= today.replace(year=today.year + 1, day=min(today.day, 28)):
        raise NotYours(_("Kuasa berlaku sampai suatu hari, paling lama satu tahun lagi."))
    other = person_of_pass(person.mall, pass_code)
    if other is None or other.pk == person.pk:
        raise NotYours(_("Kode wakil ini tidak dikenal. Minta wakil Anda membukanya di Data saya."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    party, _new = Party.objects.get_or_create(mall=person.mall, person=person)
    row, _new = Representation.objects.update_or_create(
        mall=person.mall,
        person=other,
        party=party,
        basis=Representation.Basis.ATTORNEY,
        revoked_at=None,
        defaults={"ends_on": ends_on},
        create_defaults={"ends_on": ends_on, "starts_on": today},
    )
    after = {"person": other.pk, "ends_on": ends_on}
    audit.record("representation.given", f"representation:{row.pk}", by=by, at=at, after=after)
    return row


@transaction.atomic
def end_power(person: Person, number: int, *, at: datetime, by: Who | None = None) -> None:
    """Let somebody act for a person no more; whoever acts may also lay it down. Raises NotYours. Again: nothing."""
    row = Representation.objects.select_for_update().filter(mall=person.mall_id, pk=number).first()
    party = Party.objects.filter(mall=person.mall_id, person=person).first()
    if row is None or (row.person_id != person.pk and (party is None or row.party_id != party.pk)):
        raise NotYours(_("Kuasa ini sudah tidak ada."))
    if row.revoked_at is None:
        row.revoked_at = at
        row.save(update_fields=["revoked_at"])
        audit.record("representation.ended", f"representation:{row.pk}", by=by, at=at, before={"person": row.person_id})
