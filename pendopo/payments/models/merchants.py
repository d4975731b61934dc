"""Under which name a mall is known at the gateway that gives out its codes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the columns are sealed.
SECRET, PRIVATE_KEY = "payments.snap_secret", "payments.snap_private_key"


class Merchant(models.Model):
    """A mall's own account at a gateway that speaks SNAP. Secrets lie sealed; no page shows them again.

    `client` is by what both sides know us (X-CLIENT-KEY, X-PARTNER-ID). Our own key is made here and never leaves; the
    gateway gets its public half, and we theirs.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    address = models.CharField(max_length=200)
    client = models.CharField(max_length=64)
    merchant_number = models.CharField(max_length=64)
    terminal = models.CharField(max_length=16, blank=True)
    channel = models.CharField(max_length=5)
    secret = SealedField(purpose=SECRET)
    private_key = SealedField(purpose=PRIVATE_KEY)
    public_key = models.TextField()
    gateway_key = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall"], name="merchant_once_a_mall"),
            models.CheckConstraint(
                condition=~Q(address="") & ~Q(client="") & ~Q(merchant_number="") & ~Q(channel=""),
                name="merchant_known_by_all",
            ),
        ]

    def __str__(self) -> str:
        return self.merchant_number
