from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.documents.types import Purpose, Source


class GivingForm(forms.Form):
    """What a file is for; the file itself is taken while it comes, piece by piece."""

    purpose = forms.ChoiceField(label=_("Berkas ini untuk"), choices=[("", _("Pilih jenis berkas")), *Purpose.choices])
    id = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


class ProofForm(forms.Form):
    """By what an officer knows that a file is right."""

    source = forms.ChoiceField(label=_("Dibuktikan dengan"), choices=Source.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Apa yang dicocokkan"), max_length=200)


class CodeForm(forms.Form):
    """The code that somebody shows on a phone."""

    code = forms.RegexField(
        r"^[0-9a-zA-Z]{26}$", label=_("Kode berkas"), max_length=26, strip=True,
        error_messages={"invalid": _("Kode terdiri dari 26 huruf dan angka.")},
    )  # fmt: skip
