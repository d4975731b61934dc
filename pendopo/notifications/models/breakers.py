"""Whether a channel is worth asking."""

from django.db import models

from pendopo.notifications.models.messages import CHANNEL_CHOICES
from pendopo.tenancy.models import Mall


class Breaker(models.Model):
    """How a channel of a mall answered last. While it is open nothing is handed over; then one message tries."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "channel"], name="breaker_once_a_channel")]
