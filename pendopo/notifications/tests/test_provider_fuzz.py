"""Whatever a provider answers or tells: a number, or one of the ways to fail that are known."""

import json
from contextlib import suppress
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pendopo.kernel.texts import is_fit
from pendopo.notifications.channels import hooks
from pendopo.notifications.channels.exchange import Exchange, Reply
from pendopo.notifications.channels.sms import Sms
from pendopo.notifications.channels.whatsapp import WhatsApp
from pendopo.notifications.errors import AddressRefused, ChannelDown, Unsure
from pendopo.notifications.types import Letter, SmsSettings, WhatsAppSettings
from simulators.messages.sms import SimulatedSms
from tests.strange import BODIES, JSON, TEXT

WHATSAPP = WhatsAppSettings(number_id="1", token="t", app_secret="12345678", verify_token="12345678")
SMS = SmsSettings.model_validate(SimulatedSms(port=1).settings)
NUMBERED = st.builds(lambda number: json.dumps({"messages": [{"id": number}]}).encode(), JSON)
QUEUED = st.builds(lambda number: json.dumps({"status": "queued", "data": [{"id": number}]}).encode(), JSON)
REFUSED = st.builds(lambda code: json.dumps({"error": {"code": code}}).encode(), JSON)


@given(st.sampled_from([200, 201, 204, 302, 400, 401, 429, 500, 504]), BODIES | NUMBERED | QUEUED | REFUSED)
def test_any_answer_of_a_provider_is_a_number_or_a_known_failure(status: int, body: bytes) -> None:
    with patch.object(Exchange, "ask", return_value=Reply(status, body)):
        for carrier in (WhatsApp(WHATSAPP), Sms(SMS)):
            with suppress(AddressRefused, ChannelDown, Unsure):
                assert is_fit(carrier.hand_over(Letter("+6281200000001", "", "Halo", key="k")))


@st.composite
def calls(draw: st.DrawFn) -> bytes:
    """Return a call of WhatsApp in which anything may stand where a text is looked for."""
    told = st.fixed_dictionaries(
        {"id": st.just("wamid.1") | JSON, "from": st.just("628120") | JSON},
        optional={"text": st.fixed_dictionaries({"body": JSON}), "status": st.sampled_from(["read", "failed"]),
                  "timestamp": JSON, "errors": JSON, "biz_opaque_callback_data": JSON},
    )  # fmt: skip
    value = {"statuses": draw(st.lists(told, max_size=2)), "messages": draw(st.lists(told, max_size=2))}
    return json.dumps({"entry": [{"changes": [{"value": value}]}]}).encode()


@given(calls() | BODIES)
def test_what_whatsapp_tells_can_be_kept(body: bytes) -> None:
    heard = hooks.whatsapp(body, WHATSAPP)

    for receipt in heard.receipts if heard else ():
        assert is_fit(receipt.provider_id + receipt.code + receipt.reason)
    for message in heard.messages if heard else ():
        assert is_fit(message.provider_id + message.sender + message.text)


@given(BODIES, st.sampled_from(["application/json", "application/x-www-form-urlencoded", ""]), TEXT)
def test_what_a_gateway_tells_can_be_kept(body: bytes, kind: str, text: str) -> None:
    hooks.moment(text)
    fields = hooks.fields_of(body, kind)
    heard = hooks.sms(fields, SMS) if fields is not None else hooks.Heard()

    assert all(is_fit(message.text) for message in heard.messages)
