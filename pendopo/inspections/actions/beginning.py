"""How an inspection begins."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._rights import only_oversight
from pendopo.inspections.actions._times import believable_start
from pendopo.inspections.errors import NotTheInspector
from pendopo.inspections.models import Inspection, Place
from pendopo.inspections.queries.checklists import NEWEST
from pendopo.inspections.queries.knowing import known_at
from pendopo.inspections.types import Start
from pendopo.kernel.errors import NotUnderstood
from pendopo.tenancy.models import Mall, Site

MOST_PLACES = 12


@transaction.atomic
def begin(
    mall: Mall,
    *,
    sites: Sequence[Site],
    others: Sequence[str],
    part: UUID,
    by: Actor,
    at: datetime,
    team: str = "",
    start: Start | None = None,
) -> Inspection:
    """Begin an inspection of some sites and other places, and keep what the system knows at this minute.

    One that a phone began (`start`) keeps the phone's time and checklist, and what was known then.
    The same `part` again gives the inspection that it began.
    """
    only_oversight(by)
    assert by.account
    # A phone may ask again while its first request is still on its way.
    mall = Mall.objects.select_for_update(no_key=True).get(pk=mall.pk)
    known = Inspection.objects.filter(mall=mall, part=part).first()
    if known:
        _only_who_began(known, by)
        return known
    version = start.checklist if start else NEWEST
    if not 1 <= version <= NEWEST:
        raise NotUnderstood(_("Daftar periksa ini tidak ada. Muat ulang halaman ini."))
    begun_at = believable_start(start.at, at) if start else at
    places = [(site, site.name) for site in sites] + [(None, name) for name in others]
    if not places or len({name.casefold() for _site, name in places}) < len(places) or len(places) > MOST_PLACES:
        raise NotUnderstood(_("Sebutkan tiap tempat satu kali: paling sedikit satu, paling banyak dua belas."))
    inspection = Inspection.objects.create(
        mall=mall, part=part, account=by.account, team=team, checklist=version, begun_at=begun_at,
        received_at=at if start and start.is_away else None, seen=known_at(mall, begun_at, at),
    )  # fmt: skip
    Place.objects.bulk_create(Place(mall=mall, inspection=inspection, site=site, name=name) for site, name in places)
    after = {"places": [name for _site, name in places], "checklist": version, "begun": begun_at}
    audit.record("inspection.begun", f"inspection:{inspection.pk}", by=by, at=at, after=after)
    return inspection


def _only_who_began(inspection: Inspection, by: Actor) -> None:
    if inspection.account_id != by.account_id:
        raise NotTheInspector(_("Sidak ini dimulai orang lain. Masuklah dengan akun yang memulainya."))
