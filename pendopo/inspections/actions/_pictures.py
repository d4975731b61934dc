from decimal import Decimal
from typing import TypedDict

from django.utils.translation import gettext as _

from pendopo.documents.typesetting import can_be_set
from pendopo.inspections.types import Spot
from pendopo.kernel import attachments
from pendopo.kernel.errors import NotUnderstood
from pendopo.kernel.pictures import bare

FOLDER = "inspections"


class Kept(TypedDict):
    """Where a picture lies, as rows remember it."""

    file_path: str
    file_sha256: bytes


class Where(TypedDict, total=False):
    """Where it was taken, as rows remember it."""

    latitude: Decimal
    longitude: Decimal
    accuracy: int | None


def kept_picture(content: bytes) -> Kept:
    """Keep a picture bare, and only one that can be drawn. Raises NotUnderstood."""
    picture = bare(content)
    if not can_be_set(picture, attachments.kind_of(picture)):
        raise NotUnderstood(_("Berkas ini bukan gambar JPEG atau PNG yang utuh."))
    kept = attachments.keep(FOLDER, "foto", picture)
    return {"file_path": kept.path, "file_sha256": kept.sha256}


def where(spot: Spot | None) -> Where:
    """Return the columns of a place; none where the phone did not tell it."""
    if spot is None:
        return {}
    return {"latitude": spot.latitude, "longitude": spot.longitude, "accuracy": spot.accuracy}
