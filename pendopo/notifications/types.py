"""What a message is on its way, and how channels are set up."""

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

Channel = Literal["mail", "whatsapp", "sms"]
CHANNELS: tuple[Channel, ...] = ("whatsapp", "sms", "mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a channel hands over. `key` is the same whenever the same message is tried again."""

    to: str
    subject: str
    text: str
    language: str = "id"
    key: str = ""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WhatsAppSettings(_Settings):
    """One number of the WhatsApp Cloud API. Its template has one variable, the text."""

    url: HttpUrl = HttpUrl("https://graph.facebook.com")
    version: str = Field("v23.0", pattern=r"^v\d+\.\d+$")
    number_id: str = Field(pattern=r"^\d{1,30}$")
    token: str = Field(min_length=1, repr=False)
    app_secret: str = Field(min_length=8, repr=False)
    verify_token: str = Field(min_length=8, repr=False)
    # Outside 24 hours after a citizen's own message only templates are taken; empty: plain text, for trials.
    template: str = Field("", pattern=r"^[a-z0-9_]{0,512}$")


class SmsReceiptSettings(_Settings):
    """Where the gateway's receipts keep what: dotted paths, and its words for our states."""

    id: str = "id"
    state: str = "status"
    # Seconds since 1970 or ISO 8601; empty: the moment at which the receipt came.
    time: str = ""
    states: dict[str, Literal["sent", "delivered", "read", "failed"]] = Field(default_factory=dict)


class SmsInboundSettings(_Settings):
    """Where the gateway's inbound messages keep what."""

    id: str = "id"
    sender: str = "from"
    text: str = "text"


class SmsSettings(_Settings):
    """Any HTTP gateway: `{to}`, `{text}` and `{key}` are put into the address and the body."""

    method: Literal["GET", "POST", "PUT"] = "POST"
    url: str = Field(pattern=r"^https?://[^\s/{}]+(:\d+)?(/\S*)?$", repr=False)
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    body: str = Field("", repr=False)
    # The provider's number of a message in its JSON answer, such as "messages.0.id".
    id: str = ""
    # Gateways that answer 200 to a refusal: the word at this place must be one of `accepted`.
    status: str = ""
    accepted: list[str] = Field(default_factory=list)
    # HTTP statuses and words which mean that no message to this address will ever be taken.
    refused: list[str] = Field(default_factory=lambda: ["400", "404", "422"])
    # The gateway sends once what comes twice with the same {key}.
    repeatable: bool = False
    # Whoever calls our addresses for receipts and inbound messages shows this; empty: they are closed.
    token: str = Field("", repr=False)
    receipts: SmsReceiptSettings = SmsReceiptSettings()
    inbound: SmsInboundSettings = SmsInboundSettings()


class MallChannels(_Settings):
    """A mall's own numbers."""

    whatsapp: WhatsAppSettings | None = None
    sms: SmsSettings | None = None


class ChannelSettings(MallChannels):
    """What PENDOPO_CHANNELS says: numbers for the installation, and those of malls by their slug."""

    malls: dict[str, MallChannels] = Field(default_factory=dict)

    def of(self, mall: str) -> MallChannels:
        """Return the numbers of a mall: its own ones, else the installation's."""
        own = self.malls.get(mall)
        return MallChannels(whatsapp=(own and own.whatsapp) or self.whatsapp, sms=(own and own.sms) or self.sms)
