"""What a receipt means for its message: the same, however often and in whatever order receipts come. For actions only.

The caller has locked the messages.
"""

from collections.abc import Iterable
from datetime import datetime

from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.notifications.events import MessageLost
from pendopo.notifications.models import Attempt, Message, Receipt
from pendopo.tenancy.models import Mall

ARRIVED = frozenset({Receipt.State.DELIVERED, Receipt.State.READ})
MOMENTS = ["delivered_at", "seen_at", "refused_at"]


def apply_early(mall: Mall, attempts: Iterable[Attempt], *, at: datetime) -> None:
    """Apply the receipts that overtook the provider's own answer."""
    by_number = {(attempt.channel, attempt.provider_id): attempt for attempt in attempts}
    numbers = {number for _channel, number in by_number}
    if not numbers:
        return
    for receipt in Receipt.objects.filter(mall=mall, provider_id__in=numbers).order_by("pk"):
        attempt = by_number.get((receipt.channel, receipt.provider_id))
        if attempt is not None:
            apply(Message.objects.get(mall=mall, pk=attempt.message_id), attempt, receipt, at=at)


def apply(message: Message, attempt: Attempt, receipt: Receipt, *, at: datetime) -> None:
    """Let one receipt of an attempt count."""
    if receipt.state == Receipt.State.FAILED:
        message.refused_at = _earlier(message.refused_at, receipt.at)
    elif receipt.state in ARRIVED:
        message.delivered_at = _earlier(message.delivered_at, receipt.at)
    if receipt.state == Receipt.State.READ:
        message.seen_at = _earlier(message.seen_at, receipt.at)
    if receipt.state != Receipt.State.FAILED:
        _take_as_handed(message, attempt, receipt)
    elif _may_go_on(message, attempt):
        message.fall_back(receipt.reason or "failed", at=at)
        if message.state == Message.State.FAILED:
            audit.record("message.failed", f"message:{message.pk}", by=None, at=at, after={"reason": message.reason})
            events.publish(MessageLost(message.mall_id, message.pk, message.about, at))
    message.save(update_fields=[*MOMENTS, "state", "channel", "fallbacks", "reason", "due_at", "handed_at"])


def _take_as_handed(message: Message, attempt: Attempt, receipt: Receipt) -> None:
    """Whoever has told of it has got it: what was unsure, given up or about to go elsewhere, was handed over."""
    has_come = receipt.state in ARRIVED
    unsure = message.state in {Message.State.UNSURE, Message.State.SENDING} and _is_latest(message, attempt)
    if unsure or (has_come and message.state in {Message.State.WAITING, Message.State.FAILED, Message.State.UNSURE}):
        message.move_to(Message.State.HANDED)
        message.channel, message.reason = attempt.channel, ""
        message.handed_at = message.handed_at or attempt.begun_at


def _may_go_on(message: Message, attempt: Attempt) -> bool:
    """Whether a failure is news: nothing has arrived, and no later attempt was made since."""
    waits = message.state in {Message.State.HANDED, Message.State.UNSURE}
    return waits and not message.has_arrived and message.channel == attempt.channel and _is_latest(message, attempt)


def _is_latest(message: Message, attempt: Attempt) -> bool:
    return not Attempt.objects.filter(mall=message.mall_id, message=message, pk__gt=attempt.pk).exists()


def _earlier(known: datetime | None, told: datetime) -> datetime:
    return min(known, told) if known else told
