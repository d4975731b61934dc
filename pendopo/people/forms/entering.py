"""What somebody writes to sign in: where they are reached, the digits that came, their name."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.people.errors import WrongNumber
from pendopo.people.models import Code
from pendopo.people.numbers import contact_in


class ContactForm(forms.Form):
    """An e-mail address or telephone number."""

    contact = forms.CharField(
        label=_("Surel atau nomor telepon"),
        max_length=254,
        help_text=_("Contoh: nama@contoh.id atau 0812-3456-7890."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}),
    )

    def clean_contact(self) -> str:
        """Return it in its one form."""
        try:
            return contact_in(self.cleaned_data["contact"])
        except WrongNumber as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class DigitsForm(forms.Form):
    """The digits that came."""

    digits = forms.CharField(
        label=_("Kode 6 angka"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-input", "autofocus": True}
        ),
    )


class ChannelForm(forms.Form):
    """By which way another code is to come."""

    channel = forms.ChoiceField(choices=Code.Channel.choices)

    def __init__(self, *args: object, ways: Iterable[Code.Channel], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # passed on as they came
        field = self.fields["channel"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(way.value, way.label) for way in ways]


class NameForm(forms.Form):
    """How somebody is called."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=120,
        help_text=_("Seperti di KTP."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PasswordForm(forms.Form):
    """The password, once more."""

    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NumberForm(forms.Form):
    """Which line of a list is meant."""

    number = forms.IntegerField(min_value=0, max_value=2**53)
