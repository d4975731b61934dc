"""What nobody finished is taken up again or cleared away: what waits, uploads that ended in the middle, orphans."""

from datetime import datetime, timedelta

from django.db import transaction

from pendopo.audit import actions as audit
from pendopo.documents import shelf
from pendopo.documents.actions import giving
from pendopo.documents.actions.examining import draw, look_at
from pendopo.documents.models import Preview, StoredFile
from pendopo.tenancy.models import Mall

# A job is on its way for whatever is younger; more at once than this come in the next minute.
PATIENCE, MOST = timedelta(seconds=50), 200
# A file lies there for a moment before its row does.
ORPHAN = timedelta(days=1)
# A preview that cannot be drawn is tried a few times and then left.
TRIES = timedelta(minutes=10)


def take_up(mall: Mall, *, at: datetime) -> int:
    """Defer jobs for files that wait and for missing previews, as after a scanner was away or a worker was killed."""
    waiting = StoredFile.objects.filter(mall=mall, state=StoredFile.State.WAITING, state_at__lt=at - PATIENCE)
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST])
    for number in found:
        look_at.defer(mall=mall.pk, file=number)
    drawn = Preview.objects.filter(mall=mall).values("file")
    bare = StoredFile.objects.filter(
        mall=mall, state=StoredFile.State.CLEAN, state_at__lt=at - PATIENCE, state_at__gt=at - TRIES
    ).exclude(pk__in=drawn)
    for number in bare.order_by("pk").values_list("pk", flat=True)[:MOST]:
        draw.defer(mall=mall.pk, file=number)
    return len(found)


@transaction.atomic
def sweep(mall: Mall, *, at: datetime) -> int:
    """Remove uploads that did not end in time, and what lies on the shelf and belongs to no row; return how many."""
    late = StoredFile.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).filter(
        mall=mall, state=StoredFile.State.ARRIVING, expires_at__lte=at
    )
    swept = list(late.order_by("pk")[:MOST])
    for file in swept:
        giving.empty(file, at=at)
        audit.record("file.swept", f"file:{file.pk}", by=None, at=at, before={"offset": file.offset})
    orphans = _orphans(mall, at)
    if orphans:
        audit.record("files.orphans_swept", f"mall:{mall.pk}", by=None, at=at, before={"files": len(orphans)})
        transaction.on_commit(lambda: shelf.erase(*orphans))
    return len(swept) + len(orphans)


def _orphans(mall: Mall, at: datetime) -> list[str]:
    lying = shelf.lying(mall.pk, older_than=(at - ORPHAN).timestamp())
    if not lying:
        return []
    files = StoredFile.objects.filter(mall=mall).present().values_list("raw_path", "kept_path")
    known = {path for pair in files.iterator() for path in pair}
    known |= set(Preview.objects.filter(mall=mall).values_list("path", flat=True))
    # A tail belongs to the file that it continues: PATH.SIZE.tail
    return [path for path in lying if path.removesuffix(".tail").rpartition(".")[0] not in known and path not in known]
