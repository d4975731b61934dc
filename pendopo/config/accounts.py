"""Where django-allauth meets our accounts: people sign in with a contact that is stored only as a keyed hash."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from pendopo.people.models import contact_hash


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a mall's administrator, never by a form that anybody can send."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to open accounts from outside."""
        return False


class LoginForm(allauth_forms.LoginForm):  # type: ignore[misc]
    """Ask for e-mail or telephone number and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("Surel atau nomor telepon"),
            max_length=254,
            widget=forms.TextInput(attrs={"autocomplete": "username", "inputmode": "email"}),
        )
        self.fields["password"].label = _("Kata sandi")
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean_login(self) -> str:
        """Turn the contact into the hash by which its account is found."""
        return contact_hash(self.cleaned_data["login"])
