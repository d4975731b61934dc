"""How granted money goes back: through the gateway that it came by, or by a transfer that another one checks."""

import json
from dataclasses import asdict
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.errors import MoveNotAllowed
from pendopo.payments.models.codes import LONGEST_REST, SHORTEST_REST, Charge
from pendopo.payments.models.settling import Checked, Refund, Settlement
from pendopo.payments.types import Destination
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what an account number is sealed.
ACCOUNT = "payments.refund_account"


def sealed_destination(mall_id: int, to: Destination) -> bytes:
    """Seal where money goes. Stand inside the mall."""
    return sealing.seal(mall_id, ACCOUNT, json.dumps(asdict(to)))


def unsealed_destination(mall_id: int, sealed: bytes) -> Destination:
    """Open where money goes: for those who decide and pay. Stand inside the mall."""
    return _read(sealing.unseal(mall_id, ACCOUNT, sealed))


def _read(told: str) -> Destination:
    return Destination(**json.loads(told))


class RefundAccount(models.Model):
    """Where the money of a refund goes when it cannot go back by itself, as somebody has said; the latest counts."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, models.PROTECT, related_name="accounts")
    # Who said so, if they had signed in: they do not check the transfer to it.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    destination = SealedField(purpose=ACCOUNT)

    @property
    def said(self) -> Destination:
        """Where to, unsealed: for those who decide and pay. Stand inside the mall."""
        return unsealed_destination(self.mall_id, bytes(self.destination))

    def said_by(self, sealer: sealing.Sealer) -> Destination:
        """The same by a sealer for ACCOUNT, which asks once for the keys of many."""
        return _read(sealer.unseal(bytes(self.destination)).decode())


class GatewayRefund(models.Model):
    """A granted refund as the gateway is asked for it: the row stands before the gateway hears of it.

    `number` is our own number of it (partnerRefundNo): however often it is asked, it is asked under this one. `said`
    and `code` are the gateway's own words where it refused.
    """

    class State(models.TextChoices):
        """Where it stands."""

        GRANTED = "granted", _("Disetujui")
        SENT = "sent", _("Diminta dari penyedia")
        RETURNED = "returned", _("Dikembalikan")
        REFUSED = "refused", _("Ditolak penyedia")

    # What was sent may have been done, whatever we heard: only the gateway's clear word ends it.
    MOVES = {
        State.GRANTED: frozenset({State.SENT}),
        State.SENT: frozenset({State.RETURNED, State.REFUSED}),
        State.RETURNED: frozenset(),
        State.REFUSED: frozenset(),
    }
    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    refund = models.OneToOneField(Refund, models.PROTECT, related_name="at_gateway")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="+")
    number = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.GRANTED)
    # How often it was asked in vain, and when again; empty: never again.
    looks = models.PositiveIntegerField(default=0)
    look_at = models.DateTimeField(null=True)
    gateway_number = models.CharField(max_length=64, blank=True)
    returned_at = models.DateTimeField(null=True)
    code = models.CharField(max_length=7, blank=True)
    said = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="gateway_refund_number_once"),
            models.CheckConstraint(
                condition=Q(state="returned", returned_at__isnull=False) | (~Q(state="returned") & Q(returned_at=None)),
                name="gateway_refund_returned_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "sent"], look_at__isnull=False)
                | Q(state__in=["returned", "refused"], look_at=None),
                name="gateway_refund_looked_after_to_its_end",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "look_at"], condition=Q(look_at__isnull=False), name="refund_to_look_after")
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_troubled(self) -> bool:
        """Whether the gateway was asked more than once and has not answered."""
        return self.state == self.State.SENT and self.looks > 1

    def rest(self, at: datetime) -> None:
        """Have it asked from now on, and leave it alone for a while, longer each time."""
        pause = min(LONGEST_REST, SHORTEST_REST * 2 ** min(self.looks, 12))
        self.state, self.looks, self.look_at = self.State.SENT, self.looks + 1, at + pause
        self.save(update_fields=["state", "looks", "look_at"])

    def end(self, state: State, **facts: object) -> None:
        """Keep the gateway's last word. Raises MoveNotAllowed."""
        if state not in self.MOVES[self.State(self.state)]:
            told = {"now": self.get_state_display(), "wanted": state.label}
            raise MoveNotAllowed(_("Pengembalian ini sudah “%(now)s”, tidak dapat menjadi “%(wanted)s”.") % told)
        self.state, self.look_at = state, None
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=["state", "look_at", *facts])


class Transfer(Checked):
    """What shows that a refund was paid by hand: number and day of the transfer, or of the counter's paper.

    `mark` is by what it is known again: while it is not refused it stands for one refund.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    refund = models.ForeignKey(Refund, models.PROTECT, related_name="transfers")
    number = models.CharField(max_length=40)
    mark = models.CharField(max_length=40)
    sent_on = models.DateField()

    class Meta(Checked.Meta):
        abstract = False
        constraints = [
            *Checked.Meta.constraints,
            models.CheckConstraint(condition=~Q(mark=""), name="transfer_known_again"),
            models.UniqueConstraint(
                fields=["mall", "mark"], condition=~Q(verdict="refused"), name="transfer_for_one_refund"
            ),
            models.UniqueConstraint(
                fields=["mall", "refund"], condition=~Q(verdict="refused"), name="transfer_once_a_refund"
            ),
        ]


class Return(models.Model):
    """That money went back, by the gateway or by a transfer that was checked: once a refund and once a settlement.

    All of what was paid goes back or nothing, so that no sum can be above the payment. `verdict` is the refund's own:
    the database compares it, and keeps no return of what was not granted.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    refund = models.OneToOneField(Refund, models.PROTECT, related_name="returned")
    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="returned")
    verdict = models.CharField(max_length=8, default=Checked.Verdict.ACCEPTED)
    at_gateway = models.OneToOneField(GatewayRefund, models.PROTECT, related_name="+", null=True)
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="+", null=True)
    # The day of the mall on which it went back, by which days are reconciled.
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict="accepted"), name="return_of_what_was_granted"),
            models.CheckConstraint(
                condition=Q(at_gateway__isnull=False, transfer=None) | Q(at_gateway=None, transfer__isnull=False),
                name="return_by_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["mall", "day"], name="return_by_day")]
