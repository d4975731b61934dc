"""What is answered, heard and photographed during an inspection. Each part arrives once, however often it is sent."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._pictures import kept_picture, where
from pendopo.inspections.actions._rights import opened
from pendopo.inspections.actions._times import believable
from pendopo.inspections.models import Answer, Inspection, Opinion, Photo, Place
from pendopo.inspections.queries.checklists import checklist
from pendopo.inspections.types import Said, Spot, Told
from pendopo.kernel.errors import NotUnderstood

MOST_PHOTOS = 60


@transaction.atomic
def answer(inspection: Inspection, said: Sequence[Said], *, told: Told, by: Actor, at: datetime) -> None:
    """Keep answers to the checklist. The newest by the phone's clock stands, whichever comes first."""
    inspection = opened(inspection.pk, by)
    items = checklist(inspection.checklist).items
    places = set(Place.objects.filter(mall_id=inspection.mall_id, inspection=inspection).values_list("pk", flat=True))
    for each in said:
        if each.place not in places or each.item not in items:
            raise NotUnderstood(_("Butir ini tidak ada dalam daftar periksa."))
        if (each.number is not None) != items[each.item].is_count and (each.value or each.number is not None):
            raise NotUnderstood(_("Jawaban ini tidak cocok dengan butirnya."))
    moment = believable(told.at, inspection.begun_at, at)
    rows = Answer.objects.filter(mall_id=inspection.mall_id, place__inspection=inspection)
    known = {(row.place_id, row.item): row for row in rows}
    changed = 0
    for each in said:
        row = known.get((each.place, each.item))
        if row and (row.part == told.part or row.at > moment):
            continue
        values = {"value": each.value, "number": each.number, "note": each.note}
        if row and all(getattr(row, name) == value for name, value in values.items()):
            continue
        changed += 1
        times = {"part": told.part, "at": moment, "received_at": at}
        Answer.objects.update_or_create(
            mall_id=inspection.mall_id, place_id=each.place, item=each.item, defaults={**values, **times}
        )
    if changed:
        audit.record("inspection.answered", f"inspection:{inspection.pk}", by=by, at=at, after={"items": changed})


@transaction.atomic
def hear(place: Place, *, first: bool, second: bool, told: Told, by: Actor, at: datetime, words: str = "") -> Opinion:
    """Keep what a visitor answered to the two questions."""
    inspection = opened(place.inspection_id, by)
    known = Opinion.objects.filter(mall_id=place.mall_id, part=told.part).first()
    if known:
        return known
    opinion = Opinion.objects.create(
        mall_id=place.mall_id, place=place, part=told.part, first=first, second=second, words=words,
        at=believable(told.at, inspection.begun_at, at), received_at=at,
    )  # fmt: skip
    audit.record("inspection.opinion_heard", f"inspection:{inspection.pk}", by=by, at=at)
    return opinion


@transaction.atomic
def photograph(
    place: Place,
    picture: bytes,
    *,
    told: Told,
    by: Actor,
    at: datetime,
    item: str = "",
    spot: Spot | None = None,
) -> Photo:
    """Keep a picture of a place, without what the camera wrote into it."""
    inspection = opened(place.inspection_id, by)
    known = Photo.objects.filter(mall_id=place.mall_id, part=told.part).first()
    if known:
        return known
    if item and item not in checklist(inspection.checklist).items:
        raise NotUnderstood(_("Butir ini tidak ada dalam daftar periksa."))
    if Photo.objects.filter(mall_id=place.mall_id, place__inspection=inspection).count() >= MOST_PHOTOS:
        raise NotUnderstood(_("Satu sidak memuat paling banyak 60 foto."))
    assert by.account
    photo = Photo.objects.create(
        mall_id=place.mall_id, place=place, item=item, stage=Photo.Stage.SCENE, part=told.part, account=by.account,
        taken_at=believable(told.at, inspection.begun_at, at), received_at=at,
        **kept_picture(picture), **where(spot),
    )  # fmt: skip
    audit.record("inspection.photographed", f"inspection:{inspection.pk}", by=by, at=at)
    return photo
