"""What became of messages that were handed over, or not, is written down."""

import random
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import connection

from pendopo.notifications import channels
from pendopo.notifications.actions import _breaking as breaking
from pendopo.notifications.actions._moving import doubt, leave_channel
from pendopo.notifications.actions._parcels import Answer, Parcel
from pendopo.notifications.actions._receiving import apply_early
from pendopo.notifications.models import MOVES, Attempt, Message
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

ENDED = """
    UPDATE notifications_attempt AS attempt
       SET ended_at = told.at, outcome = told.outcome, provider_id = told.provider_id, reason = told.reason
      FROM (SELECT %s::bigint AS mall, %s::timestamptz AS at, each.*
              FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
                AS each (attempt, outcome, provider_id, reason)) AS told
     WHERE attempt.mall_id = told.mall AND attempt.id = told.attempt
"""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=1)


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
        _write_down(mall, attempts, at=at)
        Message.objects.filter(mall=mall, pk__in=handed).update(state=Message.State.HANDED, handed_at=at, reason="")
        _note_channels(mall, [(attempt.channel, told[attempt.pk][1]) for attempt in attempts], at=at)
        apply_early(mall, [attempt for attempt in attempts if attempt.provider_id], at=at)
    return len(handed)


def _write_down(mall: Mall, attempts: list[Attempt], *, at: datetime) -> None:
    """Write outcomes in one statement of one shape; `bulk_update` would make a branch for each row and column."""
    columns = (
        [each.pk for each in attempts],
        [each.outcome for each in attempts],
        [each.provider_id for each in attempts],
        [each.reason for each in attempts],
    )
    with connection.cursor() as cursor:
        cursor.execute(ENDED, [mall.pk, at, *columns])


def _is_ours(attempt: Attempt, answer: Answer) -> bool:
    """Whether an answer still counts: nobody took us for dead meanwhile, or it tells more than that."""
    broken_off = attempt.outcome == Attempt.Outcome.UNSURE and answer.outcome == Attempt.Outcome.HANDED
    return attempt.ended_at is None or broken_off


def _go_on(mall: Mall, message: Message, answer: Answer, *, at: datetime, chance: Callable[[], float]) -> None:
    """Decide about a message that was not surely handed over."""
    if answer.outcome == Attempt.Outcome.REFUSED:
        leave_channel(message, answer.reason, at=at)
        return
    if answer.outcome == Attempt.Outcome.UNSURE and not channels.is_repeatable(message.channel, mall=mall.slug):
        doubt(message, answer.reason, at=at)
        return
    message.tries = min(message.tries + 1, 1000)
    message.try_at(at + _pause(message.tries, chance()), answer.reason)
    message.save(update_fields=["state", "due_at", "reason", "tries"])


def _pause(tries: int, chance: float) -> timedelta:
    """Return how long a message waits after so many tries: twice as long each time, and no two the same."""
    longest: timedelta = min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)
    return longest * (0.5 + chance)


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
