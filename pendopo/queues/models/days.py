"""On which days a service is given, and days that stand out: an event with its own line of numbers."""

from django.db import models
from django.db.models import Q

from pendopo.catalogue.models import Service, Variant
from pendopo.queues.models.lines import Queue
from pendopo.tenancy.models import Mall, Site

EVERY_WEEKDAY = 0b111_1111


class ServiceDays(models.Model):
    """The weekdays on which a service, or one case of it, is given at a site; no row means every open day.

    `weekdays` has a bit for each: 1 is Monday, 64 Sunday. The case's own row comes before that of the whole service.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+", null=True)
    weekdays = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "service days"
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "service", "site", "variant"], name="service_days_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(weekdays__range=(1, EVERY_WEEKDAY)), name="service_days_of_a_week"),
        ]

    @property
    def days(self) -> list[int]:
        """The weekdays as numbers, Monday is 1."""
        return [weekday for weekday in range(1, 8) if self.weekdays & (1 << weekday - 1)]


class EventDay(models.Model):
    """A day on which a service has its own line, and so its own numbers; the ordinary line goes on beside it."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=80)
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="events")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "service", "site", "day"], name="one_event_a_day")]

    def __str__(self) -> str:
        return self.name
