"""The worker's look at a file: malware, then what is inside, then what nobody needs is taken from it; then a preview.

Nothing is asked of a scanner or a parser inside a transaction. Killed anywhere, the row still says what is to be done.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from pendopo.audit import actions as audit
from pendopo.documents import sandbox, shelf, sniffing
from pendopo.documents.events import FileSettled
from pendopo.documents.models import Preview, StoredFile
from pendopo.documents.sandbox import Interrupted, Made
from pendopo.documents.scanners import Scanner, ScannerAway, Verdict
from pendopo.documents.scanners.clamd import installed
from pendopo.documents.shelf import Slot
from pendopo.documents.types import Refusal
from pendopo.kernel import crypto, events
from pendopo.kernel.errors import NotFound
from pendopo.tenancy import wall

WAITING = StoredFile.State.WAITING
log = structlog.get_logger("files")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What has to be known of a waiting file while no transaction is open."""

    slot: Slot
    is_released: bool


@app.task(name="documents.look_at", pass_context=False)
def look_at(mall: int, file: int) -> None:
    """Examine a file; where no scanner answers it goes on waiting, and is tried again each minute."""
    try:
        examine(mall, file, at=timezone.now())
    except (ScannerAway, Interrupted) as away:
        log.warning("file waits on", reason=str(away))


@app.task(name="documents.draw", pass_context=False)
def draw(mall: int, file: int) -> None:
    """Make the preview of a file."""
    try:
        preview(mall, file, at=timezone.now())
    except Interrupted as away:
        log.warning("preview waits on", reason=str(away))


def examine(mall_id: int, number: int, *, at: datetime, scanner: Scanner | None = None) -> str:
    """Look at a waiting file and settle what becomes of it; return its state, "" for one that does not wait.

    Raises ScannerAway, Interrupted: then nothing was settled. Done twice, or by two at once, it is settled once.
    """
    wanted = _wanted(mall_id, number)
    if wanted is None:
        return ""
    verdict = (scanner or installed()).scan(wanted.slot.read())
    if verdict.finding and not wanted.is_released:
        changes: dict[str, object] = {"finding": verdict.finding}
        return _settle(mall_id, number, StoredFile.State.QUARANTINED, verdict, changes, at=at)
    content = b"".join(wanted.slot.read())
    made = _looked_through(content)
    if isinstance(made, Refusal):
        return _settle(mall_id, number, StoredFile.State.REFUSED, verdict, {"refusal": made}, at=at)
    kept = made.content or content
    slot = shelf.new(mall_id, wanted.slot.code, "kept")
    slot.keep(kept)
    digest = crypto.keyed_hash(f"documents.given:{mall_id}", hashlib.sha256(kept).hexdigest())
    changes = {"kind": made.kind, "size": len(kept), "pages": made.pages, "digest": digest}
    return _settle(mall_id, number, StoredFile.State.CLEAN, verdict, changes, kept=slot, at=at)


def preview(mall_id: int, number: int, *, at: datetime) -> bool:
    """Make a small picture of a clean file that has none; say whether there is one now. Raises Interrupted."""
    with wall.inside(mall_id):
        file = StoredFile.objects.filter(pk=number, state=StoredFile.State.CLEAN).first()
        if file is None or Preview.objects.filter(file=file).exists():
            return file is not None
        source, kind, code = shelf.kept(file), file.kind, file.code
    made = sandbox.preview(b"".join(source.read()), kind)
    if isinstance(made, Refusal):
        return False
    slot = shelf.new(mall_id, code, "preview")
    slot.keep(made.content)
    with wall.inside(mall_id):
        file = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
        if file.state != StoredFile.State.CLEAN or Preview.objects.filter(file=file).exists():
            transaction.on_commit(slot.erase)
            return file.state == StoredFile.State.CLEAN
        Preview.objects.create(
            mall_id=mall_id, file=file, path=slot.path, key=slot.sealed_key(), wide=made.wide, high=made.high,
            size=len(made.content), made_at=at,
        )  # fmt: skip
        audit.record("file.drawn", f"file:{number}", by=None, at=at)
    return True


def _wanted(mall_id: int, number: int) -> _Wanted | None:
    with wall.inside(mall_id):
        file = StoredFile.objects.filter(pk=number, state=WAITING).first()
        try:
            return _Wanted(shelf.raw(file), file.is_released) if file else None
        except NotFound:
            return None


def _looked_through(content: bytes) -> Made | Refusal:
    beginning = content[: sniffing.ENOUGH]
    refusal = sniffing.refusal_of(beginning)
    return refusal or sandbox.clean(content, sniffing.kind_of(beginning))


def _settle(
    mall_id: int, number: int, state: StoredFile.State, verdict: Verdict, changes: dict[str, object], *,
    at: datetime, kept: Slot | None = None,
) -> str:  # fmt: skip
    """Write down what was found, unless somebody else was first: then what was made for it is thrown away."""
    with wall.inside(mall_id):
        file = StoredFile.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
        if file.state != WAITING:
            if kept:
                transaction.on_commit(kept.erase)
            return file.state
        changes |= {"state_at": at, "scanner": verdict.scanner, "scanned_at": at}
        if kept:
            changes |= {"kept_path": kept.path, "kept_key": kept.sealed_key()}
        if state != StoredFile.State.QUARANTINED:
            arrived = file.raw_path
            changes |= {"raw_path": "", "raw_key": b""}
            transaction.on_commit(lambda: shelf.erase(arrived))
        file.move_to(state, **changes)
        after = {"state": state, "finding": file.finding, "refusal": file.refusal}
        audit.record("file.examined", f"file:{number}", by=None, at=at, after=after)
        events.publish(FileSettled(mall_id, file.code, state, at))
        if state == StoredFile.State.CLEAN:
            draw.defer(mall=mall_id, file=number)
    return str(state)
