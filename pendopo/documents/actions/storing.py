"""An officer compares a file that somebody gave with what is true, once for all who will ask for it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor, Role
from pendopo.audit import actions as audit
from pendopo.documents.errors import ProvenAlready
from pendopo.documents.models import StoredFile
from pendopo.documents.types import Source
from pendopo.kernel.errors import MoveNotAllowed, NotAllowed
from pendopo.kernel.reasons import stated


@transaction.atomic
def prove(file: StoredFile, *, source: Source, reason: str, by: Actor, at: datetime) -> StoredFile:
    """Say that a file is right, and by what it is known: it is then offered again with this date and source.

    Raises NotAllowed, also to whoever owns it; ReasonMissing, MoveNotAllowed unless it is clean, ProvenAlready.
    """
    if not by.has(Role.OFFICER, Role.BACK_OFFICE, Role.MANAGER):
        raise NotAllowed(_("Hanya petugas yang dapat menyatakan berkas terbukti."))
    reason = stated(reason, _("Tulis apa yang dicocokkan: catatan ini tersimpan."))
    file = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=file.pk)
    if is_own(file, by):
        raise NotAllowed(_("Berkas milik sendiri harus dibuktikan oleh petugas lain."))
    if file.state != StoredFile.State.CLEAN:
        raise MoveNotAllowed(_("Hanya berkas yang sudah diperiksa yang dapat dibuktikan."))
    if file.is_proven:
        raise ProvenAlready(_("Berkas ini sudah terbukti."))
    file.proven_at, file.proven_by, file.proof = at, by.account, source
    file.save(update_fields=["proven_at", "proven_by", "proof"])
    audit.record("file.proven", f"file:{file.pk}", by=by, at=at, reason=reason, after={"proof": source})
    return file


@transaction.atomic
def look(file: StoredFile, *, how: str, by: Actor, at: datetime) -> None:
    """Note who looks at whose file: its owner reads it in the audit (UU 27/2022 Pasal 31: processing is recorded)."""
    audit.record("file.looked_at", f"file:{file.pk}", by=by, at=at, after={"how": how})


def is_own(file: StoredFile, by: Actor) -> bool:
    """Whether a file belongs to whoever acts."""
    if by.account_id is not None and file.account_id == by.account_id:
        return True
    return bool(by.person and file.party and file.party.person_id == by.person.pk)
