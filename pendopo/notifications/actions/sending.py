"""What is due is carried: claimed in a transaction, handed over outside of one, settled in another.

Whatever dies in between leaves an attempt without an outcome (`recovering.py`).
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.utils import timezone

from pendopo.notifications import channels
from pendopo.notifications.actions import _breaking as breaking
from pendopo.notifications.actions import recovering, settling
from pendopo.notifications.actions._moving import leave_channel
from pendopo.notifications.actions._parcels import Answer, Parcel
from pendopo.notifications.channels import AddressRefused, ChannelDown, Unsure
from pendopo.notifications.models import Attempt, Message
from pendopo.notifications.models.messages import ADDRESS, DATA
from pendopo.notifications.queries.addresses import addresses_of, awake, preferences_of
from pendopo.notifications.types import NEEDS
from pendopo.notifications.wording import words_of
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

# So many are in the air at once: what a kill leaves without an outcome.
BATCH = 50
AT_ONCE = 8
# Longer than the slowest channel takes with all of a batch.
LEASE = timedelta(minutes=3)
# One run of the job ends after this, so that every mall has its turn.
TURN = timedelta(seconds=50)

type Clock = Callable[[], datetime]


def send_due(mall: Mall, *, clock: Clock = timezone.now, chance: Callable[[], float] = random.random) -> int:
    """Carry what is due in a mall, and return how many messages were handed over. Stand outside any transaction.

    Give up what is too old, and settle what a dead worker left. Several may run at once.
    """
    begun, handed = clock(), 0
    recovering.give_up(mall, at=begun)
    recovering.recover(mall, at=begun)
    recovering.reconsider(mall, at=begun)
    _listen(mall, at=begun)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="carrier") as pool:
        while clock() - begun < TURN:
            parcels, is_more = claim(mall, at=clock())
            answers = list(pool.map(_hand_over, parcels))
            handed += settling.settle(mall, zip(parcels, answers, strict=True), at=clock(), chance=chance)
            if not is_more:
                break
    return handed


def _listen(mall: Mall, *, at: datetime) -> None:
    """Let channels rest on that did not answer and do not yet, before a message is tried in vain."""
    with wall.inside(mall.pk):
        on_trial = breaking.on_trial(mall, at=at)
    silent = [channel for channel in sorted(on_trial) if not channels.answers(channel, mall=mall.slug)]
    if silent:
        with wall.inside(mall.pk):
            for channel in silent:
                breaking.note(mall, channel, failed="no answer", at=at)


def claim(mall: Mall, *, at: datetime, most: int = BATCH) -> tuple[list[Parcel], bool]:
    """Take some messages that are due, and write down that they are being handed over before they are.

    Return also whether there may be more. What comes in quiet hours is put off; what has no address left goes on to its
    next channel.
    """
    with wall.inside(mall.pk):
        resting, on_trial = breaking.resting(mall, at=at), breaking.on_trial(mall, at=at)
        taken: list[Message] = []
        for channel in channels.CHANNELS:
            if channel not in resting and len(taken) < most:
                share = 1 if channel in on_trial else most - len(taken)
                taken += _due(mall, channel, share, at=at)
        if not taken:
            return [], False
        preferences = preferences_of(mall, taken)
        addresses = addresses_of(mall, taken)
        leaving: list[tuple[Message, str]] = []
        for message in taken:
            address = addresses[message.pk].get(NEEDS[message.channel], "")
            later = at if message.is_urgent else awake(mall, preferences.get(message.pk), at)
            if later > at:
                message.try_at(later)
                message.save(update_fields=["state", "due_at", "reason"])
            elif not address:
                leave_channel(message, "no address", at=at)
            else:
                leaving.append((message, address))
        return _begun(mall, leaving, at=at), len(taken) > len(on_trial)


def _due(mall: Mall, channel: str, most: int, *, at: datetime) -> list[Message]:
    rows = Message.objects.filter(mall=mall, state=Message.State.WAITING, channel=channel, due_at__lte=at)
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    return list(locked.select_related("account", "person__account").order_by("due_at", "pk")[:most])


def _begun(mall: Mall, leaving: list[tuple[Message, str]], *, at: datetime) -> list[Parcel]:
    sealer, opener = Sealer(mall.pk, ADDRESS), Sealer(mall.pk, DATA)
    attempts = Attempt.objects.bulk_create(
        Attempt(
            mall=mall, message=message, channel=message.channel, begun_at=at,
            address_sealed=sealer.seal(address.encode()),
        )
        for message, address in leaving
    )  # fmt: skip
    numbers = [message.pk for message, _address in leaving]
    for message, _address in leaving:
        message.move_to(Message.State.SENDING)
    Message.objects.filter(mall=mall, pk__in=numbers).update(state=Message.State.SENDING, due_at=at + LEASE)
    return [
        Parcel(
            message.pk, attempt.pk, message.channel, address,
            words_of(message.template, message.language, message.data_by(opener)), message.language, message.code.hex,
            mall.slug,
        )
        for (message, address), attempt in zip(leaving, attempts, strict=True)
    ]  # fmt: skip


def _hand_over(parcel: Parcel) -> Answer:
    """Ask the channel; whatever else breaks inside an adapter counts as unsure, and never ends the run."""
    try:
        number = channels.deliver(
            parcel.channel, parcel.address, subject=parcel.words.subject, text=parcel.words.text,
            language=parcel.language, key=parcel.key, mall=parcel.mall,
        )  # fmt: skip
    except AddressRefused as refusal:
        return Answer(Attempt.Outcome.REFUSED, reason=str(refusal)[:60])
    except Unsure as doubt:
        return Answer(Attempt.Outcome.UNSURE, reason=str(doubt)[:60])
    except ChannelDown as failure:
        return Answer(Attempt.Outcome.DOWN, reason=str(failure)[:60])
    except Exception as error:
        return Answer(Attempt.Outcome.UNSURE, reason=type(error).__name__[:60])
    return Answer(Attempt.Outcome.HANDED, provider_id=number.replace("\x00", "")[:200])
