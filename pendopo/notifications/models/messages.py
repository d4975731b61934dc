"""What is to be told to whom, and each time that a channel was asked to carry it."""

import json
from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.errors import MoveNotAllowed
from pendopo.people.models import Account, Person
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall
from pendopo.tenancy.sealing import Sealer

DATA = "message data"
ADDRESS = "message address"
CHANNEL_CHOICES = [("whatsapp", "WhatsApp"), ("sms", "SMS"), ("mail", _("Surel"))]


class MessageQuerySet(models.QuerySet["Message"]):
    def of_account(self, account: Account) -> Self:
        """Those to somebody who signs in, as an account or as this mall's person."""
        return self.filter(Q(account=account) | Q(person__account=account))

    def in_trouble(self) -> Self:
        """Those that nobody can be sure of without somebody looking at them."""
        return self.filter(state__in=[Message.State.FAILED, Message.State.UNSURE])


class Message(models.Model):
    """One thing told to one recipient: written in the transaction of what happened, carried later.

    `channel` is who carries it now, `fallbacks` who is asked after a final refusal. `due_at` of a message that is being
    sent is when its sender counts as dead. What providers told stands in the four moments, whatever its order.
    """

    tenant = "mall"

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        SENDING = "sending", _("Sedang dikirim")
        HANDED = "handed", _("Diserahkan")
        UNSURE = "unsure", _("Tidak pasti")
        FAILED = "failed", _("Gagal")
        INBOX = "inbox", _("Kotak pesan saja")

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telepon")
        EMAIL = "email", _("Surel")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Given by whoever writes it: the same happening is told once.
    key = models.CharField(max_length=100)
    # What providers get to know it by: random, and says nothing.
    code = models.UUIDField(default=uuid4, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    contact_kind = models.CharField(max_length=5, choices=Kind, blank=True)
    contact_sealed = SealedField(purpose=ADDRESS, blank=True, default=b"")
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    # Empty once the term is over.
    data_sealed = SealedField(purpose=DATA, blank=True, default=b"")
    about = models.CharField(max_length=80, blank=True)
    is_urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES, blank=True)
    fallbacks = models.CharField(max_length=40, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    # In the citizen's own list of messages.
    read_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "key"], name="message_told_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, account=None, contact_kind="")
                | Q(person=None, account__isnull=False, contact_kind="")
                | Q(person=None, account=None, contact_kind__in=["phone", "email"]),
                name="message_has_one_recipient",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("written_at")), name="message_expires_later"),
            models.CheckConstraint(
                condition=~Q(state__in=["waiting", "sending", "handed", "unsure"]) | ~Q(channel=""),
                name="message_on_its_way_has_a_channel",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(reason=""), name="message_failed_says_why"),
            models.CheckConstraint(condition=~Q(key=""), name="message_has_a_key"),
        ]
        indexes = [
            models.Index(fields=["mall", "channel", "due_at"], condition=Q(state="waiting"), name="messages_due"),
            models.Index(fields=["mall", "due_at"], condition=Q(state="sending"), name="messages_being_sent"),
            models.Index(fields=["mall", "expires_at"], condition=Q(state="waiting"), name="messages_expiring"),
            models.Index(
                fields=["mall", "id"], condition=Q(state__in=["failed", "unsure"]), name="messages_in_trouble"
            ),
            models.Index(fields=["mall", "written_at"], name="messages_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.about}"

    @property
    def data(self) -> dict[str, str]:
        """The values of its fields, unsealed; {} once they were removed. Stand inside the mall."""
        return self.data_by(Sealer(self.mall_id, DATA))

    def data_by(self, sealer: Sealer) -> dict[str, str]:
        """The same by a sealer for DATA, which asks once for the keys of many messages."""
        told: dict[str, str] = json.loads(sealer.unseal(bytes(self.data_sealed))) if self.data_sealed else {}
        return told

    @property
    def standing(self) -> str:
        """How far it came: what providers told, in whatever order and however often, beside our own state."""
        if self.seen_at:
            return "seen"
        if self.delivered_at:
            return "delivered"
        return str(self.state)

    @property
    def has_arrived(self) -> bool:
        """Whether a provider said so: a failure told as well is not believed then."""
        return bool(self.seen_at or self.delivered_at)

    def move_to(self, state: State) -> None:
        """Go over to another state; the caller saves. Raises MoveNotAllowed."""
        if state not in MOVES[Message.State(self.state)]:
            told = {"now": self.get_state_display(), "wanted": state.label}
            raise MoveNotAllowed(_("Pesan ini sudah “%(now)s”, tidak dapat menjadi “%(wanted)s”.") % told)
        self.state = state

    def try_at(self, at: datetime, reason: str = "") -> None:
        """Wait until a moment; the caller saves. Raises MoveNotAllowed."""
        self.move_to(Message.State.WAITING)
        self.due_at, self.reason = at, reason

    def fall_back(self, reason: str, *, at: datetime) -> None:
        """Leave a channel for good: ask the next one, or fail; the caller saves. Raises MoveNotAllowed."""
        self.reason = reason
        following, _comma, rest = self.fallbacks.partition(",")
        if not following:
            self.move_to(Message.State.FAILED)
            return
        self.channel, self.fallbacks = following, rest
        self.try_at(at, reason)


State = Message.State
# Every lawful move. A message that was handed over goes on when its provider could not deliver it after all.
MOVES: dict[Message.State, frozenset[Message.State]] = {
    State.WAITING: frozenset({State.WAITING, State.SENDING, State.HANDED, State.FAILED}),
    State.SENDING: frozenset({State.WAITING, State.HANDED, State.UNSURE, State.FAILED}),
    State.HANDED: frozenset({State.HANDED, State.WAITING, State.FAILED}),
    State.UNSURE: frozenset({State.WAITING, State.HANDED, State.FAILED}),
    State.FAILED: frozenset({State.WAITING, State.HANDED, State.FAILED}),
    State.INBOX: frozenset(),
}


class Attempt(models.Model):
    """One time that a channel was asked. Written before it is asked: without an outcome, nobody knows yet."""

    tenant = "mall"

    class Outcome(models.TextChoices):
        OPEN = "", _("Belum diketahui")
        HANDED = "handed", _("Diserahkan")
        DOWN = "down", _("Penyedia tidak menerima")
        REFUSED = "refused", _("Alamat ditolak")
        UNSURE = "unsure", _("Tidak pasti")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, related_name="attempts", db_index=False)
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES)
    # Where it went: shown by its last characters, emptied when the term is over.
    address_sealed = SealedField(purpose=ADDRESS, blank=True, default=b"")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True, default="")
    provider_id = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "message"], condition=Q(ended_at=None), name="attempt_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="attempt_ends_with_an_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "provider_id"], condition=~Q(provider_id=""), name="attempt_by_provider_id"),
            models.Index(fields=["mall", "message"], name="attempts_of_message"),
        ]

    @property
    def address(self) -> str:
        """Where it went, unsealed; "" once removed."""
        return sealing.unseal(self.mall_id, ADDRESS, bytes(self.address_sealed)) if self.address_sealed else ""
