"""What is due is carried, once: whatever fails, rests, dies or comes back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from pendopo.notifications import channels
from pendopo.notifications.actions import receiving, recovering, sending, settling
from pendopo.notifications.actions._parcels import Answer, Parcel
from pendopo.notifications.channels import hooks
from pendopo.notifications.events import MessageLost
from pendopo.notifications.models import Attempt, Breaker, Message
from pendopo.notifications.tests import make
from pendopo.notifications.tests.make import Providers
from pendopo.notifications.types import Address, WhatsAppSettings
from pendopo.people.actions import identifying
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

pytestmark = pytest.mark.django_db
LATER, HALF_HOUR = timedelta(minutes=10), timedelta(minutes=30)


def states(here: Mall) -> dict[str, int]:
    with wall.inside(here.pk):
        found = list(Message.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def tell(there: Providers, here: Mall, *said: str, number: int = 0) -> None:
    """Let WhatsApp say what became of a message."""
    told = there.whatsapp
    for state in said:
        heard = hooks.whatsapp(told.receipts(told.taken[number], [state], at=make.AT.timestamp()), _settings(here))
        assert heard
        with wall.inside(here.pk):
            receiving.take_receipts(here, "whatsapp", heard.receipts, at=make.AT + LATER)


def _settings(here: Mall) -> WhatsAppSettings:
    told: WhatsAppSettings | None = settings.CHANNELS.of(here.slug).whatsapp
    assert told
    return told


def test_all_that_is_due_is_handed_over_once() -> None:
    here = make.mall()
    with make.providers() as there:
        written = [make.message(here) for _each in range(60)]
        later = make.message(here, at=make.AT + LATER)

        assert make.send(here) == 60
        assert make.send(here) == 0

    assert sorted(there.taken) == sorted(message.code.hex for message in written)
    assert make.again(here, later).state == Message.State.WAITING


def test_a_refused_address_goes_on_to_the_next_channel_and_at_last_to_the_manager() -> None:
    here, phone = make.mall(), "+6281200000001"
    with make.providers() as there:
        there.whatsapp.faults.refused = {phone[1:]}
        by_sms = make.message(here, Address("phone", phone))
        make.send(here)
        there.sms.faults.refused = {phone}
        lost = make.message(here, Address("phone", phone))
        make.send(here)

    assert there.taken == [by_sms.code.hex]
    assert (make.again(here, by_sms).channel, make.again(here, lost).state) == ("sms", Message.State.FAILED)
    assert make.again(here, lost).reason == "sms 200"


def test_who_fails_is_asked_less_and_less_and_rests() -> None:
    here = make.mall()
    with make.providers("sms") as there:
        there.sms.faults.down = "refuses"
        for _each in range(sending.BATCH + 15):
            make.message(here)
        asked = []
        for minute in range(0, 60, 1):
            before = _attempts(here)
            make.send(here, make.AT + timedelta(minutes=minute))
            asked.append(_attempts(here) - before)
        there.sms.faults.down = ""
        for minute in range(60, 90):
            make.send(here, make.AT + timedelta(minutes=minute))

    # The first batch finds out; then one message tries each ten minutes.
    assert asked[0] == sending.BATCH
    assert sum(asked[1:]) <= 8
    assert states(here) == {"handed": sending.BATCH + 15}
    with wall.inside(here.pk):
        assert Breaker.objects.get().failures == 0


def _attempts(here: Mall) -> int:
    with wall.inside(here.pk):
        return Attempt.objects.count()


@pytest.mark.parametrize("down", ["refuses", "silent"])
@pytest.mark.parametrize("channel", ["whatsapp", "sms", "mail"])
def test_a_provider_that_is_down_for_a_day_loses_nothing(channel: str, down: str) -> None:
    here = make.mall()
    address = Address("email", "warga@contoh.test") if channel == "mail" else None
    with make.providers(channel) as there:
        faults = {"whatsapp": there.whatsapp, "sms": there.sms, "mail": there.mail}[channel].faults  # type: ignore[attr-defined]
        faults.down = down
        written = []
        for half_hour in range(48):
            at = make.AT + half_hour * HALF_HOUR
            if half_hour % 2 == 0:
                written.append(make.message(here, address, at=at))
            make.send(here, at)
        assert there.taken == []
        faults.down = ""
        for half_hour in range(48, 96):
            make.send(here, make.AT + half_hour * HALF_HOUR)
        taken = there.taken

    assert len(taken) == len(set(taken))
    left = states(here)
    told = left.pop("unsure", 0)
    # A line that breaks without a word leaves a doubt where no key is kept: the manager is told of each.
    assert told == 0 if (down, channel) != ("silent", "whatsapp") else 0 < told <= 5
    assert left == {"handed": len(written) - told}
    assert len(taken) == len(written) - told


class Killed(BaseException):
    """What ends a worker: nothing catches it."""


def before_the_provider(parcel: Parcel) -> object:
    raise Killed


def test_a_receipt_settles_what_was_unsure() -> None:
    here = make.mall()
    with make.providers("whatsapp") as there:
        there.whatsapp.faults.breaks = 1
        written = make.message(here)
        make.send(here)
        assert make.again(here, written).state == Message.State.UNSURE
        tell(there, here, "sent", "read", "delivered")

    assert make.again(here, written).standing == "seen"
    assert len(there.taken) == 1


def test_silence_about_it_while_others_are_told_of_means_that_it_was_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = make.mall()
    with make.providers("whatsapp") as there:
        written = make.message(here)
        with monkeypatch.context() as dying:
            dying.setattr(sending, "_hand_over", before_the_provider)
            with pytest.raises(Killed):
                make.send(here)
        make.send(here, make.AT + LATER)
        assert make.again(here, written).state == Message.State.UNSURE
        after = make.AT + timedelta(hours=2)
        make.message(here, at=after)
        make.send(here, after)
        assert len(there.taken) == 1
        heard = hooks.whatsapp(there.whatsapp.receipts(there.whatsapp.taken[0], ["sent"]), _settings(here))
        assert heard
        with wall.inside(here.pk):
            receiving.take_receipts(here, "whatsapp", heard.receipts, at=after)
        assert recovering.reconsider(here, at=after) == 1
        make.send(here, after)

    assert make.again(here, written).state == Message.State.HANDED
    assert len(there.taken) == 2


def test_two_workers_take_each_message_once() -> None:
    here = make.mall()
    with make.providers("sms") as there:
        for _each in range(sending.BATCH + 5):
            make.message(here)
        first, _more = sending.claim(here, at=make.AT)
        second, _more = sending.claim(here, at=make.AT)

    assert (len(first), len(second)) == (sending.BATCH, 5)
    assert {one.message_id for one in first} & {one.message_id for one in second} == set()
    assert there.taken == []


def test_an_answer_that_comes_after_the_lease_still_counts() -> None:
    here = make.mall()
    with make.providers("whatsapp"):
        written = make.message(here)
        (parcel,), _more = sending.claim(here, at=make.AT)
        assert recovering.recover(here, at=make.AT + LATER) == 1
        answer = Answer(Attempt.Outcome.HANDED, "wamid.1")
        assert settling.settle(here, [(parcel, answer)], at=make.AT + LATER) == 1

    assert make.again(here, written).state == Message.State.HANDED


def test_a_lost_message_is_told_to_the_modules_above(listen: Callable[[type], list[object]]) -> None:
    here, heard = make.mall(), listen(MessageLost)
    with make.providers("sms") as there:
        there.sms.faults.refused = {"+6281200000009"}
        written = make.message(here, Address("phone", "+6281200000009"))
        make.send(here)

    assert heard == [MessageLost(here.pk, written.pk, "bill:1", make.AT)]


def test_a_channel_that_was_taken_away_is_down_and_nothing_is_lost() -> None:
    here = make.mall()
    with make.providers("sms"):
        written = make.message(here)
    make.send(here)
    assert make.again(here, written).reason == "not set up"
    with make.providers("sms") as there:
        make.send(here, make.AT + LATER)
        assert there.taken == [written.code.hex]


def test_who_left_a_channel_is_reached_by_the_next() -> None:
    here = make.mall()
    with make.providers() as there, wall.inside(here.pk):
        person = make.citizen(here, email="warga@contoh.test")
        written = make.message(here, person)
        identifying.remove_contact(person.contacts.get(kind="phone"), at=make.AT)
        make.send(here)

    assert make.again(here, written).channel == "mail"
    assert len(there.mail.taken) == 1
    assert there.mail.taken[0].language == "id"


def test_a_claim_that_finds_no_address_says_so() -> None:
    here = make.mall()
    with make.providers("sms"), wall.inside(here.pk):
        person = make.citizen(here)
        written = make.message(here, person)
        identifying.remove_contact(person.contacts.get(), at=make.AT)
        assert sending.claim(here, at=make.AT) == ([], True)

    assert make.again(here, written).reason == "no address"


def test_an_adapter_that_breaks_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.mall()
    with make.providers("sms"):
        written = make.message(here)
        monkeypatch.setattr(channels, "deliver", _broken)
        make.send(here)

    assert make.again(here, written).reason == "KeyError"


def _broken(*args: object, **named: object) -> str:
    raise KeyError("x")


def test_a_mall_without_channels_keeps_the_list() -> None:
    here = make.mall()
    with override_settings(MAIL_IS_SENT=False):
        assert make.send(here) == 0
