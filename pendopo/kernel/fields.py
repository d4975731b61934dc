"""Fields of forms that several modules share."""

from datetime import date
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2099, 12, 31)


class DayField(forms.DateField):
    """A day that a person chooses: of this century."""

    def __init__(
        self, label: "str | _StrPromise", *, required: bool = True, help_text: "str | _StrPromise" = ""
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def validate(self, value: object) -> None:
        """Refuse a day of another century: a slip of the finger."""
        super().validate(value)
        if isinstance(value, date) and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(_("Tahun harus antara 2000 dan 2099."))
