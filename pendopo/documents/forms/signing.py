from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pendopo.documents.actions.enrolling import SHORTEST
from pendopo.documents.signers.secret import Secret

LONGEST = 128


class _SecretField(forms.CharField):
    """What is typed becomes a Secret at once, and never goes back to the page."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(render_value=False, attrs={"autocomplete": "off"})
        super().__init__(max_length=LONGEST, strip=False, widget=widget, **kwargs)

    def clean(self, value: object) -> Secret:
        """Return the Secret."""
        return Secret(super().clean(value))


class PassphraseForm(forms.Form):
    """The passphrase, once for the whole batch."""

    passphrase = _SecretField(
        label=_("Frasa sandi"), help_text=_("Diminta sekali untuk semua yang dipilih. Tidak disimpan."), required=False
    )
    id = forms.UUIDField(widget=forms.HiddenInput)


class CertificateForm(forms.Form):
    """A new passphrase, twice."""

    passphrase = _SecretField(
        label=_("Frasa sandi baru"),
        help_text=_("Paling sedikit 8 huruf. Tidak dapat dipulihkan: bila lupa, buat sertifikat baru."),
        min_length=SHORTEST,
    )
    again = _SecretField(label=_("Frasa sandi sekali lagi"))

    def clean(self) -> dict[str, object]:
        """Refuse two different ones."""
        told = super().clean() or {}
        first, second = told.get("passphrase"), told.get("again")
        if isinstance(first, Secret) and isinstance(second, Secret) and first.reveal() != second.reveal():
            self.add_error("again", _("Kedua frasa sandi tidak sama."))
        return told


class NikForm(forms.Form):
    """By which NIK BSrE knows the signer."""

    nik = forms.CharField(label=_("NIK"), max_length=16, help_text=_("NIK yang terdaftar di BSrE. Disimpan tersandi."))


class CorrectionForm(forms.Form):
    """Which document is right, and what was wrong."""

    number = forms.CharField(label=_("Nomor dokumen yang benar"), max_length=120)
    reason = forms.CharField(label=_("Alasan"), max_length=200)
