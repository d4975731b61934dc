"""What providers tell us: what became of a message, and what somebody wrote to us."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pendopo.notifications.models.messages import ADDRESS, CHANNEL_CHOICES
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

INCOMING = "incoming message"


class Receipt(models.Model):
    """What a provider said of one of its messages. It may come twice, late, or before we know the provider's number."""

    tenant = "mall"

    class State(models.TextChoices):
        SENT = "sent", _("Terkirim")
        DELIVERED = "delivered", pgettext_lazy("message", "Sampai")
        READ = "read", _("Dibaca")
        FAILED = "failed", _("Gagal")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES)
    provider_id = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=State)
    # By the provider's clock.
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "channel", "provider_id", "state", "at"], name="receipt_once"),
            models.CheckConstraint(condition=~Q(provider_id=""), name="receipt_names_a_message"),
        ]


class Incoming(models.Model):
    """What somebody wrote to a number of the mall. Removed when its term is over."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=CHANNEL_CHOICES)
    provider_id = models.CharField(max_length=200)
    sender_sealed = SealedField(purpose=ADDRESS)
    text_sealed = SealedField(purpose=INCOMING)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "channel", "provider_id"], name="incoming_once"),
        ]

    @property
    def sender(self) -> str:
        """The number it came from, unsealed."""
        return sealing.unseal(self.mall_id, ADDRESS, bytes(self.sender_sealed))

    @property
    def text(self) -> str:
        """What was written, unsealed."""
        return sealing.unseal(self.mall_id, INCOMING, bytes(self.text_sealed))
