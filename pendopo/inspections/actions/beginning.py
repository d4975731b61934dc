"""How an inspection begins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._rights import only_oversight
from pendopo.inspections.models import Inspection, Place
from pendopo.inspections.queries.checklists import NEWEST
from pendopo.inspections.queries.knowing import known_now
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall, Site

MOST_PLACES = 12


@transaction.atomic
def begin(
    mall: Mall, *, sites: Sequence[Site], others: Sequence[str], part: UUID, by: Actor, at: datetime, team: str = ""
) -> Inspection:
    """Begin an inspection of some sites and other places, and keep what the system knows at this minute.

    The same `part` again gives the inspection that it began.
    """
    only_oversight(by)
    assert by.account
    known = Inspection.objects.filter(mall=mall, part=part).first()
    if known:
        return known
    places = [(site, site.name) for site in sites] + [(None, name) for name in others]
    if not places or len({name.casefold() for _site, name in places}) < len(places) or len(places) > MOST_PLACES:
        raise NotUnderstood(_("Sebutkan tiap tempat satu kali: paling sedikit satu, paling banyak dua belas."))
    inspection = Inspection.objects.create(
        mall=mall, part=part, account=by.account, team=team, checklist=NEWEST, begun_at=at, seen=known_now(mall, at)
    )
    Place.objects.bulk_create(Place(mall=mall, inspection=inspection, site=site, name=name) for site, name in places)
    after = {"places": [name for _site, name in places], "checklist": NEWEST}
    audit.record("inspection.begun", f"inspection:{inspection.pk}", by=by, at=at, after=after)
    return inspection
