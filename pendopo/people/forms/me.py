"""What somebody tells a mall about themselves."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.people.errors import WrongNumber
from pendopo.people.models import Identifier
from pendopo.people.numbers import identifier_of

# Those that a citizen tells; others are noted at a desk, from the paper.
TOLD = (Identifier.Kind.NIK, Identifier.Kind.KK)


class NumberForm(forms.Form):
    """A NIK or KK, as it is read from the card."""

    kind = forms.ChoiceField(label=_("Jenis nomor"), choices=[(kind.value, kind.label) for kind in TOLD])
    value = forms.CharField(
        label=_("Nomor"),
        max_length=40,
        help_text=_("16 angka; boleh ditulis dengan spasi, empat angka demi empat angka."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, object]:
        """Check that such a number can be."""
        checked = super().clean() or {}
        if "kind" in checked and "value" in checked:
            try:
                checked["value"] = identifier_of(checked["kind"], checked["value"])
            except WrongNumber as refusal:
                self.add_error("value", str(refusal))
        return checked


class ReachForm(forms.Form):
    """By which of somebody's proven contacts a mall may reach them."""

    contacts = forms.TypedMultipleChoiceField(
        label=_("MPP ini boleh menghubungi saya di"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, lines: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        field = self.fields["contacts"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        # By their place in the list, so that no address stands in the page's values.
        field.choices = list(enumerate(lines))


class PowerForm(forms.Form):
    """Who may act for somebody, named by the pass that they have shown, and until when."""

    code = forms.CharField(
        label=_("Kode wakil"),
        max_length=40,
        help_text=_("Wakil Anda membacanya di Data saya, di halamannya sendiri."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    ends_on = forms.DateField(
        label=_("Berlaku sampai"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
