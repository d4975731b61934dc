"""What a dead worker left, what nobody knows of, and what nobody took for days.

Where the channel keeps our key a message is handed over again under the same one, and arrives once. Where it does not,
nobody can know: it is not sent twice, and the manager is told, unless receipts say what became of it.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from pendopo.audit import actions as audit
from pendopo.notifications import channels
from pendopo.notifications.actions._moving import doubt, lose
from pendopo.notifications.models import Attempt, Message, Receipt
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall

# A channel that tells of others so long after, and not of this one, has not got it.
SILENCE = timedelta(hours=1)
BATCH = 500


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
                doubt(message, "broken off", at=at)
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
            lose(message, at=at)
    return len(old)


def reconsider(mall: Mall, *, at: datetime) -> int:
    """Try again what was unsure where receipts of later messages came and none of it; return how many.

    Here, and only here, a message may arrive twice: when its own receipt alone was lost.
    """
    with wall.inside(mall.pk):
        heard = Receipt.objects.filter(mall=mall, received_at__gte=at - 24 * SILENCE).values("channel")
        again = 0
        for channel, last in heard.annotate(last=Max("received_at")).order_by().values_list("channel", "last"):
            before = min(last, at) - SILENCE
            rows = Message.objects.filter(mall=mall, state=Message.State.UNSURE, channel=channel, expires_at__gt=at)
            for message in rows.select_for_update(skip_locked=True).order_by("pk")[:BATCH]:
                attempt = Attempt.objects.filter(mall=mall, message=message).order_by("-pk").first()
                if attempt and attempt.begun_at <= before and not attempt.provider_id:
                    message.try_at(at, message.reason)
                    message.save(update_fields=["state", "due_at", "reason"])
                    audit.record("message.reconsidered", f"message:{message.pk}", by=None, at=at)
                    again += 1
    return again
