"""Where django-allauth keeps second factors: secrets encrypted, people named as they are, words of our own."""

from typing import ClassVar

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pendopo.kernel import crypto
from pendopo.people.models import Account, veiled

PURPOSE = "second factor"
ISSUER = "Pendopo"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks about second factors."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("Kode atau kunci ini salah. Coba lagi."),
        "cannot_generate_recovery_codes": gettext_lazy("Kode cadangan ada setelah kunci sandi atau aplikasi kode ada."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return crypto.encrypt(PURPOSE, text).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return crypto.decrypt(PURPOSE, bytes.fromhex(encrypted_text))

    def get_totp_issuer(self) -> str:
        """Name us in the app that shows codes."""
        return ISSUER

    def get_totp_label(self, user: Account) -> str:
        """Name an account in that app, so that its owner knows it."""
        return veiled(user.contact)

    def build_totp_svg(self, url: str) -> str:
        """Draw the square that the app reads."""
        return segno.make(url, error="m").svg_inline(border=2, omitsize=True)

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 - allauth's word
        """Name a new key."""
        return _("Kunci sandi")

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, object]:
        """Name the owner of a passkey, as their device will show it when it asks which key to use."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.name}

    def _get_user_identifier(self, user: Account) -> str:
        return veiled(user.contact)

    def _get_site_name(self) -> str:
        return ISSUER
