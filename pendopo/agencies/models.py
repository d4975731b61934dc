"""Agencies, who works for them, and where and when they receive people."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall, Region, Site, Zone


class Agency(models.Model):
    """An instansi that serves in the mall: a dinas, ministry office, court, bank, state company."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    area = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)
    organisation_code = models.CharField(max_length=40, blank=True)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="agency_code_once"),
            models.UniqueConstraint(fields=["mall", "name"], name="agency_name_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid_on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Membership(models.Model):
    """An account's role in a mall, for one agency or for the whole mall, for a time."""

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
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="membership_ends_after_start"
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


class Outlet(models.Model):
    """An agency's gerai at a site; without agency, the mall's own common desk that takes in for all."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="outlets")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="outlets", null=True)
    observes_holidays = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "site", "agency"], name="outlet_once_a_site", nulls_distinct=False),
        ]


class Counter(models.Model):
    """A numbered place of an outlet in a zone. It does not know services: they are above it."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="counters")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "zone", "number"], name="counter_number_once_a_zone")]

    def __str__(self) -> str:
        return _("Loket %(number)s") % {"number": self.number}


class OpeningHours(models.Model):
    """When an outlet receives people on one weekday (ISO: Monday is 1), in the mall's own time."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    break_from = models.TimeField(null=True)
    break_until = models.TimeField(null=True)
    break_name = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "opening hours"
        constraints = [
            models.UniqueConstraint(fields=["mall", "outlet", "weekday"], name="hours_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="hours_weekday_is_iso"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_opening"),
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_until__isnull=True)
                | Q(break_from__gt=F("opens"), break_until__gt=F("break_from"), break_until__lt=F("closes")),
                name="hours_break_within",
            ),
        ]


class OpeningException(models.Model):
    """One day on which an outlet is closed, or open at other hours; it wins over weekday and holiday."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="exceptions")
    day = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "outlet", "day"], name="exception_once_a_day"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="exception_closes_after_opening",
            ),
        ]


class Closing(models.Model):
    """A closing told ahead: an outlet, or one counter of it, receives nobody from a moment until another.

    It begins and ends by itself. `decision` is what the manager chose for those who waited when it began.
    """

    tenant = "mall"

    class Decision(models.TextChoices):
        MOVE = "move", _("Dilayani loket lain")
        EXTEND = "extend", _("Dilayani dahulu: tutup lebih lambat")
        SEND_HOME = "send_home", _("Pulang dengan janji: terdepan pada hari layanan berikutnya")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="closings")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="closings", null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    # As long as the reason of a counter's pause: both are told by the same sentence.
    reason = models.CharField(max_length=80)
    decision = models.CharField(max_length=9, choices=Decision, blank=True, db_default="")
    begun_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "ends_at"], name="closing_to_come")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closing_ends_after_start"),
        ]
