"""Who may act for a party, and whether somebody still may."""

from datetime import date

from django.db import models

from pendopo.people.models import Party, Representation


def acts_for(given: Representation, party: Party, day: date) -> bool:
    """Say whether a representation lets its person act for a party on a day."""
    return (
        given.mall_id == party.mall_id
        and given.party_id == party.pk
        and given.revoked_at is None
        and given.starts_on <= day
        and (given.ends_on is None or day <= given.ends_on)
    )


def proxies_of(party: Party, day: date) -> models.QuerySet[Representation]:
    """Return who may act for a party on a day, the one whose paper is newest first."""
    is_on = models.Q(ends_on=None) | models.Q(ends_on__gte=day)
    given = Representation.objects.filter(is_on, mall=party.mall_id, party=party, revoked_at=None, starts_on__lte=day)
    return given.select_related("person").order_by("-starts_on", "-pk")
