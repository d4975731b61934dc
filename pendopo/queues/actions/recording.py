"""A mall's own recordings of what calls say."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.kernel.attachments import write_whole
from pendopo.queues.errors import RecordingRefused
from pendopo.queues.models import Recording
from pendopo.queues.queries.voices import is_known
from pendopo.queues.speech.audio import MOST_BYTES, kind_of
from pendopo.tenancy.models import Mall


@transaction.atomic
def upload_recording(mall: Mall, language: str, token: str, content: bytes, *, by: Actor, at: datetime) -> Recording:
    """Keep a recording of a clip, in the place of the one before. Raises RecordingRefused."""
    if not is_known(mall, language, token):
        raise RecordingRefused(_("Tidak ada panggilan yang memakai kata ini."))
    if len(content) > MOST_BYTES:
        raise RecordingRefused(_("Rekaman terlalu besar: paling banyak 1 MB."))
    kind = kind_of(content)
    if not kind:
        raise RecordingRefused(_("Isi berkas ini bukan rekaman suara WAV, OGG, atau MP3."))
    digest = hashlib.sha256(content)
    path = f"voice/{mall.pk}/{digest.hexdigest()}.{kind}"
    write_whole(Path(settings.MEDIA_ROOT) / path, content)
    before = Recording.objects.select_for_update().filter(mall=mall, language=language, token=token).first()
    recording, _is_new = Recording.objects.update_or_create(
        mall=mall, language=language, token=token, defaults={"path": path, "sha256": digest.digest(), "at": at}
    )
    if before is not None:
        _forget(mall, before.path)
    audit.record(
        "recording.uploaded", f"recording:{language}/{token}", by=by, at=at, after={"sha256": digest.hexdigest()}
    )
    return recording


@transaction.atomic
def remove_recording(mall: Mall, language: str, token: str, *, by: Actor, at: datetime) -> None:
    """Take a recording away, so that the made clip is heard again; there is none: nothing happens."""
    recording = Recording.objects.select_for_update().filter(mall=mall, language=language, token=token).first()
    if recording is None:
        return
    recording.delete()
    _forget(mall, recording.path)
    audit.record("recording.removed", f"recording:{language}/{token}", by=by, at=at)


def _forget(mall: Mall, path: str) -> None:
    """Take the file away after the commit, unless another word is said by the same one."""
    if not Recording.objects.filter(mall=mall, path=path).exists():
        transaction.on_commit(lambda: (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True))
