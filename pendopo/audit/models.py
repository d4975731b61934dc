"""Who did what, for which mall, when. Only ever added: the app role has no right to change or remove an entry."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.tenancy.models import Mall


class Entry(models.Model):
    """One act that matters. Holds keyed digests of what changed, never a personal value."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False)
    device_id = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    before = models.BinaryField(max_length=32, null=True)
    after = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["mall", "subject"], name="entry_of_subject"),
            # Decisions are few among acts: what has no reason costs nothing here.
            models.Index(fields=["mall", "-id"], condition=~Q(reason=""), name="entry_with_reason"),
        ]


class InstallationEntry(models.Model):
    """An act above all malls: a mall was made, a region renewed, an account opened."""

    tenant = "shared"

    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    account_number = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)
    before = models.BinaryField(max_length=32, null=True)
    after = models.BinaryField(max_length=32, null=True)

    class Meta:
        verbose_name_plural = "installation entries"
