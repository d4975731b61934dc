from django import forms
from django.utils.translation import gettext_lazy as _


class ReplyForm(forms.Form):
    """What the owner did."""

    words = forms.CharField(
        label=_("Apa yang sudah diperbaiki?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosingForm(forms.Form):
    """What was seen afterwards; may be empty when a picture shows it."""

    words = forms.CharField(
        label=_("Apa yang Anda lihat?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReopeningForm(forms.Form):
    """Why it is not mended."""

    words = forms.CharField(label=_("Apa yang belum beres?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
