"""Codes that a gateway gave out for bills, what was asked of it, and what it told us."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.errors import MoveNotAllowed
from pendopo.kernel.money import Money
from pendopo.payments.models.bills import Bill
from pendopo.payments.models.merchants import Merchant
from pendopo.payments.types import Told
from pendopo.tenancy.models import Mall

# How long the gateway is left alone after each look that said nothing new. The first rest is longer than any call may
# last, so that two processes never ask for the same code.
SHORTEST_REST, LONGEST_REST = timedelta(seconds=60), timedelta(minutes=15)


class State(models.TextChoices):
    """Where a code stands."""

    ASKED = "asked", _("Diminta")
    OPEN = "open", _("Dapat dibayar")
    PAID = "paid", _("Dibayar")
    EXPIRED = "expired", _("Kedaluwarsa")
    CANCELLED = "cancelled", _("Dibatalkan")
    FAILED = "failed", _("Gagal dibuat")


# Every lawful move: what was paid stays paid, and what the gateway tells late is true all the same.
MOVES: dict[State, frozenset[State]] = {
    State.ASKED: frozenset({State.OPEN, State.PAID, State.EXPIRED, State.CANCELLED, State.FAILED}),
    State.OPEN: frozenset({State.PAID, State.EXPIRED, State.CANCELLED}),
    State.PAID: frozenset(),
    State.EXPIRED: frozenset({State.PAID}),
    State.CANCELLED: frozenset({State.PAID}),
    State.FAILED: frozenset({State.PAID}),
}
LIVE = (State.ASKED, State.OPEN)


class Charge(models.Model):
    """A code for one bill: the row stands before the gateway is asked, so that whatever it tells us is known.

    `reference` is our own number of it (partnerReferenceNo). At most one code of a bill lives.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="charges")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.ASKED)
    # What the picture says, and the gateway's number of it (referenceNo).
    content = models.CharField(max_length=512, blank=True)
    gateway_reference = models.CharField(max_length=64, blank=True)
    paid_at = models.DateTimeField(null=True)
    # How often it was looked after in vain, and when again; empty: never again.
    looks = models.PositiveIntegerField(default=0)
    look_at = models.DateTimeField(null=True)
    # What the gateway answered when it was asked last: by this a day is reconciled.
    told = models.CharField(max_length=2, choices=[(each.value, each.name) for each in Told], blank=True)
    told_at = models.DateTimeField(null=True)
    is_to_cancel = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "reference"], name="charge_reference_once"),
            models.UniqueConstraint(
                fields=["mall", "bill"], condition=Q(state__in=["asked", "open"]), name="charge_one_lives"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="charge_expires_later"),
            models.CheckConstraint(condition=~Q(state="open", content=""), name="charge_open_has_content"),
            models.CheckConstraint(
                condition=Q(state="paid", paid_at__isnull=False) | (~Q(state="paid") & Q(paid_at=None)),
                name="charge_paid_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "look_at"], condition=Q(look_at__isnull=False), name="charge_to_look_after")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def money(self) -> Money:
        """What it asks: what the bill asks."""
        return self.bill.money

    @property
    def is_live(self) -> bool:
        """Whether somebody may still pay it, as far as we know."""
        return self.state in LIVE

    def move_to(self, state: State, *, paid_at: datetime | None = None) -> None:
        """Change the state. Raises MoveNotAllowed."""
        if state not in MOVES[State(self.state)]:
            told = {"now": self.get_state_display(), "wanted": state.label}
            raise MoveNotAllowed(_("Kode ini sudah “%(now)s”, tidak dapat menjadi “%(wanted)s”.") % told)
        self.state, self.paid_at = state, paid_at
        self.save(update_fields=["state", "paid_at"])

    def rest(self, at: datetime) -> None:
        """Leave it alone for a while, longer each time."""
        pause = min(LONGEST_REST, SHORTEST_REST * 2 ** min(self.looks, 12))
        self.looks, self.look_at = self.looks + 1, at + pause
        self.save(update_fields=["looks", "look_at"])


class GatewayCall(models.Model):
    """That the gateway was called, and how that went: no body, nobody's name."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="+")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="calls", null=True)
    service = models.CharField(max_length=10)
    at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    # HTTP's and SNAP's own; 0 and empty where no answer came.
    status = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=7, blank=True)


class Verdict(models.TextChoices):
    """What a notification was worth."""

    SETTLED = "settled", _("Melunasi tagihan")
    AGAIN = "again", _("Sudah tercatat lunas")
    NOT_PAID = "not_paid", _("Bukan pemberitahuan lunas")
    WRONG_AMOUNT = "amount", _("Jumlahnya bukan jumlah tagihan")
    LATE = "late", _("Dibayar sesudah tagihan kedaluwarsa")
    VOID = "void", _("Tagihan sudah dibatalkan")
    TWICE = "twice", _("Tagihan sudah lunas dengan cara lain")
    UNKNOWN = "unknown", _("Nomor tidak dikenal")


# Of these, money came that settles nothing: somebody must look.
OPEN_QUESTIONS = (Verdict.WRONG_AMOUNT, Verdict.LATE, Verdict.VOID, Verdict.TWICE, Verdict.UNKNOWN)


class GatewayNotice(models.Model):
    """One notification of the gateway, kept once by its number (X-EXTERNAL-ID of its day), with our verdict.

    Only what is needed to judge it again is kept: numbers, amount, moment; not who paid, nor from which bank.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="+")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="notices", null=True)
    external = models.CharField(max_length=36)
    day = models.DateField()
    came_at = models.DateTimeField()
    digest = models.BinaryField(max_length=32)
    reference = models.CharField(max_length=64)
    gateway_reference = models.CharField(max_length=64, blank=True)
    told = models.CharField(max_length=2)
    amount = models.BigIntegerField(null=True)
    paid_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "merchant", "day", "external"], name="notice_once_a_day")
        ]
        indexes = [models.Index(fields=["mall", "day"], name="notice_by_day")]
