"""A picture of a receipt, sent by whoever holds the bill. It settles nothing: an officer writes down what it says."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pendopo.audit import actions as audit
from pendopo.documents.typesetting import can_be_set
from pendopo.kernel.attachments import kind_of
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.ids import new_key
from pendopo.kernel.pictures import bare
from pendopo.payments.actions._rights import locked
from pendopo.payments.actions._settling import is_settled
from pendopo.payments.actions.scanning import scan_photo
from pendopo.payments.errors import AlreadySettled, BillVoid, NotClean, TooManyPhotos
from pendopo.payments.models import PHOTO_KEY, Bill, Photo
from pendopo.tenancy import sealing

MOST_BYTES = 5 * 1024 * 1024
MOST, MOST_EVER = 3, 12


@transaction.atomic
def send(bill: Bill, content: bytes, *, at: datetime) -> Photo:
    """Keep a JPEG, PNG or PDF for a bill, without what a camera wrote into it; the same one again is the same row.

    A job has it scanned; nobody opens it before. Raises NotUnderstood, AlreadySettled, BillVoid, TooManyPhotos,
    NotClean for one that the scanner has refused.
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
        if known.state == Photo.State.REFUSED:
            raise NotClean(_("Foto ini ditolak pemindai. Kirim foto lain."))
        return known
    # What the scanner refused stands in nobody's way, but does not go on for ever.
    if sent.exclude(state=Photo.State.REFUSED).count() >= MOST or sent.count() >= MOST_EVER:
        raise TooManyPhotos(_("Paling banyak %(most)d foto untuk satu tagihan.") % {"most": MOST})
    photo = Photo(
        mall_id=bill.mall_id, bill=bill, at=at, kind=kind, sha256=digest,
        file_path=f"receipts/{bill.mall_id}/{new_key()}.sealed",
    )  # fmt: skip
    photo.file_key = sealing.keep_file(
        bill.mall_id, photo.file_path, content, purpose=PHOTO_KEY, bound_to=photo.bound_to
    )
    photo.save(force_insert=True)
    scan_photo.defer(mall=bill.mall_id, photo=photo.pk)
    audit.record("photo.sent", f"bill:{bill.pk}", by=None, at=at, after={"sha256": digest.hex()})
    return photo
