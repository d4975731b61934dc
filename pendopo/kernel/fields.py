"""Fields of forms that several modules share."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.figures import figure

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


class MonthField(forms.DateField):
    """A month that a person chooses; its first day."""

    def __init__(self, label: "str | _StrPromise") -> None:
        widget = forms.DateInput(attrs={"type": "month", "placeholder": "2026-05"}, format="%Y-%m")
        super().__init__(label=label, input_formats=["%Y-%m"], widget=widget)

    def validate(self, value: object) -> None:
        """Refuse a month of another century: a slip of the finger."""
        super().validate(value)
        if isinstance(value, date) and not EARLIEST <= value <= LATEST:
            raise forms.ValidationError(_("Tahun harus antara 2000 dan 2099."))


class FigureField(forms.DecimalField):
    """A figure with at most two places, its comma written as people do: 59,33 or 59.33."""

    def __init__(
        self,
        label: "str | _StrPromise",
        *,
        required: bool = True,
        most_digits: int = 9,
        least: int | None = 0,
        help_text: "str | _StrPromise" = "",
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_digits=most_digits,
            decimal_places=2,
            min_value=least,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "maxlength": most_digits + 2}),
        )

    def prepare_value(self, value: object) -> object:
        """Show a figure as it is read: 59,33."""
        return figure(value, is_grouped=False) if isinstance(value, Decimal) else value

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override] # a number, not an integer
        """Read a figure. What has both a comma and a point could mean two things."""
        text = str(value or "").strip()
        if "," in text and "." in text:
            raise forms.ValidationError(_("Tulis tanpa pemisah ribuan, misalnya 1250000,5."))
        return super().to_python(text.replace(",", "."))


class ClaimField(forms.ChoiceField):
    """Whether a figure is only claimed, or there is a document; no answer means that there is one."""

    def __init__(self) -> None:
        choices = [("", _("Dokumen atau laporan resmi")), ("claim", _("Klaim, belum ada dokumennya"))]
        super().__init__(label=_("Dasar angka"), choices=choices, required=False)

    def clean(self, value: object) -> bool:
        """Return whether it is a claim. Raises ValidationError for any other word."""
        return bool(super().clean(value) == "claim")
