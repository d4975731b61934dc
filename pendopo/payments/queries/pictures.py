"""A picture of a receipt as it was sent."""

from django.utils.translation import gettext as _

from pendopo.kernel.errors import NotFound
from pendopo.kernel.rows import row_of
from pendopo.payments.errors import NotClean
from pendopo.payments.models import PHOTO_KEY, Bill, Photo
from pendopo.tenancy import sealing


def photo(bill: Bill, number: int) -> Photo:
    """Return a picture of a bill. Raises NotFound."""
    return row_of(Photo.objects.filter(mall_id=bill.mall_id, bill=bill), number, _("Foto ini tidak ada."))


def content(photo: Photo) -> bytes:
    """Return the file of a picture that the scanner has called clean.

    Raises NotClean, NotFound when it is gone, CannotOpen when it was altered.
    """
    refuse_unclean(photo)
    return sealed_content(photo)


def refuse_unclean(photo: Photo) -> None:
    """Refuse what the scanner has not called clean. Raises NotClean."""
    if photo.state == Photo.State.WAITING:
        raise NotClean(_("Foto ini masih menunggu pemindaian. Coba lagi sebentar lagi."))
    if photo.state != Photo.State.CLEAN:
        raise NotClean(_("Foto ini ditolak pemindai dan tidak dapat dibuka. Mintalah foto lain."))


def sealed_content(photo: Photo) -> bytes:
    """Return a picture's file, whatever is in it: for the scanner only. Raises NotFound, CannotOpen."""
    found = sealing.file_content(
        photo.mall_id, photo.file_path, bytes(photo.file_key), purpose=PHOTO_KEY, bound_to=photo.bound_to
    )
    if found is None:
        raise NotFound(_("Berkas ini tidak ada."))
    return found
