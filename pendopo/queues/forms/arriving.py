from django import forms
from django.utils.translation import gettext_lazy as _


class CheckInForm(forms.Form):
    """The code that the boards show; people type it as they read it, with spaces."""

    code = forms.CharField(
        max_length=20,
        label=_("Kode di layar"),
        error_messages={"required": _("Ketik enam angka yang tampil di layar.")},
    )

    def clean_code(self) -> str:
        """Return the digits alone. Raises ValidationError when it cannot be a code."""
        digits = "".join(str(self.cleaned_data["code"]).split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Kode terdiri dari enam angka."))
        return digits
