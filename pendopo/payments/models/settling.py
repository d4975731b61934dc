"""What shows that a bill was paid, and what is given back: written by one, decided by another."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.payments.models.bills import Bill, Photo
from pendopo.payments.models.codes import Charge
from pendopo.payments.types import How
from pendopo.people.models import Account
from pendopo.tenancy.models import Mall


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
    # The picture that it was written down from; empty where the paper itself lay on the desk.
    photo = models.ForeignKey(Photo, models.PROTECT, related_name="+", null=True)

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
    """That a bill was paid, by a paper that was checked or by a code that the gateway saw paid: once, never undone.

    What was given back stands in a refund. Receipts are numbered without a gap, by agency and year.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.OneToOneField(Bill, models.PROTECT, related_name="settlement")
    deposit = models.OneToOneField(Deposit, models.PROTECT, related_name="settlement", null=True)
    charge = models.OneToOneField(Charge, models.PROTECT, related_name="settlement", null=True)
    # The day of the mall on which it was paid, by which days are reconciled.
    paid_on = models.DateField(null=True)
    settled_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    year = models.PositiveSmallIntegerField(null=True)
    position = models.PositiveIntegerField(null=True)
    receipt = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(deposit__isnull=False, charge=None) | Q(deposit=None, charge__isnull=False),
                name="settlement_by_one_thing",
            ),
            models.UniqueConstraint(fields=["mall", "agency", "year", "position"], name="receipt_position_once"),
        ]
        indexes = [models.Index(fields=["mall", "paid_on"], name="settlement_by_day")]


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
