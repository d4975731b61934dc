"""Files in which the scanner found something: a manager removes them, or knows better and says why."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents.actions import giving
from pendopo.documents.actions.examining import look_at
from pendopo.documents.models import StoredFile
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed
from pendopo.kernel.reasons import stated


@transaction.atomic
def release(file: StoredFile, *, reason: str, by: Actor, at: datetime) -> StoredFile:
    """Let a file pass although the scanner found something: what is inside is still looked through.

    Raises NotAllowed, ReasonMissing, MoveNotAllowed.
    """
    file, reason = _held(file, reason, by)
    file.move_to(StoredFile.State.WAITING, state_at=at, is_released=True)
    audit.record("file.released", f"file:{file.pk}", by=by, at=at, reason=reason, before={"finding": file.finding})
    look_at.defer(mall=file.mall_id, file=file.pk)
    return file


@transaction.atomic
def remove(file: StoredFile, *, reason: str, by: Actor, at: datetime) -> StoredFile:
    """Remove a file for good. Raises NotAllowed, ReasonMissing, MoveNotAllowed."""
    file, reason = _held(file, reason, by)
    giving.empty(file, at=at)
    audit.record("file.removed", f"file:{file.pk}", by=by, at=at, reason=reason, before={"finding": file.finding})
    return file


def _held(file: StoredFile, reason: str, by: Actor) -> tuple[StoredFile, str]:
    if not by.manages:
        raise NotAllowed(_("Hanya pengelola MPP yang memutuskan tentang karantina."))
    reason = stated(reason, _("Tulis alasan keputusan ini: alasannya tersimpan."))
    file = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    if file.state != StoredFile.State.QUARANTINED:
        raise MoveNotAllowed(_("Berkas ini tidak dikarantina lagi."))
    return file, reason
