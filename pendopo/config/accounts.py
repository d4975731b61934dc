"""Where django-allauth meets our accounts: people sign in with a contact that is stored only as a keyed hash."""

from typing import ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.queries.actors import malls_headed
from pendopo.audit import actions as audit
from pendopo.people.models import Account
from pendopo.people.queries.accounts import handle_written


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by an administrator, or by whoever has proven a contact; never by allauth's own form."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": gettext_lazy("Terlalu sering dicoba. Coba lagi beberapa menit lagi."),
        "rate_limited": gettext_lazy("Terlalu sering dicoba. Coba lagi beberapa menit lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse to open accounts by allauth's own form."""
        return False

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, str]]:
        """Name the pages on which somebody says again who they are."""
        pages = ("account_reauthenticate", "mfa_reauthenticate_webauthn")
        return [{"id": name, "description": "", "url": reverse(name)} for name in pages]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Let the head of one mall land on the head's page, everybody else at home."""
        malls = malls_headed(request.user) if isinstance(request.user, Account) else []
        if len(malls) == 1:
            return reverse("performance:head", args=[malls[0].slug])
        home: str = super().get_login_redirect_url(request)
        return home

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: object = None, email: str | None = None
    ) -> None:
        """Witness what allauth would tell by mail: that a second factor or a password was changed."""
        what = template_prefix.rpartition("/")[2]
        audit.record(f"account.{what}", f"account:{user.pk}", by=_Own(user), at=timezone.now())


class _Own:
    """An account that acts for itself."""

    device_id = None

    def __init__(self, account: Account) -> None:
        self.account_id: int | None = account.pk


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
        """Turn the contact, however it is written, into the hash by which its account is found."""
        return handle_written(self.cleaned_data["login"])


class FirstPasswordForm(allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """Let whoever was invited set a password, written twice."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["password1"], self.fields["password2"]
        first.label, again.label = _("Kata sandi baru"), _("Kata sandi baru, sekali lagi")
        first.help_text, again.help_text = _("Sedikitnya 10 huruf atau angka, bukan yang mudah ditebak."), ""
        for field in (first, again):
            field.widget.attrs.pop("placeholder", None)
