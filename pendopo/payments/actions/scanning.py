"""The worker's look at a picture of a receipt, by the scanner of the vault: nobody opens it before.

Nothing is asked of a scanner inside a transaction. Killed anywhere, the row still waits, and each minute's look takes
it up again; without a scanner pictures wait.
"""

from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from pendopo.audit import actions as audit
from pendopo.documents.queries import scanning
from pendopo.documents.scanners import ScannerAway, Verdict
from pendopo.kernel.errors import NotFound
from pendopo.payments.models import Photo
from pendopo.payments.queries import pictures
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

log = structlog.get_logger("receipts")
# A job of its own was deferred with the picture: only then is it taken up again.
PATIENCE = timedelta(minutes=2)
MOST = 20
WAITING = Photo.State.WAITING


@app.task(name="payments.scan_photo", pass_context=False)
def scan_photo(mall: int, photo: int) -> None:
    """Scan a picture; where no scanner answers it goes on waiting."""
    try:
        scan(mall, photo, at=timezone.now())
    except ScannerAway as away:
        log.warning("receipt waits on", reason=str(away))


@transaction.atomic
def take_up(mall: Mall, *, at: datetime) -> int:
    """Defer jobs for pictures that still wait, as after a scanner was away or a worker was killed; return how many."""
    waiting = Photo.objects.filter(mall=mall, state=WAITING, at__lt=at - PATIENCE)
    found = list(waiting.order_by("pk").values_list("pk", flat=True)[:MOST])
    for number in found:
        scan_photo.defer(mall=mall.pk, photo=number)
    return len(found)


def scan(mall_id: int, number: int, *, at: datetime) -> str:
    """Have a waiting picture scanned and settle what becomes of it; return its state. Raises ScannerAway.

    Done twice, or by two at once, it is settled once. One that is refused loses its file.
    """
    with wall.inside(mall_id):
        photo = Photo.objects.filter(pk=number, state=WAITING).first()
        try:
            content = pictures.sealed_content(photo) if photo else None
        except NotFound:
            return _settle(mall_id, number, Verdict("berkas tidak ada", ""), at=at)
    if content is None:
        return ""
    return _settle(mall_id, number, scanning.verdict_on(content), at=at)


def _settle(mall_id: int, number: int, verdict: Verdict, *, at: datetime) -> str:
    with wall.inside(mall_id):
        photo = Photo.objects.select_for_update(of=("self",), no_key=True).get(pk=number)
        if photo.state != WAITING:
            return str(photo.state)
        photo.state = Photo.State.REFUSED if verdict.finding else Photo.State.CLEAN
        photo.finding, photo.scanner, photo.scanned_at = verdict.finding, verdict.scanner, at
        photo.save(update_fields=["state", "finding", "scanner", "scanned_at"])
        after = {"photo": number, "state": photo.state, "finding": photo.finding}
        audit.record("photo.scanned", f"bill:{photo.bill_id}", by=None, at=at, after=after)
        if verdict.finding:
            place = Path(settings.MEDIA_ROOT) / photo.file_path
            transaction.on_commit(lambda: place.unlink(missing_ok=True))
    return str(photo.state)
