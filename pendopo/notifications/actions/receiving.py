"""What providers tell: receipts of our messages, and messages of citizens."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from pendopo.audit import actions as audit
from pendopo.kernel import events
from pendopo.notifications.actions._receiving import apply
from pendopo.notifications.events import MessageCame
from pendopo.notifications.models import Attempt, Incoming, Message, Receipt
from pendopo.notifications.models.messages import ADDRESS
from pendopo.notifications.models.receipts import INCOMING
from pendopo.notifications.types import Came, Told
from pendopo.tenancy import wall
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

# A provider's clock may be so much ahead of ours.
AHEAD = timedelta(minutes=10)


@transaction.atomic
def take_receipts(mall: Mall, channel: str, told: Sequence[Told], *, at: datetime) -> int:
    """Keep receipts and let them count; return how many were new. What is not known here yet counts when it is.

    Stand inside the mall. The same ones again, in another order or late, give the same end.
    """
    told = [replace(one, at=_believable(one.at, at)) for one in told]
    attempts = _attempts_of(mall, channel, told, at=at)
    new = 0
    for one in told:
        assert one.at
        key = {"mall": mall, "channel": channel, "provider_id": one.provider_id, "state": one.state, "at": one.at}
        if Receipt.objects.filter(**key).exists():
            continue
        receipt = Receipt(**key, received_at=at, reason=one.reason[:60])
        Receipt.objects.bulk_create([receipt], ignore_conflicts=True)
        new += 1
        if attempt := attempts.get(one.provider_id):
            apply(Message.objects.get(pk=attempt.message_id, mall=mall), attempt, receipt, at=at)
    return new


def _attempts_of(mall: Mall, channel: str, told: Sequence[Told], *, at: datetime) -> dict[str, Attempt]:
    """Return the attempts that receipts are about, by the provider's number; their messages stay locked."""
    rows = Attempt.objects.filter(mall=mall, channel=channel)
    numbers = {one.provider_id for one in told}
    codes = {code: one.provider_id for one in told if (code := _uuid(one.code))}
    concerned = set(rows.filter(provider_id__in=numbers).values_list("message", flat=True))
    named = dict(Message.objects.filter(mall=mall, code__in=codes).values_list("pk", "code"))
    list(Message.objects.select_for_update().filter(mall=mall, pk__in=concerned | set(named)).order_by("pk"))
    found = {attempt.provider_id: attempt for attempt in rows.filter(provider_id__in=numbers).order_by("pk")}
    for pk, code in named.items():
        if codes[code] not in found:
            last = rows.filter(message=pk, provider_id="").order_by("-pk").first()
            if last and last.outcome in {Attempt.Outcome.OPEN, Attempt.Outcome.UNSURE}:
                found[codes[code]] = _ended(last, codes[code], at=at)
    return found


def _ended(attempt: Attempt, number: str, *, at: datetime) -> Attempt:
    """The provider knows our code: it has the message, whatever we heard of its answer."""
    attempt.provider_id, attempt.outcome, attempt.ended_at = number, Attempt.Outcome.HANDED, at
    attempt.save(update_fields=["provider_id", "outcome", "ended_at"])
    return attempt


@transaction.atomic
def take_incoming(mall: Mall, channel: str, came: Sequence[Came], *, at: datetime) -> int:
    """Keep what citizens wrote, sealed, once each, and tell the modules above by a job; return how many were new.

    Stand inside the mall.
    """
    sender, text = Sealer(mall.pk, ADDRESS), Sealer(mall.pk, INCOMING)
    new = 0
    for one in came:
        if Incoming.objects.filter(mall=mall, channel=channel, provider_id=one.provider_id).exists():
            continue
        row = Incoming(
            mall=mall, channel=channel, provider_id=one.provider_id, at=_believable(one.at, at), received_at=at,
            sender_sealed=sender.seal(one.sender.encode()), text_sealed=text.seal(one.text.encode()),
        )  # fmt: skip
        Incoming.objects.bulk_create([row], ignore_conflicts=True)
        kept = Incoming.objects.get(mall=mall, channel=channel, provider_id=one.provider_id)
        audit.record("message.came", f"incoming:{kept.pk}", by=None, at=at)
        tell_incoming.defer(mall=mall.pk, incoming=kept.pk)
        new += 1
    return new


@app.task(name="notifications.tell_incoming", pass_context=False)
def tell_incoming(mall: int, incoming: int) -> None:
    """Tell the modules above of a message that came: what breaks there does not undo that it was kept."""
    with wall.inside(mall):
        row = Incoming.objects.filter(mall=mall, pk=incoming).first()
        if row:
            events.publish(MessageCame(mall, row.pk, row.channel, row.at))


def _believable(told: datetime | None, at: datetime) -> datetime:
    """Return the provider's moment, or now where it names none, or one that has not come yet."""
    return told if told and told <= at + AHEAD else at


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(hex=text) if len(text) == 32 else None
    except ValueError:
        return None
