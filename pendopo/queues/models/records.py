"""What happened to a ticket: periods, from which all statistics come, and events, which a hall may hear."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.catalogue.models import Variant
from pendopo.queues.models.visits import Ticket
from pendopo.queues.types import Origin
from pendopo.tenancy.models import Mall


class Period(models.Model):
    """A stretch of a ticket's life: only ever added, its end filled in once. All statistics come from here."""

    tenant = "mall"

    class Kind(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        CALLED = "called", _("Dipanggil")
        SERVING = "serving", _("Dilayani")
        PARKED = "parked", _("Menunggu di samping")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="periods", db_index=False, db_constraint=False)
    kind = models.CharField(max_length=7, choices=Kind)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    counter = models.ForeignKey(
        Counter, models.PROTECT, related_name="+", null=True, db_index=False, db_constraint=False
    )
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "ticket"], condition=Q(ended_at=None), name="one_open_period"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")), name="period_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["mall", "ticket", "started_at"], name="period_of_ticket")]


class Event(models.Model):
    """What a board may show, in the transaction of the change. Shared: it holds nothing that a hall does not hear.

    `live` reads it for all malls in one query by `seq`; a transaction's numbers may become visible out of order.
    """

    tenant = "shared"

    class Kind(models.TextChoices):
        TAKEN = "taken"
        CALLED = "called"
        RECALLED = "recalled"
        SERVING = "serving"
        COMPLETED = "completed"
        ABSENT = "absent"
        CANCELLED = "cancelled"
        COUNTER = "counter"
        PARKED = "parked"
        RETURNED = "returned"
        FORWARDED = "forwarded"
        CHECKED_IN = "checked_in"
        # Whether people are received at a queue, or what is told of it, has changed.
        STATUS = "status"

    seq = models.BigAutoField(primary_key=True)
    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    zone_id = models.BigIntegerField()
    queue_id = models.BigIntegerField(null=True)
    ticket_id = models.BigIntegerField(null=True)
    number = models.CharField(max_length=12, blank=True)
    counter = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["mall", "-seq"], condition=Q(kind__in=["called", "recalled"]), name="event_calls")
        ]


class DayFigure(models.Model):
    """A day's tickets of a variant by origin, added up: what stays when the rows of the day have lost their names.

    `wait_seconds` and `service_seconds` are sums over `served`; the waiting is from taking to the first call.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=5, choices=Origin)
    tickets = models.PositiveIntegerField()
    served = models.PositiveIntegerField()
    absent = models.PositiveIntegerField()
    cancelled = models.PositiveIntegerField()
    sent_away = models.PositiveIntegerField()
    wait_seconds = models.PositiveBigIntegerField()
    service_seconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "day", "variant", "origin"], name="day_figure_once")]
