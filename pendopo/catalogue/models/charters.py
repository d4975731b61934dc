"""Who declares an agency's maklumat pelayanan (UU 25/2009 art. 22)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.agencies.models import Agency
from pendopo.tenancy.models import Mall


class CharterSigner(models.Model):
    """Who signs an agency's maklumat, in which office, named by which decree. Only ever added: the last one signs."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    office = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    decree = models.CharField(max_length=120)
    decree_on = models.DateField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mall", "agency", "-id"], name="charter_last_signer")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(office="") & ~Q(name="") & ~Q(decree=""), name="charter_signer_by_decree"
            )
        ]

    def __str__(self) -> str:
        return self.name
