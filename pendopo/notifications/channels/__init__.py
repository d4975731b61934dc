"""The port to whoever carries messages. One adapter a file; each speaks to its provider and knows no table."""

from typing import Protocol

from django.conf import settings

from pendopo.notifications.channels import mail, sms, whatsapp
from pendopo.notifications.errors import AddressRefused, ChannelDown, Unsure
from pendopo.notifications.types import CHANNELS, ChannelSettings, Letter

__all__ = ["CHANNELS", "AddressRefused", "ChannelDown", "Unsure", "deliver", "is_repeatable", "ready"]


class Carrier(Protocol):
    """Takes messages to their addresses."""

    # Whether the same key handed over twice arrives once.
    is_repeatable: bool

    def hand_over(self, letter: Letter) -> str:
        """Return the provider's number of the message. Raises ChannelDown, Unsure, AddressRefused."""
        ...


def deliver(
    channel: str, address: str, *, subject: str, text: str, language: str = "id", key: str = "", mall: str = ""
) -> str:
    """Hand one message over now, and return the provider's number of it ("" where it gives none).

    Stand outside a transaction: it waits for the network. `mall` is the slug of whose number sends; `key` is the same
    when the same message is tried again. Raises ChannelDown when it may be tried later, its child Unsure when it may
    have been taken nevertheless, AddressRefused when this address will never be reached so.
    """
    carrier = _carrier(channel, mall)
    if carrier is None:
        raise ChannelDown("not set up")
    return carrier.hand_over(Letter(address, subject, text, language, key))


def ready(channel: str, *, mall: str = "") -> bool:
    """Say whether a channel is set up here: whether it answers is not asked."""
    return _carrier(channel, mall) is not None


def is_repeatable(channel: str, *, mall: str = "") -> bool:
    """Say whether what was perhaps handed over may be handed over again without arriving twice."""
    carrier = _carrier(channel, mall)
    return carrier is not None and carrier.is_repeatable


def _carrier(channel: str, mall: str) -> Carrier | None:
    told: ChannelSettings = settings.CHANNELS
    if channel == "mail":
        return mail.CARRIER if settings.MAIL_IS_SENT else None
    own = told.of(mall)
    if channel == "whatsapp" and own.whatsapp:
        return whatsapp.WhatsApp(own.whatsapp)
    if channel == "sms" and own.sms:
        return sms.Sms(own.sms)
    return None
