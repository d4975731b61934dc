"""A day's tickets added up, so that months and weeks are read from a few rows.

Waits and arrivals are kept as sorted lists: any group of days and services has its exact median and 90th percentile.
How long counters were open is kept by `queues` (CounterDay), and read there.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from pendopo.catalogue.models import Service
from pendopo.tenancy.models import Mall


class DayRollup(models.Model):
    """A day that is over: who came, and at which minute of the mall's own day. A day without anybody has a row too."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    visitors = models.PositiveIntegerField()
    arrivals = ArrayField(models.SmallIntegerField())
    made_at = models.DateTimeField()
    # What was counted when it was made (`EDITION`): the first one knew neither outcomes nor who came by phone.
    edition = models.PositiveSmallIntegerField(db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "day"], name="day_rollup_once"),
            models.CheckConstraint(condition=Q(arrivals__len=F("visitors")), name="day_rollup_arrivals_all"),
        ]
        indexes = [models.Index(fields=["mall", "edition"], name="day_rollup_edition")]


class ServiceRollup(models.Model):
    """A service's tickets of a day that is over. `waits` are seconds of those who were called, the shortest first."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()
    sent_away = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField()
    # Outcomes of those completed; the rest of them were informed or had left.
    done = models.PositiveIntegerField(db_default=0)
    handed_over = models.PositiveIntegerField(db_default=0)
    taken_in = models.PositiveIntegerField(db_default=0)
    by_phone = models.PositiveIntegerField(db_default=0)
    waits = ArrayField(models.IntegerField())
    served_seconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "day", "service"], name="service_rollup_once"),
            models.CheckConstraint(
                condition=Q(taken__gte=F("completed") + F("absent") + F("cancelled"), completed__gte=F("sent_away"))
                & Q(waits__len__lte=F("taken")),
                name="service_rollup_within_taken",
            ),
            models.CheckConstraint(
                condition=Q(
                    completed__gte=F("sent_away") + F("done") + F("handed_over") + F("taken_in"),
                    taken__gte=F("by_phone"),
                ),
                name="service_rollup_outcomes_within",
            ),
        ]


class StaleDay(models.Model):
    """A row of a past day was added, changed or removed since: the day must be added up anew.

    Only the triggers of `sql/` add them, and adding one never waits: the same day may have many.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["mall", "day"], name="stale_day")]
