"""Money that people owe for a service: the bill, what shows that it was paid, and what is given back."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.models import Variant
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.kernel.money import Money
from pendopo.payments.types import How
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall


class Bill(models.Model):
    """What one case costs by its rule as it was on one day. Nothing of it ever changes; no row names who pays.

    `number` is for people and for the bank. Whether it was paid says its settlement.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Given by the browser: the same request makes the same bill.
    part = models.UUIDField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    day = models.DateField()
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=25)
    amount = models.BigIntegerField()
    rule = models.CharField(max_length=402)
    rule_from = models.DateField()
    basis = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "part"], name="bill_part_once"),
            models.UniqueConstraint(fields=["mall", "number"], name="bill_number_once"),
            models.UniqueConstraint(fields=["mall", "agency", "day", "position"], name="bill_position_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bill_asks_something"),
            models.CheckConstraint(condition=~Q(rule="") & ~Q(basis=""), name="bill_by_rule_and_regulation"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="bill_expires_later"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def money(self) -> Money:
        """What is to be paid."""
        return Money(self.amount)

    @property
    def is_settled(self) -> bool:
        """Whether it was paid, and somebody else has seen that."""
        return hasattr(self, "settlement")

    def is_expired(self, at: datetime) -> bool:
        """Whether it can no longer be paid."""
        return not self.is_settled and self.expires_at <= at


class Checked(models.Model):
    """What one person writes and another one decides. The database refuses that they are the same.

    The second pair of eyes is what keeps a desk honest.
    """

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("Menunggu diperiksa")
        ACCEPTED = "accepted", _("Diterima")
        REFUSED = "refused", _("Ditolak")

    part = models.UUIDField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict, default=Verdict.WAITING)
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["mall", "part"], name="%(class)s_part_once"),
            models.CheckConstraint(condition=~Q(checker=F("account")), name="%(class)s_checked_by_another"),
            models.CheckConstraint(
                condition=Q(verdict="waiting", checker=None, checked_at=None)
                | Q(verdict__in=["accepted", "refused"], checker__isnull=False, checked_at__isnull=False),
                name="%(class)s_decided_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused", words=""), name="%(class)s_refused_with_reason"),
        ]

    def decide(self, verdict: Verdict, words: str, *, by: Account | None, at: datetime) -> None:
        """Decide what still waits, once. Raises MoveNotAllowed."""
        if self.verdict != Checked.Verdict.WAITING:
            told = {"now": self.get_verdict_display(), "wanted": verdict.label}
            raise MoveNotAllowed(_("Ini sudah “%(now)s”, tidak dapat menjadi “%(wanted)s”.") % told)
        self.verdict, self.words, self.checker, self.checked_at = verdict, words, by, at
        self.save(update_fields=["verdict", "words", "checker", "checked_at"])


class Deposit(Checked):
    """What a paper says of how a bill was paid: of the bank's cash desk, or billing code and NTPN of the treasury.

    `mark` is by what the same paper is known again: while it is not refused it stands for one bill.
    """

    tenant = "mall"
    HOWS = [(How.DESK.value, _("Loket kas bank")), (How.CODE.value, _("Kode billing dan NTPN"))]

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="deposits")
    how = models.CharField(max_length=4, choices=HOWS)
    amount = models.BigIntegerField()
    paid_on = models.DateField()
    number = models.CharField(max_length=40)
    mark = models.CharField(max_length=40)

    class Meta(Checked.Meta):
        abstract = False
        constraints = [
            *Checked.Meta.constraints,
            models.UniqueConstraint(
                fields=["mall", "how", "mark"], condition=~Q(verdict="refused"), name="deposit_for_one_bill"
            ),
            models.UniqueConstraint(
                fields=["mall", "bill"], condition=~Q(verdict="refused"), name="deposit_once_a_bill"
            ),
            models.CheckConstraint(condition=Q(how__in=["desk", "code"]) & ~Q(mark=""), name="deposit_known_again"),
        ]


class Settlement(models.Model):
    """That a bill was paid: once, and never undone. What was given back stands in a refund."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.OneToOneField(Bill, models.PROTECT, related_name="settlement")
    deposit = models.OneToOneField(Deposit, models.PROTECT, related_name="settlement")
    settled_at = models.DateTimeField()


class Refund(Checked):
    """That somebody asks for what was paid, why, and what was decided. All of the amount, or nothing."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="refunds")
    reason = models.CharField(max_length=300)

    class Meta(Checked.Meta):
        abstract = False
        constraints = [
            *Checked.Meta.constraints,
            models.CheckConstraint(condition=~Q(reason=""), name="refund_with_reason"),
            models.UniqueConstraint(
                fields=["mall", "settlement"], condition=~Q(verdict="refused"), name="refund_once_a_settlement"
            ),
        ]
