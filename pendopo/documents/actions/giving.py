"""Files that people give: all at once by a form, piece by piece by tus; and taken back by whoever gave them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.agencies.types import Actor
from pendopo.audit import actions as audit
from pendopo.documents import shelf, sniffing
from pendopo.documents.actions.examining import look_at
from pendopo.documents.errors import TooManyFiles, TooMuch, UploadOver, WrongOffset
from pendopo.documents.models import GIVEN_NAME, Preview, StoredFile
from pendopo.documents.shelf import Slot
from pendopo.documents.types import FileKind, Purpose
from pendopo.kernel.errors import AnotherBody, NotFound, NotSignedIn
from pendopo.kernel.ids import new_key
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

MOST_FILES = 60
TIME_TO_ARRIVE = timedelta(hours=24)
CHUNK = 64 * 1024


@transaction.atomic
def give(
    mall: Mall, slot: Slot, *, size: int, kind: FileKind, name: str, purpose: Purpose, request_id: UUID | None,
    by: Actor, at: datetime,
) -> StoredFile:  # fmt: skip
    """Keep a whole file that lies sealed in a raw slot, and have it looked at. The same wish again keeps nothing.

    Raises NotSignedIn, TooManyFiles, AnotherBody for a wish that was about something else.
    """
    if request_id and (before := StoredFile.objects.filter(mall=mall, request_id=request_id).first()):
        if before.account_id != by.account_id or (before.purpose, before.length) != (purpose, size):
            raise AnotherBody(_("Permintaan ini sudah dipakai untuk berkas lain. Muat ulang halaman ini."))
        shelf.erase(slot.path)
        return before
    _room_for(mall, by)
    file = _row(mall, slot, length=size, name=sniffing.clean_name(name, kind), purpose=purpose, by=by, at=at)
    file.offset, file.kind, file.request_id, file.state = size, kind, request_id, StoredFile.State.WAITING
    file.save(force_insert=True)
    _given(file, by, at)
    return file


@transaction.atomic
def begin(mall: Mall, *, length: int, name: str, purpose: Purpose, by: Actor, at: datetime) -> StoredFile:
    """Expect a file of this length, which comes in pieces within a day. Raises NotSignedIn, TooManyFiles."""
    _room_for(mall, by)
    slot = shelf.new(mall.pk, new_key(), "raw")
    file = _row(mall, slot, length=length, name=sniffing.clean_name(name, ""), purpose=purpose, by=by, at=at)
    file.expires_at = at + TIME_TO_ARRIVE
    file.save(force_insert=True)
    after = {"purpose": purpose, "length": length}
    audit.record("file.begun", f"file:{file.pk}", by=by, at=at, after=after)
    return file


@transaction.atomic
def append(mall: Mall, code: str, *, offset: int, read: Callable[[int], bytes], by: Actor, at: datetime) -> StoredFile:
    """Take what `read` gives as the next piece of a file; with the last one it is whole and will be looked at.

    What came before a connection broke counts: `read` may end early or fail. Raises NotFound, UploadOver, WrongOffset,
    TooMuch.
    """
    # Whoever finds the row locked is the second of two: the first one's piece is on its way.
    found = StoredFile.objects.visible_to(by).select_for_update(of=("self",), no_key=True, skip_locked=True)
    file = found.filter(mall=mall, code=code).first()
    if file is None:
        _refuse_missing(mall, code, by)
        raise WrongOffset(_("Bagian lain dari berkas ini sedang dikirim. Lanjutkan sebentar lagi."))
    if file.state != StoredFile.State.ARRIVING or (file.expires_at and file.expires_at <= at):
        raise UploadOver(_("Unggahan ini sudah selesai atau kedaluwarsa."))
    if offset != file.offset:
        raise WrongOffset(_("Bagian ini tidak menyambung. Lanjutkan dari tempat terakhir."))
    slot = shelf.raw(file)
    with slot.resumed(file.offset) as writer:
        _pour(read, writer.write, file.length - file.offset)
        file.offset = writer.size
        if file.offset == file.length:
            writer.finish()
        else:
            slot.pause(writer)
    if file.offset < file.length:
        file.save(update_fields=["offset"])
        return file
    file.move_to(StoredFile.State.WAITING, offset=file.length, state_at=at)
    _given(file, by, at)
    # The last tail is needed until this row says that the file is whole: a request that dies leaves both.
    transaction.on_commit(slot.drop_tails)
    return file


@transaction.atomic
def take_back(mall: Mall, code: str, *, by: Actor, at: datetime) -> None:
    """Remove a file that whoever asks has given: its content, name and key are gone for good. Raises NotFound."""
    file = StoredFile.objects.visible_to(by).present().select_for_update(of=("self",), no_key=True)
    found = file.filter(mall=mall, code=code).first()
    if found is None:
        raise NotFound(_("Berkas ini tidak ada."))
    empty(found, at=at)
    audit.record("file.taken_back", f"file:{found.pk}", by=by, at=at, before={"purpose": found.purpose})


def empty(file: StoredFile, *, at: datetime) -> None:
    """Take content, name and keys from a locked row. The caller witnesses it."""
    previews = Preview.objects.filter(file=file)
    paths = [file.raw_path, file.kept_path, *previews.values_list("path", flat=True)]
    previews.delete()
    file.move_to(
        StoredFile.State.REMOVED, state_at=at, raw_path="", kept_path="", raw_key=b"", kept_key=b"", name_sealed=b"",
        digest=None,
    )  # fmt: skip
    # Without its key nobody opens what a process that dies here leaves; the sweep removes it.
    transaction.on_commit(lambda: shelf.erase(*paths))


def _room_for(mall: Mall, by: Actor) -> None:
    if by.account is None:
        raise NotSignedIn(_("Masuk dahulu untuk mengunggah berkas."))
    # Two at once of one account wait for each other, so that both cannot be the last one.
    Account.objects.select_for_update(no_key=True).get(pk=by.account.pk)
    if StoredFile.objects.filter(mall=mall, account=by.account).present().count() >= MOST_FILES:
        raise TooManyFiles(
            _("Anda sudah menyimpan %(most)s berkas. Hapus yang tidak dipakai lagi.") % {"most": MOST_FILES}
        )


def _row(mall: Mall, slot: Slot, *, length: int, name: str, purpose: Purpose, by: Actor, at: datetime) -> StoredFile:
    return StoredFile(
        mall=mall, code=slot.code, account=by.account, purpose=purpose, length=length, raw_path=slot.path,
        raw_key=slot.sealed_key(), name_sealed=Sealer(mall.pk, GIVEN_NAME).seal(name.encode()), given_at=at,
        state_at=at,
    )  # fmt: skip


def _given(file: StoredFile, by: Actor, at: datetime) -> None:
    after = {"purpose": file.purpose, "length": file.length}
    audit.record("file.given", f"file:{file.pk}", by=by, at=at, after=after)
    look_at.defer(mall=file.mall_id, file=file.pk)


def _refuse_missing(mall: Mall, code: str, by: Actor) -> None:
    if not StoredFile.objects.visible_to(by).filter(mall=mall, code=code).exists():
        raise NotFound(_("Unggahan ini tidak ada."))


def _pour(read: Callable[[int], bytes], write: Callable[[bytes], None], most: int) -> None:
    left = most
    while True:
        try:
            chunk = read(CHUNK)
        except OSError:
            # The phone is gone. What it has sent is kept, and it goes on from there.
            return
        if not chunk:
            return
        left -= len(chunk)
        if left < 0:
            raise TooMuch(_("Yang dikirim lebih banyak daripada yang disebut."))
        write(chunk)
