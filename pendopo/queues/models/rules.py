"""What a mall decides about its hall: turns, calls, check-in, quotas; and the ledger of each day's places."""

from django.db import models
from django.db.models import F, Q

from pendopo.catalogue.models import Service
from pendopo.queues.types import Voice
from pendopo.tenancy.models import Mall, Site


class HallRules(models.Model):
    """The rules of a mall's hall. Without a row the defaults hold; only the manager changes them.

    While both lines wait at a counter, of `priority_turns + ordinary_turns` calls so many are for priority visitors.
    `spells_digits`: the voice says the figures of a number one by one.
    """

    tenant = "mall"

    mall = models.OneToOneField(Mall, models.PROTECT, related_name="+")
    priority_turns = models.PositiveSmallIntegerField(default=1)
    ordinary_turns = models.PositiveSmallIntegerField(default=2)
    recall_gap_seconds = models.PositiveSmallIntegerField(default=0)
    most_calls = models.PositiveSmallIntegerField(default=3)
    return_minutes = models.PositiveSmallIntegerField(default=15)
    check_in_required = models.BooleanField(default=False)
    check_in_minutes = models.PositiveSmallIntegerField(default=30)
    voice = models.CharField(max_length=8, choices=Voice, default=Voice.ID, db_default=Voice.ID)
    spells_digits = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name_plural = "hall rules"
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="voice_begins_in_indonesian"),
            models.CheckConstraint(
                condition=Q(priority_turns__range=(1, 9), ordinary_turns__range=(1, 9)), name="turns_1_to_9"
            ),
            models.CheckConstraint(condition=Q(most_calls__range=(1, 9)), name="calls_1_to_9"),
        ]


class QuotaRule(models.Model):
    """How many places a service has at a site: on a weekday (1 Monday to 7), on one date, or on every day.

    A date comes before a weekday, a weekday before every day. `phone_total`: no more than so many by phone before
    `released_at`. `closes_minutes`: no new numbers so long before closing; those given are still served.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True)
    day = models.DateField(null=True)
    total = models.PositiveIntegerField()
    phone_total = models.PositiveIntegerField(null=True)
    released_at = models.TimeField(null=True)
    closes_minutes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "service", "site", "weekday", "day"],
                name="quota_rule_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(weekday=None) | Q(day=None), name="quota_of_weekday_or_date"),
            models.CheckConstraint(condition=Q(weekday=None) | Q(weekday__range=(1, 7)), name="quota_weekday_1_to_7"),
        ]


class QuotaDay(models.Model):
    """The ledger: the places of a service at a site on a day, for all origins. `taken` counts those that hold one."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    day = models.DateField()
    total = models.PositiveIntegerField()
    phone_total = models.PositiveIntegerField(null=True)
    released_at = models.TimeField(null=True)
    closes_minutes = models.PositiveSmallIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    taken_by_phone = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "service", "site", "day"], name="quota_once_a_day"),
            models.CheckConstraint(condition=Q(taken__lte=F("total")), name="quota_never_exceeded"),
            models.CheckConstraint(condition=Q(taken_by_phone__lte=F("taken")), name="quota_phone_within"),
        ]
