"""What is due is carried: claimed in a transaction, handed over outside of one, settled in another.

Whatever dies in between leaves an attempt without an outcome. Where the channel keeps our key the message is handed over
again under the same one; where it does not, nobody can know, and the manager is told: it is not sent twice.
"""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.notifications import channels
from pendopo.notifications.actions import _breaking as breaking
from pendopo.notifications.actions._receiving import apply_early
from pendopo.notifications.channels import AddressRefused, ChannelDown, Unsure
from pendopo.notifications.events import MessageLost
from pendopo.notifications.models import MOVES, Attempt, Message
from pendopo.notifications.models.messages import ADDRESS
from pendopo.notifications.queries.addresses import addresses_of, awake, preferences_of
from pendopo.notifications.types import NEEDS
from pendopo.notifications.wording import Words, words_of
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

# So many are in the air at once: what a kill leaves without an outcome.
BATCH = 25
AT_ONCE = 8
# Longer than the slowest channel takes with all of a batch.
LEASE = timedelta(minutes=3)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)
# One run of the job ends after this, so that every mall has its turn.
TURN = timedelta(seconds=50)

type Clock = Callable[[], datetime]
type Outcome = Attempt.Outcome


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way to one address."""

    message_id: int
    attempt_id: int
    channel: str
    address: str
    words: Words
    language: str
    key: str
    mall: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a parcel: the provider's number, or why it was not taken."""

    outcome: Outcome
    provider_id: str = ""
    reason: str = ""


def send_due(mall: Mall, *, clock: Clock = timezone.now, chance: Callable[[], float] = random.random) -> int:
    """Carry what is due in a mall, and return how many messages were handed over. Stand outside any transaction.

    Give up what is too old, and settle what a dead worker left. Several may run at once.
    """
    begun, handed = clock(), 0
    give_up(mall, at=begun)
    recover(mall, at=begun)
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="carrier") as pool:
        while clock() - begun < TURN:
            parcels, is_more = claim(mall, at=clock())
            answers = list(pool.map(_hand_over, parcels))
            handed += settle(mall, zip(parcels, answers, strict=True), at=clock(), chance=chance)
            if not is_more:
                break
    return handed


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
                _leave_channel(message, "no address", at=at)
            else:
                leaving.append((message, address))
        return _begun(mall, leaving, at=at), len(taken) > len(on_trial)


def _due(mall: Mall, channel: str, most: int, *, at: datetime) -> list[Message]:
    rows = Message.objects.filter(mall=mall, state=Message.State.WAITING, channel=channel, due_at__lte=at)
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    return list(locked.select_related("account", "person__account").order_by("due_at", "pk")[:most])


def _begun(mall: Mall, leaving: list[tuple[Message, str]], *, at: datetime) -> list[Parcel]:
    sealer = Sealer(mall.pk, ADDRESS)
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
            words_of(message.template, message.language, message.data), message.language, message.code.hex, mall.slug,
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
    except Exception as error:  # noqa: BLE001 - of one provider's answer; the other messages go on
        return Answer(Attempt.Outcome.UNSURE, reason=type(error).__name__[:60])
    return Answer(Attempt.Outcome.HANDED, provider_id=number.replace("\x00", "")[:200])


def settle(
    mall: Mall, answered: Iterable[tuple[Parcel, Answer]], *, at: datetime, chance: Callable[[], float] = random.random
) -> int:
    """Write down what became of parcels, and return how many were handed over."""
    told = {parcel.attempt_id: (parcel, answer) for parcel, answer in answered}
    if not told:
        return 0
    with wall.inside(mall.pk):
        numbers = [parcel.message_id for parcel, _answer in told.values()]
        locked = Message.objects.select_for_update().filter(mall=mall, pk__in=numbers).order_by("pk")
        messages = {message.pk: message for message in locked}
        attempts = [
            attempt
            for attempt in Attempt.objects.filter(mall=mall, pk__in=told).order_by("pk")
            if _is_ours(attempt, told[attempt.pk][1])
        ]
        handed: list[int] = []
        for attempt in attempts:
            answer = told[attempt.pk][1]
            attempt.outcome, attempt.ended_at = answer.outcome, at
            attempt.provider_id, attempt.reason = answer.provider_id, answer.reason
            message = messages[attempt.message_id]
            if answer.outcome != Attempt.Outcome.HANDED:
                _go_on(mall, message, answer, at=at, chance=chance)
            elif Message.State.HANDED in MOVES[Message.State(message.state)]:
                handed.append(message.pk)
        Attempt.objects.bulk_update(attempts, ["outcome", "ended_at", "provider_id", "reason"])
        Message.objects.filter(mall=mall, pk__in=handed).update(state=Message.State.HANDED, handed_at=at, reason="")
        _note_channels(mall, [(attempt.channel, told[attempt.pk][1]) for attempt in attempts], at=at)
        apply_early(mall, [attempt for attempt in attempts if attempt.provider_id], at=at)
    return len(handed)


