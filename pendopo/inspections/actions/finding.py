"""What is found wrong, and the slip that is taken back before the signature."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._pictures import kept_picture, where
from pendopo.inspections.actions._rights import opened, opened_for_what_is_left
from pendopo.inspections.actions._times import believable
from pendopo.inspections.models import Finding, Photo, Place, Step
from pendopo.inspections.queries.checklists import checklist
from pendopo.inspections.types import Spot, Told, Wrong
from pendopo.kernel.errors import NotUnderstood

LONGEST = timedelta(days=366)


@transaction.atomic
def find(
    place: Place,
    wrong: Wrong,
    *,
    told: Told,
    by: Actor,
    at: datetime,
    picture: bytes | None = None,
    spot: Spot | None = None,
) -> Finding:
    """Note what is wrong, whose it is and until when; with a picture of before where there is one."""
    inspection = opened_for_what_is_left(place.inspection_id, by)
    known = Finding.objects.filter(mall_id=place.mall_id, part=told.part).first()
    if known:
        return known
    moment = believable(told.at, inspection.begun_at, at)
    found_on = inspection.mall.local(moment).date()
    if not found_on <= wrong.due_on <= found_on + LONGEST:
        raise NotUnderstood(_("Tenggat paling cepat hari sidak, paling lama setahun sesudahnya."))
    if wrong.item and wrong.item not in checklist(inspection.checklist).items:
        raise NotUnderstood(_("Butir ini tidak ada dalam daftar periksa."))
    assert by.account
    finding = Finding.objects.create(
        mall_id=place.mall_id, place=place, item=wrong.item, words=wrong.words, agency=wrong.agency,
        found_on=found_on, due_on=wrong.due_on, part=told.part, at=moment, received_at=at, account=by.account,
        state_at=at,
    )  # fmt: skip
    if picture is not None:
        Photo.objects.create(
            mall_id=place.mall_id, place=place, item=wrong.item, finding=finding, stage=Photo.Stage.BEFORE,
            part=told.part, account=by.account, taken_at=moment, received_at=at,
            **kept_picture(picture), **where(spot),
        )  # fmt: skip
    after = {"words": wrong.words, "agency": wrong.agency.pk if wrong.agency else None, "due": wrong.due_on}
    audit.record("finding.noted", f"finding:{finding.pk}", by=by, at=at, after=after)
    return finding


@transaction.atomic
def withdraw(finding: Finding, *, words: str, by: Actor, at: datetime) -> Finding:
    """Take back a finding that was a slip, before the inspection is signed."""
    opened(finding.place.inspection_id, by)
    finding = Finding.objects.select_for_update().get(pk=finding.pk)
    finding.move_to(Finding.State.WITHDRAWN)
    finding.state_at = at
    finding.save(update_fields=["state", "state_at"])
    assert by.account
    Step.objects.create(
        mall_id=finding.mall_id, finding=finding, kind=Step.Kind.WITHDRAWN, words=words, account=by.account, at=at
    )
    audit.record("finding.withdrawn", f"finding:{finding.pk}", by=by, at=at, reason=words)
    return finding
