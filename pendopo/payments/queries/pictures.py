"""A picture of a receipt as it was sent."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from pendopo.kernel import envelopes
from pendopo.kernel.errors import NotFound
from pendopo.payments.models import PHOTO_KEY, Bill, Photo
from pendopo.tenancy.sealing import Sealer


def photo(bill: Bill, number: int) -> Photo:
    """Return a picture of a bill. Raises NotFound."""
    found = Photo.objects.filter(mall_id=bill.mall_id, bill=bill, pk=number).first() if number < 2**63 else None
    if found is None:
        raise NotFound(_("Foto ini tidak ada."))
    return found


def content(photo: Photo) -> bytes:
    """Return a picture's file. Raises NotFound when it is gone, CannotOpen when it was altered."""
    place = Path(settings.MEDIA_ROOT) / photo.file_path
    if not place.is_file():
        raise NotFound(_("Berkas ini tidak ada."))
    key = Sealer(photo.mall_id, PHOTO_KEY).unseal(bytes(photo.file_key))
    return envelopes.unseal(key, place.read_bytes(), bound_to=photo.bound_to)
