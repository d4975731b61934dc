"""Messages as their recipient reads them, and as the manager sees that they go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q

from pendopo.kernel.cursors import Page, page_by_number
from pendopo.notifications.channels import ready
from pendopo.notifications.models import Attempt, Breaker, Incoming, Message
from pendopo.notifications.models.messages import CHANNEL_CHOICES
from pendopo.notifications.reasons import in_words
from pendopo.notifications.wording import Words, name_of, words_of
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall

SIZE = 20
# What the manager's figures are about: more would be counted for seconds.
SPAN = timedelta(days=7)
STANDINGS = ("waiting", "sending", "handed", "delivered", "seen", "unsure", "failed")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message in its recipient's list; `words` None: removed when the term was over."""

    message: Message
    words: Words | None
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One channel with what became of its messages, in the order of STANDINGS."""

    name: str
    label: str
    is_ready: bool
    counts: tuple[int, ...]
    breaker: Breaker | None
    problem: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """One message that nobody can be sure of: what staff call it, and the end of the address that was tried last."""

    message: Message
    name: str
    tail: str
    reason: str
    channel: str


def inbox(mall: Mall, account: Account, cursor: str) -> Page[Shown]:
    """Return a page of somebody's messages, the newest first. Raises NotUnderstood for a cursor that is not ours."""
    page = page_by_number(Message.objects.filter(mall=mall).of_account(account), cursor, SIZE)
    return page.showing([_shown(message) for message in page.items])


def unread(mall: Mall, account: Account) -> bool:
    """Say whether somebody has a message that was not read."""
    return Message.objects.filter(mall=mall, read_at=None).of_account(account).exists()


def lines(mall: Mall, *, at: datetime) -> list[Line]:
    """Return each channel with the messages of the last days by how far they came."""
    recent = Message.objects.filter(mall=mall, written_at__gte=at - SPAN).exclude(state=Message.State.INBOX)
    arrived, seen = Q(delivered_at__isnull=False, seen_at=None), Q(seen_at__isnull=False)
    counted = recent.values("channel", "state").annotate(
        all=Count("pk"), delivered=Count("pk", arrived), seen=Count("pk", seen)
    )
    counts: dict[str, dict[str, int]] = {}
    for row in counted.order_by():
        told = counts.setdefault(row["channel"], dict.fromkeys(STANDINGS, 0))
        told["delivered"] += row["delivered"]
        told["seen"] += row["seen"]
        told[row["state"]] += row["all"] - row["delivered"] - row["seen"]
    breakers = {breaker.channel: breaker for breaker in Breaker.objects.filter(mall=mall, failures__gt=0)}
    none = dict.fromkeys(STANDINGS, 0)
    return [
        Line(
            name, str(label), ready(name, mall=mall.slug), tuple(counts.get(name, none).values()),
            breakers.get(name), in_words(breakers[name].reason) if name in breakers else "",
        )
        for name, label in CHANNEL_CHOICES
    ]  # fmt: skip


def troubles(mall: Mall, cursor: str) -> Page[Trouble]:
    """Return a page of messages that failed or may not have gone. Raises NotUnderstood for a cursor not ours."""
    page = page_by_number(Message.objects.filter(mall=mall).in_trouble(), cursor, SIZE)
    numbers = [message.pk for message in page.items]
    last = Attempt.objects.filter(mall=mall, message__in=numbers).values("message").annotate(last=Max("pk"))
    attempts = {
        attempt.message_id: attempt
        for attempt in Attempt.objects.filter(mall=mall, pk__in=[row["last"] for row in last])
    }
    return page.showing([_trouble(message, attempts.get(message.pk)) for message in page.items])


def in_trouble(mall: Mall, number: int) -> Message | None:
    """Return a message of the mall by its number."""
    return Message.objects.filter(mall=mall, pk=number).first()


def came(mall: Mall) -> Incoming | None:
    """Return the last message that a citizen sent."""
    return Incoming.objects.filter(mall=mall).order_by("-pk").first()


def _shown(message: Message) -> Shown:
    data = message.data
    if not data and message.forgotten_at:
        return Shown(message, None, message.language)
    return Shown(message, words_of(message.template, message.language, data), message.language)


def _trouble(message: Message, attempt: Attempt | None) -> Trouble:
    address = attempt.address if attempt else ""
    channel = attempt.get_channel_display() if attempt else message.get_channel_display()
    return Trouble(message, name_of(message.template), _tail(address), in_words(message.reason), str(channel))


def _tail(address: str) -> str:
    """Return the last four digits of a number; of an e-mail address the two letters before the sign."""
    if "@" in address:
        return f"••{address.partition('@')[0][-2:]}@"
    return f"••{address[-4:]}" if address else ""
