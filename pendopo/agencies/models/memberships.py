"""Who works in which role, and tokens of programs."""

import uuid
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Agency
from pendopo.tenancy.models import Mall


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """An account's role in a mall, for one agency or for the whole mall, for a time.

    A role that was taken back on its first day ends on the day before it: it never held.
    """

    tenant = "mall"

    class Role(models.TextChoices):
        OFFICER = "officer", _("Petugas loket")
        BACK_OFFICE = "back_office", _("Petugas belakang")
        SIGNER = "signer", _("Penanda tangan")
        AGENCY_ADMIN = "agency_admin", _("Admin instansi")
        MANAGER = "manager", _("Pengelola MPP")
        HEAD = "head", _("Pimpinan")
        INSPECTOR = "inspector", _("Pengawas")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=14, choices=Role)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    is_substitute = models.BooleanField(default=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "account", "agency", "role", "starts_on"],
                name="membership_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on") - timedelta(days=1)),
                name="membership_ends_after_start",
            ),
        ]


class ApiToken(models.Model):
    """A signed token that lets a program act for an account in one mall. The token itself is kept nowhere."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    number = models.UUIDField(default=uuid.uuid4, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
