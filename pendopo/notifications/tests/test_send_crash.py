"""`kill -9` at every step of a message's way: it arrives once, and stands where the undisturbed one stands."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.conf import settings

from pendopo.notifications.actions import receiving
from pendopo.notifications.channels import hooks
from pendopo.notifications.models import Message
from pendopo.notifications.tests import make
from pendopo.notifications.tests.make import AT, Providers
from pendopo.notifications.types import Address
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from tests.killing import Walk

pytestmark = pytest.mark.usefixtures("committed")
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KEY = "bill:1:paid"
PARTS = {
    "send: written": ["the message is written with what it tells of"],
    "send: handed over": ["the attempt is written down", "the provider takes it and its answer is written down"],
    "send: told of": ["the receipt is taken in"],
}
ADDRESSES = {
    "whatsapp": Address("phone", "+6281200000021"),
    "sms": Address("phone", "+6281200000021"),
    "mail": Address("email", "warga@contoh.test"),
}


class Stage(NamedTuple):
    """A mall with one message, the providers, and how many messages of others they had taken."""

    here: Mall
    there: Providers
    channel: str
    before: int

    @property
    def taken(self) -> list[str]:
        """What the provider has taken since, by number or key."""
        return self.there.taken[self.before :]

    @property
    def message(self) -> Message:
        with wall.inside(self.here.pk):
            return Message.objects.get(mall=self.here, key=KEY)


def began(there: Providers, channel: str) -> Stage:
    return Stage(make.mall(), there, channel, len(there.taken))


def written(there: Providers, channel: str) -> Stage:
    stage = began(there, channel)
    write(stage)
    return stage


def handed(there: Providers, channel: str) -> Stage:
    stage = written(there, channel)
    make.send(stage.here)
    return stage


def write(stage: Stage) -> None:
    """Let the module above write its message, which it does again where its own act was broken off."""
    make.message(stage.here, ADDRESSES[stage.channel], key=KEY)


def send(stage: Stage) -> None:
    """Let the worker that dies carry what is due."""
    make.send(stage.here)


def tell(stage: Stage, number: int, *, minutes: int = 70) -> None:
    """Let WhatsApp tell that the message which it took as that one has come to its phone."""
    whatsapp = stage.there.whatsapp
    told = settings.CHANNELS.of(stage.here.slug).whatsapp
    assert told
    heard = hooks.whatsapp(whatsapp.receipts(whatsapp.taken[number], ["delivered"], at=AT.timestamp()), told)
    assert heard
    with wall.inside(stage.here.pk):
        receiving.take_receipts(stage.here, "whatsapp", heard.receipts, at=AT + minutes * MINUTE)


def carry_on(stage: Stage) -> None:
    """Let the worker's next runs come, and what the provider tells of the message."""
    for minutes in (0, 2, 5, 30, 60):
        make.send(stage.here, AT + minutes * MINUTE)
    if stage.channel != "whatsapp":
        return
    if not stage.taken:
        # WhatsApp knows no message again: only when it tells of a later one is it sure that it has not got this one.
        make.message(stage.here, ADDRESSES["whatsapp"], key="bill:2:paid", at=AT + 2 * HOUR)
        make.send(stage.here, AT + 2 * HOUR)
        tell(stage, -1, minutes=121)
        make.send(stage.here, AT + 2 * HOUR + 2 * MINUTE)
    tell(stage, -1, minutes=130)


def write_and_carry(stage: Stage) -> None:
    write(stage)
    carry_on(stage)


def told_of(stage: Stage) -> None:
    tell(stage, -1)


def arrived(stage: Stage) -> dict[str, object]:
    """Return how the message stands, and as how many messages its recipient has it."""
    message = stage.message
    ours = [key for key in stage.taken if stage.channel == "mail" or key == message.code.hex]
    return {
        "channel": message.channel,
        "standing": message.standing,
        # Mail goes twice under one Message-ID, which is one mail.
        "messages": len(set(ours)),
        "twice": stage.channel != "mail" and len(ours) > 1,
    }


def walk(there: Providers, channel: str, name: str) -> Walk[Stage]:
    """Return the way of a message over one channel."""
    parts = PARTS[name]
    if name == "send: written":
        return Walk(name, lambda: began(there, channel), write, write_and_carry, arrived, parts)
    if name == "send: handed over":
        return Walk(name, lambda: written(there, channel), send, carry_on, arrived, parts)
    return Walk(name, lambda: handed(there, channel), told_of, told_of, arrived, parts)


@pytest.mark.parametrize(
    ("channel", "name"),
    [*((channel, "handed over") for channel in ADDRESSES), ("whatsapp", "written"), ("whatsapp", "told of")],
)
def test_a_message_whose_carrier_is_killed_at_any_step_arrives_once(channel: str, name: str) -> None:
    with make.providers(channel) as there:
        end = walk(there, channel, f"send: {name}").take()

    standing = "delivered" if channel == "whatsapp" else "handed"
    assert end == {"channel": channel, "standing": standing, "messages": 1, "twice": False}
