"""A picture of a receipt, sent by whoever holds the bill. It settles nothing: an officer writes down what it says."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.documents.typesetting import can_be_set
from pendopo.kernel import envelopes
from pendopo.kernel.attachments import kind_of, write_whole
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.ids import new_key
from pendopo.kernel.pictures import bare
from pendopo.payments.actions._rights import locked
from pendopo.payments.actions._settling import is_settled
from pendopo.payments.errors import AlreadySettled, BillVoid, TooManyPhotos
from pendopo.payments.models import PHOTO_KEY, Bill, Photo
from pendopo.tenancy.sealing import Sealer

MOST_BYTES = 5 * 1024 * 1024
MOST = 3
# Each file has one key, which never changes.
NUMBER = 1


@transaction.atomic
def send(bill: Bill, content: bytes, *, at: datetime) -> Photo:
    """Keep a JPEG, PNG or PDF for a bill, without what a camera wrote into it; the same one again is the same row.

    Raises NotUnderstood, AlreadySettled, BillVoid, TooManyPhotos.
    """
    if len(content) > MOST_BYTES:
        raise NotUnderstood(_("Berkas lebih besar dari %(size)s MB.") % {"size": MOST_BYTES // 1024 // 1024})
    kind = kind_of(content)
    if kind != "pdf":
        content = bare(content)
        if not can_be_set(content, kind):
            raise NotUnderstood(_("Gambar ini tidak dapat dibuka. Foto ulang buktinya."))
    locked(bill.agency_id)
    if is_settled(bill):
        raise AlreadySettled(_("Tagihan ini sudah lunas."))
    if bill.is_void:
        raise BillVoid(_("Tagihan ini dibatalkan: jangan dibayar."))
    digest = hashlib.sha256(content).digest()
    sent = Photo.objects.filter(mall_id=bill.mall_id, bill=bill)
    if known := sent.filter(sha256=digest).first():
        return known
    if sent.count() >= MOST:
        raise TooManyPhotos(_("Paling banyak %(most)d foto untuk satu tagihan.") % {"most": MOST})
    key = envelopes.new_key()
    photo = Photo(
        mall_id=bill.mall_id, bill=bill, at=at, kind=kind, sha256=digest,
        file_path=f"receipts/{bill.mall_id}/{new_key()}.sealed", file_key=Sealer(bill.mall_id, PHOTO_KEY).seal(key),
    )  # fmt: skip
    # What a refused transaction leaves behind nobody can open: its key went with the row.
    sealed = envelopes.seal(key, NUMBER, content, bound_to=photo.bound_to)
    write_whole(Path(settings.MEDIA_ROOT) / photo.file_path, sealed)
    photo.save(force_insert=True)
    audit.record("photo.sent", f"bill:{bill.pk}", by=None, at=at, after={"sha256": digest.hex()})
    return photo
