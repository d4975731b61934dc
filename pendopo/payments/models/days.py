"""A day's money beside what the bank and the gateway say of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.payments.types import Way
from pendopo.tenancy.models import Mall

WAYS = [(each.value, each.label) for each in Way]


class Statement(models.Model):
    """What the bank's or the gateway's own list says of a day and a way of paying; the latest one counts."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    way = models.CharField(max_length=4, choices=WAYS)
    amount = models.BigIntegerField()
    count = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="statement_not_below_zero"),
            models.CheckConstraint(condition=~Q(source=""), name="statement_has_source"),
        ]
        indexes = [models.Index(fields=["mall", "day", "way"], name="statement_by_day")]


class StatementLine(models.Model):
    """One payment as the bank's or gateway's own list has it, brought as a file; brought again it is the same line.

    `mark` is by what it is known on both sides: number of the bank's desk, NTPN, or number of the code.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    way = models.CharField(max_length=4, choices=WAYS)
    mark = models.CharField(max_length=64)
    amount = models.BigIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "day", "way", "mark"], name="statement_line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0) & ~Q(mark=""), name="statement_line_says_something"),
        ]


class Explanation(models.Model):
    """Why a difference is one, in words; `subject` is by what the list knows it again."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    subject = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="explanation_with_reason")]
        indexes = [models.Index(fields=["mall", "day"], name="explanation_by_day")]


class DayClosing(models.Model):
    """That a day's list was closed, and what it said then. What comes to the day later is seen against it."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    desk = models.BigIntegerField()
    code = models.BigIntegerField()
    qris = models.BigIntegerField()
    # What went back: through the gateway, and by transfer.
    back = models.BigIntegerField(default=0, db_default=0)
    give = models.BigIntegerField(default=0, db_default=0)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "day"], name="day_closed_once")]
