"""What providers tell counts the same in any order and number, and whatever strangers send breaks nothing."""

import itertools
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pendopo.notifications.actions import forgetting, receiving
from pendopo.notifications.channels import hooks
from pendopo.notifications.events import MessageCame
from pendopo.notifications.models import Attempt, Incoming, Message, Receipt
from pendopo.notifications.tests import make
from pendopo.notifications.tests.make import Providers
from pendopo.notifications.types import Came, SmsSettings, WhatsAppSettings
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from simulators.messages.sms import SimulatedSms

pytestmark = pytest.mark.django_db
TELLS = ["sent", "delivered", "read", "failed"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "changes", "value", "statuses", "messages", "id", "status", "timestamp", "from", "text"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def call(here: Mall, there: Providers, body: bytes, signature: str | None = None) -> int:
    """Call the webhook of WhatsApp, signed unless told otherwise."""
    signed = there.whatsapp.signature(body) if signature is None else signature
    return Client(raise_request_exception=False).post(
        reverse("notifications:whatsapp_hook", args=[here.slug]), body, content_type="application/json",
        headers={"X-Hub-Signature-256": signed},
    ).status_code  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(TELLS)), ids="-".join)
def test_the_end_is_the_same_in_any_order_and_twice(order: tuple[str, ...]) -> None:
    here = make.mall()
    with make.providers("whatsapp") as there:
        written = make.message(here)
        make.send(here)
        (taken,) = there.whatsapp.taken
        for state in [*order, *order]:
            at = make.AT.timestamp() + TELLS.index(state)
            assert call(here, there, there.whatsapp.receipts(taken, [state], at=at)) == 200

    end = make.again(here, written)
    assert (end.standing, end.state) == ("seen", Message.State.HANDED)
    assert end.delivered_at == make.AT + timedelta(seconds=1)
    assert end.refused_at == make.AT + timedelta(seconds=3)
    with wall.inside(here.pk):
        assert Receipt.objects.count() == 4


def test_a_failure_told_later_goes_on_to_the_next_channel_once() -> None:
    here = make.mall()
    with make.providers("whatsapp", "sms") as there:
        make.message(here)
        make.send(here)
        body = there.whatsapp.receipts(there.whatsapp.taken[0], ["failed"], at=make.AT.timestamp())
        assert [call(here, there, body) for _each in range(3)] == [200] * 3
        with wall.inside(here.pk):
            due = make.by_day(Message.objects.get().due_at)
        make.send(here, due)
        assert call(here, there, body) == 200
        make.send(here, due)

        assert len(there.sms.taken) == 1


def test_a_receipt_that_overtakes_the_answer_counts() -> None:
    here = make.mall()
    with make.providers("sms") as there:
        written = make.message(here)
        with wall.inside(here.pk):
            Receipt.objects.create(
                mall=here, channel="sms", provider_id="sms-1", state="delivered", at=make.AT, received_at=make.AT
            )
        make.send(here)

    assert len(there.sms.taken) == 1
    assert make.again(here, written).standing == "delivered"


def test_a_gateway_of_sms_shows_its_token() -> None:
    here = make.mall()
    with make.providers("sms") as there:
        written = make.message(here)
        make.send(here)
        body = there.sms.receipt(there.sms.taken[0], "DELIVRD", "2026-11-23T03:00:05Z")
        answers = []
        for token in ("", "x", "é", there.sms.token):
            answer = Client().post(
                reverse("notifications:sms_hook", args=[here.slug]), body, content_type="application/json",
                headers={"X-Token": token},
            )  # fmt: skip
            answers.append(answer.status_code)

        form = f"token={there.sms.token}&id=sms-9&state=DELIVRD"
        kind = "application/x-www-form-urlencoded"
        address = reverse("notifications:sms_hook", args=[here.slug])
        answers.append(Client().post(address, form, content_type=kind).status_code)

    assert answers == [403, 403, 403, 200, 200]
    assert make.again(here, written).standing == "delivered"


