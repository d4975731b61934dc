"""Accounts that sign in by codes, and the channels that carry them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from pendopo.notifications.types import ChannelSettings, SmsSettings, WhatsAppSettings
from pendopo.people.actions import codes
from pendopo.people.models import Code

CHANNELS = ChannelSettings(
    whatsapp=WhatsAppSettings(
        number_id="1", token="t", app_secret="rahasia-uji", verify_token="rahasia-uji", version="v23.0", template=""
    ),
    sms=SmsSettings(url="https://sms.test/", body="", token=""),
)
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}


@contextmanager
def all_channels() -> Iterator[None]:
    """Set up mail, WhatsApp and SMS; nothing is sent by a test that does not run the job."""
    with override_settings(MAIL_IS_SENT=True, MAILERS=MAILERS, CHANNELS=CHANNELS):
        yield


def digits() -> str:
    """Return the digits that wait to be sent last."""
    letter = codes.letter_of(Code.objects.order_by("-pk")[0].pk, at=timezone.now())
    assert letter
    return letter.digits


def wrong_digits() -> str:
    """Return digits that were not sent."""
    return f"{(int(digits()) + 1) % 1_000_000:06}"


def post(client: Client, path: str, **sent: object) -> HttpResponse:
    """Send a form."""
    response = client.post(path, sent)
    assert isinstance(response, HttpResponse)
    return response


def sign_in(contact: str, *, name: str = "", to: str = "") -> Client:
    """Sign in, or up with a name, by a code, in a browser of its own."""
    client = Client()
    assert post(client, "/accounts/code/", contact=contact, next=to).status_code == 302
    answer = post(client, "/accounts/code/confirm/", digits=digits())
    if name:
        assert answer["Location"] == "/accounts/name/"
        answer = post(client, "/accounts/name/", name=name)
    assert answer.status_code == 302
    return client


def confirm(client: Client) -> None:
    """Say again who one is, by a code to the first contact."""
    assert post(client, "/accounts/confirm/code/").status_code == 302
    assert post(client, "/accounts/confirm/", digits=digits()).status_code == 302
