"""Queues, whose visitors stand in them, who calls from them, and who sits at a counter."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Service
from pendopo.queues.types import (
    SessionState,
)
from pendopo.tenancy.models import Mall, Site, Zone


class QueueQuerySet(models.QuerySet["Queue"]):
    def standing(self) -> Self:
        """All but those that were retired."""
        return self.filter(retired_at=None)


class Queue(models.Model):
    """A line of people at a site, known by one to three letters.

    Retired it stays, for its tickets; its letters may be given again. No service stands in it and no counter calls from
    it any more.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="queues")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    code = models.CharField(max_length=3)
    name = models.CharField(max_length=160)
    retired_at = models.DateTimeField(null=True)

    objects = QueueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "site", "code"], condition=Q(retired_at=None), name="queue_code_once_a_site"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z]{1,3}$"), name="queue_code_1_to_3_letters"),
        ]

    def __str__(self) -> str:
        return self.code


class QueueService(models.Model):
    """Which queue a service's visitors stand in, at each site."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="services")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "service", "site"], name="queue_of_service_once_a_site")]


class CounterQueue(models.Model):
    """Which queues a counter calls from: its own first, then those it helps, each in order."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    queue = models.ForeignKey(Queue, models.PROTECT, related_name="counters")
    is_helped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "counter", "queue"], name="counter_queue_once")]


class CounterSession(models.Model):
    """An officer at a counter, open or paused, until it is closed.

    `turn` is where the counter stands in the round of priority and ordinary calls; `until` is when a pause ends by
    itself.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=SessionState, default=SessionState.OPEN)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    turn = models.PositiveSmallIntegerField(default=0, db_default=0)
    reason = models.CharField(max_length=80, blank=True, db_default="")
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["mall", "until"], condition=Q(state="closed", until__isnull=False), name="closed_until"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "counter"], condition=Q(ended_at=None), name="one_officer_a_counter"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", ended_at__isnull=False) | (~Q(state="closed") & Q(ended_at__isnull=True)),
                name="session_closed_when_ended",
            ),
        ]
