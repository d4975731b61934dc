"""Columns that hold what is sealed under their mall's key, or the keyed hash by which it is found."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    Binary = models.BinaryField[bytes, bytes]
else:
    Binary = models.BinaryField


class _Bytes(Binary):
    """Bytes for the database and for migrations; what they are for is the code's business."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """Tell migrations that it is bytes."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.BinaryField", args, kwargs


class SealedField(_Bytes):
    """A value sealed for one purpose by `tenancy.sealing`; the rotation of keys finds every column of this kind."""

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)


class SearchHashField(_Bytes):
    """The keyed hash of the value that stands sealed in the column `of`; made anew when the search key changes."""

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"max_length": 32, **kwargs})