def test_meta_is_answered_only_with_the_agreed_word() -> None:
    here = make.mall()
    address = reverse("notifications:whatsapp_hook", args=[here.slug])
    with make.providers("whatsapp") as there:
        told = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": there.whatsapp.verify_token}
        answer = Client().get(address, told)
        wrong = Client().get(address, told | {"hub.verify_token": "x"})

    assert (answer.status_code, answer.content, answer["Content-Type"]) == (
        200, b"1158201444", "text/plain; charset=utf-8",
    )  # fmt: skip
    assert wrong.status_code == 403
    # Where nothing is set up, nothing is there.
    assert Client().get(address, told).status_code == 404


def test_what_a_citizen_wrote_is_kept_once_sealed_and_told_above(listen: Callable[[type], list[object]]) -> None:
    here, heard = make.mall(), listen(MessageCame)
    with make.providers("whatsapp") as there:
        body = there.whatsapp.message("6281298765432", "Kapan KTP saya jadi?", "wamid.in1", at=make.AT.timestamp())
        assert [call(here, there, body), call(here, there, body)] == [200, 200]
    with wall.inside(here.pk):
        (kept,) = Incoming.objects.all()
        assert (kept.sender, kept.text) == ("6281298765432", "Kapan KTP saya jadi?")
        assert b"KTP" not in bytes(kept.text_sealed)
    receiving.tell_incoming(here.pk, kept.pk)

    assert heard == [MessageCame(here.pk, kept.pk, "whatsapp", make.AT)]


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "sha1=x", "é"])
def test_without_the_signature_nothing_is_read(signature: str) -> None:
    here = make.mall()
    with make.providers("whatsapp") as there:
        body = there.whatsapp.message("6281298765432", "Palsu", "wamid.x")
        assert call(here, there, body, signature) == 403
    with wall.inside(here.pk):
        assert not Incoming.objects.exists()


@FUZZ
@given(
    st.binary(max_size=200) | JSON.map(lambda told: json.dumps({"entry": [{"changes": [{"value": told}]}]}).encode())
)
def test_no_signed_body_breaks_the_webhook(body: bytes) -> None:
    here = _fuzzed()
    with make.providers("whatsapp") as there:
        assert call(here, there, body) in {200, 422}


@FUZZ
@given(JSON, st.text(max_size=80))
def test_no_body_and_no_header_breaks_the_reading(content: object, header: str) -> None:
    told = WhatsAppSettings(number_id="1", token="t", app_secret="12345678", verify_token="12345678")
    sms = SmsSettings.model_validate(SimulatedSms(port=1).settings)
    body = json.dumps(content).encode()
    hooks.is_signed(body, header, "secret")
    hooks.whatsapp(body, told)
    fields = hooks.fields_of(body, "application/json")
    if fields is not None:
        hooks.sms(fields, sms)
    hooks.fields_of(header.encode(errors="replace"), "application/x-www-form-urlencoded")
    hooks.moment(header)


_mall: list[Mall] = []


def _fuzzed() -> Mall:
    """Return one mall for all examples of a test: each test has its own."""
    found = Mall.objects.filter(slug=_mall[0].slug).first() if _mall else None
    if found is None:
        _mall[:] = [make.mall()]
    return _mall[0]


def test_words_and_addresses_are_forgotten_after_their_term() -> None:
    here = make.mall()
    with make.providers("sms"):
        old = make.message(here)
        make.send(here)
    with wall.inside(here.pk):
        receiving.take_incoming(here, "sms", [Came("in-1", "62812", "Halo", make.AT)], at=make.AT)
        after = make.AT + forgetting.TERM + timedelta(days=1)
        assert forgetting.forget(here, at=make.AT) == 0
        assert forgetting.forget(here, at=after) == 2
        assert forgetting.forget(here, at=after) == 0
        assert Attempt.objects.get().address == ""
        assert not Incoming.objects.exists()

    assert (make.again(here, old).forgotten_at, make.again(here, old).state) == (after, Message.State.HANDED)
