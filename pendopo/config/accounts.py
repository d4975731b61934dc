"""Where django-allauth meets our accounts: people sign in with a contact that is stored only as a keyed hash."""

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.queries.actors import malls_headed
from pendopo.people.models import Account, contact_hash


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a mall's administrator, never by a form that anybody can send."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to open accounts from outside."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Let the head of one mall land on the head's page, everybody else at home."""
        malls = malls_headed(request.user) if isinstance(request.user, Account) else []
        if len(malls) == 1:
            return reverse("performance:head", args=[malls[0].slug])
        home: str = super().get_login_redirect_url(request)
        return home


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


class FirstPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Let whoever was invited set a password, written twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["password1"], self.fields["password2"]
        first.label, again.label = _("Kata sandi baru"), _("Kata sandi baru, sekali lagi")
        first.help_text, again.help_text = _("Sedikitnya 10 huruf atau angka, bukan yang mudah ditebak."), ""
        for field in (first, again):
            field.widget.attrs.pop("placeholder", None)
