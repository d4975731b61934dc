"""What is answered, heard and photographed during an inspection. Each part arrives once, however often it is sent."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._pictures import kept_picture, where
from pendopo.inspections.actions._rights import opened_for_what_is_left
from pendopo.inspections.actions._times import believable
from pendopo.inspections.models import Answer, Aside, Inspection, Opinion, Photo, Place
from pendopo.inspections.queries.checklists import checklist
from pendopo.inspections.queries.turns import filler_of
from pendopo.inspections.types import Said, Spot, Told
from pendopo.kernel.errors import NotUnderstood

MOST_PHOTOS = 60


@transaction.atomic
def answer(inspection: Inspection, said: Sequence[Said], *, told: Told, by: Actor, at: datetime) -> None:
    """Keep answers to the checklist. The newest by the phone's clock stands, whichever comes first.

    What another inspector answered is never lost: the one of both that does not stand is set aside.
    """
    inspection = opened_for_what_is_left(inspection.pk, by)
    _only_what_is_asked(inspection, said)
    moment, filler = believable(told.at, inspection.begun_at, at), filler_of(inspection).account.pk
    rows = Answer.objects.filter(mall_id=inspection.mall_id, place__inspection=inspection)
    known = {(row.place_id, row.item): row for row in rows}
    aside: dict[tuple[int, str], set[UUID]] = {}
    for other in Aside.objects.filter(mall_id=inspection.mall_id, place__inspection=inspection):
        aside.setdefault((other.place_id, other.item), set()).add(other.part)
    assert by.account
    changed = 0
    for each in said:
        row = known.get((each.place, each.item))
        new = Answer(
            mall_id=inspection.mall_id, place_id=each.place, item=each.item, value=each.value, number=each.number,
            note=each.note, account=by.account, part=told.part, at=moment, received_at=at,
        )  # fmt: skip
        if row is None:
            new.save(force_insert=True)
        elif told.part in {row.part, *aside.get((each.place, each.item), ())} or row.says_the_same(new):
            continue
        elif (before := row.account_id or inspection.account_id) != by.account_id:
            # Two people answered: whoever fills in now is believed, else the newer; the other's is set aside.
            stands = by.account_id == filler or (before != filler and moment > row.at)
            _set_aside(row if stands else new, before if stands else by.account.pk)
            if stands:
                _replace(row, new)
        elif row.at > moment:
            continue
        else:
            _replace(row, new)
        changed += 1
    if changed:
        audit.record("inspection.answered", f"inspection:{inspection.pk}", by=by, at=at, after={"items": changed})


def _only_what_is_asked(inspection: Inspection, said: Sequence[Said]) -> None:
    items = checklist(inspection.checklist).items
    places = set(Place.objects.filter(mall_id=inspection.mall_id, inspection=inspection).values_list("pk", flat=True))
    for each in said:
        if each.place not in places or each.item not in items:
            raise NotUnderstood(_("Butir ini tidak ada dalam daftar periksa."))
        if (each.number is not None) != items[each.item].is_count and (each.value or each.number is not None):
            raise NotUnderstood(_("Jawaban ini tidak cocok dengan butirnya."))


def _replace(row: Answer, new: Answer) -> None:
    new.pk = row.pk
    new.save(update_fields=["value", "number", "note", "account", "part", "at", "received_at"])


def _set_aside(row: Answer, account: int) -> None:
    Aside.objects.create(
        mall_id=row.mall_id, place_id=row.place_id, item=row.item, value=row.value, number=row.number, note=row.note,
        account_id=account, part=row.part, at=row.at, received_at=row.received_at,
    )  # fmt: skip


@transaction.atomic
def hear(place: Place, *, first: bool, second: bool, told: Told, by: Actor, at: datetime, words: str = "") -> Opinion:
    """Keep what a visitor answered to the two questions."""
    inspection = opened_for_what_is_left(place.inspection_id, by)
    known = Opinion.objects.filter(mall_id=place.mall_id, part=told.part).first()
    if known:
        return known
    opinion = Opinion.objects.create(
        mall_id=place.mall_id, place=place, part=told.part, first=first, second=second, words=words, account=by.account,
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
    inspection = opened_for_what_is_left(place.inspection_id, by)
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
