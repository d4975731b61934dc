"""Digits of an app, or a recovery code."""

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

LONGEST = 20


class SecondForm(AuthenticateForm):  # type: ignore[misc]
    """The second factor of signing in."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, _("Kode dari aplikasi, atau kode cadangan"))


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first digits that an app shows."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        _dress(self, _("Kode 6 angka dari aplikasi"))


def _dress(form: AuthenticateForm | ActivateTOTPForm, label: object) -> None:
    field = form.fields["code"]
    field.label, field.max_length = label, LONGEST
    field.widget.attrs |= {"inputmode": "numeric", "class": "code-input", "maxlength": LONGEST}
    field.widget.attrs.pop("placeholder", None)
