"""Each carrier against its provider: taken, surely not taken, perhaps taken, never to be taken."""

import json
from pathlib import Path

import pytest
from django.test import override_settings

from pendopo.config.channels import channels
from pendopo.config.errors import WrongEnvironment
from pendopo.config.mail import mailer
from pendopo.notifications.channels import AddressRefused, ChannelDown, Unsure, deliver, hooks, is_repeatable, ready
from pendopo.notifications.tests import make
from pendopo.notifications.tests.make import Providers
from pendopo.notifications.types import ChannelSettings
from simulators.messages.faults import Faults

PHONE, MAIL = "+6281234567890", "warga@contoh.test"
TEXT = 'Kode Anda:\n\t482913   untuk {to}, "rahasia"'


def faults_of(there: Providers, channel: str) -> Faults:
    return {"whatsapp": there.whatsapp, "sms": there.sms, "mail": there.mail}[channel].faults  # type: ignore[attr-defined,no-any-return]


def hand(channel: str, key: str = "k1") -> str:
    address = MAIL if channel == "mail" else PHONE
    return deliver(channel, address, subject="Kode\r\nBcc: x@y.test", text=TEXT, key=key)


def nobody_listens(there: Providers) -> override_settings:
    """Set up ports at which nothing is."""
    whatsapp = there.whatsapp.settings | {"url": "http://127.0.0.1:1"}
    told = {"whatsapp": whatsapp, "sms": there.sms.settings | {"url": "http://127.0.0.1:1/"}}
    return override_settings(
        CHANNELS=ChannelSettings.model_validate(told), MAILERS={"default": mailer("smtp://127.0.0.1:1")}
    )


CHANNELS = ("whatsapp", "sms", "mail")


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_message_is_taken_as_it_is(channel: str) -> None:
    with make.providers() as there:
        number = hand(channel)
        taken = {"whatsapp": there.whatsapp, "sms": there.sms, "mail": there.mail}[channel].taken[0]  # type: ignore[attr-defined]

    assert taken.number == number
    # A template's variable takes no line break.
    assert taken.text == (" ".join(TEXT.split()) if channel == "whatsapp" else TEXT)
    assert "\n" not in taken.subject


@pytest.mark.parametrize("channel", CHANNELS)
def test_whoever_is_down_has_surely_taken_nothing(channel: str) -> None:
    with make.providers() as there:
        faults_of(there, channel).down = "refuses"
        with pytest.raises(ChannelDown) as refusal:
            hand(channel)
        faults_of(there, channel).down = ""
        faults_of(there, channel).busy = 1
        with pytest.raises(ChannelDown):
            hand(channel)
        with nobody_listens(there), pytest.raises(ChannelDown) as away:
            hand(channel)

    assert not isinstance(refusal.value, Unsure)
    assert not isinstance(away.value, Unsure)
    assert PHONE not in str(refusal.value) + str(away.value)


@pytest.mark.parametrize("channel", CHANNELS)
def test_an_address_that_is_not_there_is_refused_for_good(channel: str) -> None:
    with make.providers() as there:
        faults_of(there, channel).refused |= {PHONE, PHONE[1:], MAIL}
        with pytest.raises(AddressRefused):
            hand(channel)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_lost_answer_is_unsure_and_a_key_tells_whether_to_repeat(channel: str) -> None:
    with make.providers() as there:
        faults_of(there, channel).breaks = 1
        with pytest.raises(Unsure):
            hand(channel)
        assert is_repeatable(channel) == (channel != "whatsapp")
        if is_repeatable(channel):
            hand(channel)
        taken = there.taken

    # What comes twice under one key is one: kept by the gateway, or by the mailbox that sees one Message-ID.
    assert len(set(taken)) == 1


def test_without_settings_nothing_is_ready() -> None:
    assert [ready(channel) for channel in (*CHANNELS, "pigeon")] == [False] * 4
    with pytest.raises(ChannelDown):
        hand("sms")


def test_a_mall_may_have_its_own_number() -> None:
    with make.providers("sms") as there:
        own = ChannelSettings.model_validate({"malls": {"mpp-satu": {"sms": there.sms.settings}}})
        with override_settings(CHANNELS=own):
            assert ready("sms", mall="mpp-satu")
            assert not ready("sms", mall="mpp-dua")


def test_the_published_vector_is_signed() -> None:
    body, secret = b'{"object":"whatsapp_business_account","entry":[]}', "contohAppSecret"
    signature = "sha256=939973b141386f704212187575e7032a8e3ef6e8e3ad9bb7bd8b89f7de845803"

    assert hooks.is_signed(body, signature, secret)
    assert not hooks.is_signed(body + b" ", signature, secret)
    assert not hooks.is_signed(body, signature.upper(), secret)
    assert not hooks.is_signed(body, "", secret)


def test_settings_come_as_text_or_as_a_file(tmp_path: Path) -> None:
    told = {"sms": {"url": "https://sms.contoh.test/send?to={to}&text={text}", "token": "rahasia-sekali"}}
    file = tmp_path / "channels.json"
    file.write_text(json.dumps(told))

    as_text, as_file = (channels({"PENDOPO_CHANNELS": value}) for value in (json.dumps(told), str(file)))

    assert as_text == as_file
    assert as_text.sms
    assert "rahasia-sekali" not in repr(as_text)
    assert channels({}) == ChannelSettings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/nowhere/channels.json", "cannot be read"),
        ("{", "JSON"),
        ('{"sms": {"url": "ftp://x", "token": "geheim"}}', "sms.url"),
        ('{"whatsapp": {"number_id": "geheim"}}', "whatsapp.number_id"),
        ('{"telegraph": {}}', "telegraph"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(WrongEnvironment) as refusal:
        channels({"PENDOPO_CHANNELS": text})

    assert words in str(refusal.value)
    assert "geheim" not in str(refusal.value)
