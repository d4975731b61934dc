"""What becomes of findings after the signature: answered by their owner, closed by oversight, or opened again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.inspections.actions._pictures import kept_picture
from pendopo.inspections.actions._rights import only_oversight
from pendopo.inspections.errors import NotProven, OwnAnswer
from pendopo.inspections.models import Finding, Photo, Signature, Step
from pendopo.inspections.types import Told
from pendopo.kernel.errors import NotAllowed, NotFound

MOST_AFTER = 10


@transaction.atomic
def reply(
    finding: Finding, words: str, *, by: Actor, at: datetime, picture: bytes | None = None, told: Told | None = None
) -> Finding:
    """Answer a finding as its owner: what was done, with a picture of afterwards where there is one."""
    finding = _told(finding)
    is_owner = by.manages if finding.agency_id is None else by.steers(finding.agency_id)
    if not is_owner:
        raise NotAllowed(_("Hanya penanggung jawab temuan ini yang menjawabnya."))
    finding.move_to(Finding.State.ANSWERED)
    if picture is not None and told is not None:
        _show_after(finding, picture, told, by, at)
    return _step(finding, Step.Kind.ANSWERED, words, by, at)


@transaction.atomic
def close(
    finding: Finding, words: str, *, by: Actor, at: datetime, picture: bytes | None = None, told: Told | None = None
) -> Finding:
    """Close a finding that is mended: by a picture of afterwards, or by words about what was seen."""
    only_oversight(by)
    finding = _told(finding)
    last = Step.objects.filter(mall_id=finding.mall_id, finding=finding).order_by("-pk").first()
    if last and last.kind == Step.Kind.ANSWERED and last.account_id == by.account_id:
        raise OwnAnswer(_("Yang menjawab tidak menutup jawabannya sendiri. Mintalah pengawas atau pimpinan."))
    finding.move_to(Finding.State.CLOSED)
    if picture is not None and told is not None:
        _show_after(finding, picture, told, by, at)
    has_picture = Photo.objects.filter(mall_id=finding.mall_id, finding=finding, stage=Photo.Stage.AFTER).exists()
    if not has_picture and not words:
        raise NotProven(_("Lampirkan foto sesudah, atau tulis apa yang Anda lihat sendiri."))
    return _step(finding, Step.Kind.CLOSED, words or _("Terlihat pada foto sesudah."), by, at)


@transaction.atomic
def reopen(finding: Finding, words: str, *, by: Actor, at: datetime) -> Finding:
    """Open again what is not mended, with the reason. The owner's day stays as it was."""
    only_oversight(by)
    finding = _told(finding)
    finding.move_to(Finding.State.OPEN)
    return _step(finding, Step.Kind.REOPENED, words, by, at)


def _told(finding: Finding) -> Finding:
    found = Finding.objects.select_for_update(of=("self",)).select_related("place").get(pk=finding.pk)
    if not Signature.objects.filter(mall_id=found.mall_id, inspection=found.place.inspection_id).exists():
        raise NotFound(_("Temuan ini baru berlaku setelah sidaknya ditandatangani."))
    return found


def _show_after(finding: Finding, picture: bytes, told: Told, by: Actor, at: datetime) -> None:
    photos = Photo.objects.filter(mall_id=finding.mall_id, finding=finding, stage=Photo.Stage.AFTER)
    if photos.count() >= MOST_AFTER:
        raise NotProven(_("Satu temuan memuat paling banyak 10 foto sesudah."))
    assert by.account
    Photo.objects.create(
        mall_id=finding.mall_id, place=finding.place, item=finding.item, finding=finding, stage=Photo.Stage.AFTER,
        part=told.part, account=by.account, taken_at=told.at, received_at=at, **kept_picture(picture),
    )  # fmt: skip


def _step(finding: Finding, kind: Step.Kind, words: str, by: Actor, at: datetime) -> Finding:
    finding.state_at = at
    finding.save(update_fields=["state", "state_at"])
    assert by.account
    Step.objects.create(mall_id=finding.mall_id, finding=finding, kind=kind, words=words, account=by.account, at=at)
    audit.record(f"finding.{kind}", f"finding:{finding.pk}", by=by, at=at, reason=words)
    return finding
