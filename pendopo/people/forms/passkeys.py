"""What a browser sends of a passkey. It is JSON that anybody can write: whatever it is, it is answered in words."""

import struct
from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _

# What the parsers of the library raise when they meet what they did not expect.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, struct.error)
LONGEST_NAME = 60


def _read[R](read: Callable[[], R]) -> R:
    try:
        return read()
    except forms.ValidationError:
        raise
    except UNREADABLE as error:
        raise get_adapter().validation_error("incorrect_code") from error


class AddKeyForm(theirs.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, and how its owner calls it; each one signs in by itself."""

    name = forms.CharField(
        label=_("Nama kunci"), max_length=LONGEST_NAME, required=False, help_text=_("Misalnya: HP saya.")
    )
    passwordless = forms.BooleanField(required=False, initial=True, widget=forms.HiddenInput)

    def clean_credential(self) -> dict[str, object]:
        """Refuse what is no credential: the library takes what is empty without a look."""
        sent = self.cleaned_data["credential"]
        if not (isinstance(sent, dict) and sent):
            raise get_adapter().validation_error("incorrect_code")
        return sent

    def clean(self) -> dict[str, object]:
        """Check what the browser sent; what is wrong with it is said beside it."""
        try:
            _read(super().clean)
        except forms.ValidationError as error:
            self.add_error("credential", error)
        checked: dict[str, object] = self.cleaned_data
        return checked


class AuthenticateKeyForm(theirs.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey as second factor."""

    def clean_credential(self) -> Authenticator:
        """Check what the browser sent."""
        return _read(super().clean_credential)


class ReauthenticateKeyForm(theirs.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """A passkey, once more."""

    def clean_credential(self) -> Authenticator:
        """Check what the browser sent."""
        return _read(super().clean_credential)


class LoginKeyForm(theirs.LoginWebAuthnForm):  # type: ignore[misc]
    """A passkey alone."""

    def clean_credential(self) -> Authenticator:
        """Check what the browser sent."""
        return _read(super().clean_credential)