def _is_ours(attempt: Attempt, answer: Answer) -> bool:
    """Whether an answer still counts: nobody took us for dead meanwhile, or it tells more than that."""
    broken_off = attempt.outcome == Attempt.Outcome.UNSURE and answer.outcome == Attempt.Outcome.HANDED
    return attempt.ended_at is None or broken_off


def _go_on(mall: Mall, message: Message, answer: Answer, *, at: datetime, chance: Callable[[], float]) -> None:
    """Decide about a message that was not surely handed over."""
    if answer.outcome == Attempt.Outcome.REFUSED:
        _leave_channel(message, answer.reason, at=at)
        return
    if answer.outcome == Attempt.Outcome.UNSURE and not channels.is_repeatable(message.channel, mall=mall.slug):
        _doubt(message, answer.reason, at=at)
        return
    message.tries = min(message.tries + 1, 1000)
    message.try_at(at + _pause(message.tries, chance()), answer.reason)
    message.save(update_fields=["state", "due_at", "reason", "tries"])


def _pause(tries: int, chance: float) -> timedelta:
    """Return how long a message waits after so many tries: twice as long each time, and no two the same."""
    return min(FIRST_PAUSE * 2 ** min(tries - 1, 10), LONGEST_PAUSE) * (0.5 + chance)


def _note_channels(mall: Mall, answered: list[tuple[str, Answer]], *, at: datetime) -> None:
    for channel in sorted({channel for channel, _answer in answered}):
        failures = [answer.reason if _is_failure(answer) else "" for name, answer in answered if name == channel]
        if all(failures):
            for reason in failures:
                breaking.note(mall, channel, failed=reason, at=at)
        else:
            breaking.note(mall, channel, failed="", at=at)


def _is_failure(answer: Answer) -> bool:
    return answer.outcome in {Attempt.Outcome.DOWN, Attempt.Outcome.UNSURE}


def recover(mall: Mall, *, at: datetime) -> int:
    """Settle what a dead worker left behind: again where the channel keeps our key, else nobody can know."""
    with wall.inside(mall.pk):
        rows = Message.objects.filter(mall=mall, state=Message.State.SENDING, due_at__lte=at)
        left = list(rows.select_for_update(skip_locked=True).order_by("pk"))
        Attempt.objects.filter(mall=mall, message__in=left, ended_at=None).update(
            ended_at=at, outcome=Attempt.Outcome.UNSURE, reason="broken off"
        )
        for message in left:
            if channels.is_repeatable(message.channel, mall=mall.slug):
                message.try_at(at, "broken off")
                message.save(update_fields=["state", "due_at", "reason"])
            else:
                _doubt(message, "broken off", at=at)
    return len(left)


def give_up(mall: Mall, *, at: datetime) -> int:
    """Fail what nobody took for days, and tell the modules above; return how many."""
    with wall.inside(mall.pk):
        rows = Message.objects.filter(mall=mall, state=Message.State.WAITING, expires_at__lte=at)
        old = list(rows.select_for_update(skip_locked=True).order_by("pk"))
        for message in old:
            message.reason = message.reason or "expired"
            message.move_to(Message.State.FAILED)
            message.save(update_fields=["state", "reason"])
            _lose(message, at=at)
    return len(old)


def _doubt(message: Message, reason: str, *, at: datetime) -> None:
    message.reason = reason
    message.move_to(Message.State.UNSURE)
    message.save(update_fields=["state", "reason"])
    audit.record("message.unsure", f"message:{message.pk}", by=None, at=at, after={"reason": reason})


def _leave_channel(message: Message, reason: str, *, at: datetime) -> None:
    message.fall_back(reason, at=at)
    message.save(update_fields=["state", "channel", "fallbacks", "due_at", "reason"])
    if message.state == Message.State.FAILED:
        _lose(message, at=at)


def _lose(message: Message, *, at: datetime) -> None:
    audit.record("message.failed", f"message:{message.pk}", by=None, at=at, after={"reason": message.reason})
    events.publish(MessageLost(message.mall_id, message.pk, message.about, at))
