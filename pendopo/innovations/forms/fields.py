from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    type Text = str | _StrPromise
MOST_FIGURES = 100_000_000


class _CenturyField(forms.DateField):
    """A date of this century: another one is a slip of the finger."""

    def validate(self, value: object) -> None:
        """Refuse another century."""
        super().validate(value)
        if isinstance(value, date) and not 2000 <= value.year < 2100:
            raise forms.ValidationError(_("Tahun harus antara 2000 dan 2099."))


class DayField(_CenturyField):
    """A day that a person chooses."""

    def __init__(self, label: "Text", *, required: bool = True, help_text: "Text" = "") -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, help_text=help_text, widget=widget)


class MonthField(_CenturyField):
    """A month that a person chooses."""

    def __init__(self, label: "Text") -> None:
        widget = forms.DateInput(attrs={"type": "month"}, format="%Y-%m")
        super().__init__(label=label, widget=widget, input_formats=["%Y-%m"])


class YearField(forms.IntegerField):
    """A year of this century."""

    def __init__(self, label: "Text", *, required: bool = True, help_text: "Text" = "") -> None:
        super().__init__(label=label, required=required, help_text=help_text, min_value=2000, max_value=2099)


class MinuteField(forms.DateTimeField):
    """A day and time that a person chooses, in the mall's own time; checked like a day."""

    def __init__(self, label: "Text") -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M"])

    def validate(self, value: object) -> None:
        """Refuse another century."""
        super().validate(value)
        if isinstance(value, date) and not 2000 <= value.year < 2100:
            raise forms.ValidationError(_("Tahun harus antara 2000 dan 2099."))


class AgencyField(forms.TypedChoiceField):
    """One of some agencies."""

    def __init__(self, agencies: Sequence[Agency], *, label: "Text", required: bool = True) -> None:
        found = {str(agency.pk): agency for agency in agencies}
        choices = [("", _("Pilih instansi")), *((pk, agency.name) for pk, agency in found.items())]
        super().__init__(label=label, required=required, choices=choices, coerce=found.__getitem__, empty_value=None)
