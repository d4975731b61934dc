"""Words and addresses are kept no longer than they are needed (UU 27/2022, art. 16)."""

from datetime import datetime, timedelta

from django.db import transaction

from pendopo.audit import actions as audit
from pendopo.notifications.models import Attempt, Incoming, Message
from pendopo.tenancy.models import Mall

# So long a citizen reads a message in the list; afterwards only that there was one.
TERM = timedelta(days=180)
BATCH = 5000


@transaction.atomic
def forget(mall: Mall, *, at: datetime) -> int:
    """Remove the values and addresses of old messages, and old messages of citizens; return how many.

    Stand inside the mall. What is removed stays countable: template, channel and moments name nobody.
    """
    before = at - TERM
    rows = Message.objects.filter(mall=mall, forgotten_at=None, written_at__lt=before)
    old = list(rows.order_by("written_at")[:BATCH].values_list("pk", flat=True))
    Message.objects.filter(pk__in=old, mall=mall).update(data_sealed=b"", contact_sealed=b"", forgotten_at=at)
    Attempt.objects.filter(mall=mall, message__in=old).update(address_sealed=b"")
    came = list(Incoming.objects.filter(mall=mall, received_at__lt=before).order_by("pk")[:BATCH])
    Incoming.objects.filter(mall=mall, pk__in=[row.pk for row in came]).delete()
    if old or came:
        audit.record("messages.forgotten", f"mall:{mall.pk}", by=None, at=at, after={"out": len(old), "in": len(came)})
    return len(old) + len(came)
