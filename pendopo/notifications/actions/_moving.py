"""Where a message goes when it was not surely handed over. For actions only: the message is locked."""

from datetime import datetime

from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.notifications.events import MessageLost
from pendopo.notifications.models import Message


def doubt(message: Message, reason: str, *, at: datetime) -> None:
    """Nobody can know whether it was handed over: the manager is told, and it is not sent twice."""
    message.reason = reason
    message.move_to(Message.State.UNSURE)
    message.save(update_fields=["state", "reason"])
    audit.record("message.unsure", f"message:{message.pk}", by=None, at=at, after={"reason": reason})


def leave_channel(message: Message, reason: str, *, at: datetime) -> None:
    """A channel will never reach its recipient: the next one is asked, or it has failed."""
    message.fall_back(reason, at=at)
    message.save(update_fields=["state", "channel", "fallbacks", "due_at", "reason"])
    if message.state == Message.State.FAILED:
        lose(message, at=at)


def lose(message: Message, *, at: datetime) -> None:
    """Nobody could be told: audit it, and tell the modules above."""
    audit.record("message.failed", f"message:{message.pk}", by=None, at=at, after={"reason": message.reason})
    events.publish(MessageLost(message.mall_id, message.pk, message.about, at))
