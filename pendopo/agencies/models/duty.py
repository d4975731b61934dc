"""Who is to be at which counter and when, who came, and who stands in for whom."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Counter
from pendopo.tenancy.models import Device, Mall, Site


class Employment(models.Model):
    """Whose servant somebody at a counter is, and to whom it is reported when they do not come.

    `office_minutes`: they must clock in at their own office first and are due at the mall so much later; 0 means that
    they come straight.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        # PP 94/2021: civil servants' discipline is their own superior's matter; the mall reports and punishes nobody.
        CIVIL_SERVANT = "civil", _("Aparatur sipil negara (PP 94/2021)")
        CONTRACT = "contract", _("Tenaga kontrak pemerintah")
        STATE_COMPANY = "company", _("BUMN atau BUMD")
        BANK = "bank", _("Bank")
        POLICE = "police", _("Polri")
        OTHER = "other", _("Lainnya")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    superior = models.CharField(max_length=120)
    office_minutes = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "account"], name="employment_once"),
            models.CheckConstraint(condition=~Q(superior=""), name="employment_has_a_superior"),
            models.CheckConstraint(condition=Q(office_minutes__lte=240), name="employment_way_of_a_morning"),
        ]


class DutyQuerySet(models.QuerySet["Duty"]):
    def touching(self, starts_on: date, ends_on: date) -> Self:
        """Those that may fall on a day of a stretch."""
        of_weeks = Q(valid_from__lte=ends_on) & (Q(valid_until=None) | Q(valid_until__gte=starts_on))
        return self.filter(Q(day__range=(starts_on, ends_on)) | of_weeks)


class Duty(models.Model):
    """Somebody at a counter from one hour to another: each week on a weekday (Monday is 1), or on one day.

    What is written for one day takes the place of the weekly pattern of that counter and of that person on it. The
    database lets nobody have two places at the same hour (constraints `duty_one_place_a_day` and `…_a_weekday`).
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    day = models.DateField(null=True)
    starts = models.TimeField()
    ends = models.TimeField()

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "duties"
        indexes = [
            models.Index(fields=["mall", "day"], name="duty_of_day"),
            models.Index(fields=["mall", "valid_until"], name="duty_of_weeks"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(day__isnull=False, weekday__isnull=True, valid_from__isnull=True, valid_until__isnull=True)
                | Q(day__isnull=True, weekday__range=(1, 7), valid_from__isnull=False),
                name="duty_of_a_day_or_weekly",
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="duty_ends_after_start"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="duty_valid_until_after_from",
            ),
        ]

    def falls_on(self, day: date) -> bool:
        """Whether it is meant for a day, leaving aside what is written for that day alone."""
        if self.day is not None:
            return self.day == day
        assert self.valid_from
        return (
            self.weekday == day.isoweekday()
            and self.valid_from <= day
            and (self.valid_until is None or day <= self.valid_until)
        )


class Absence(models.Model):
    """Somebody who was to be at a counter on a day and is not: why, and who stands in, if anybody."""

    tenant = "mall"

    class Reason(models.TextChoices):
        SICK = "sick", _("Sakit")
        LEAVE = "leave", _("Cuti")
        ERRAND = "errand", _("Tugas luar")
        TRAINING = "training", _("Pelatihan")
        OTHER = "other", _("Alasan lain")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="absences")
    day = models.DateField()
    reason = models.CharField(max_length=8, choices=Reason)
    note = models.CharField(max_length=160, blank=True)
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "duty", "day"], name="absence_once_a_day")]


class Presence(models.Model):
    """Somebody of the staff who came to the mall on a day: when, and how that is known.

    `office_at` and `office_note` are the evidence of whoever had to clock in at their own office first.
    """

    tenant = "mall"

    class How(models.TextChoices):
        CODE = "code", _("Kode di layar")
        DEVICE = "device", _("Perangkat MPP")
        WITNESS = "witness", _("Dicatat pengelola")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+", null=True)
    day = models.DateField()
    arrived_at = models.DateTimeField()
    how = models.CharField(max_length=7, choices=How)
    office_at = models.TimeField(null=True)
    office_note = models.CharField(max_length=120, blank=True)
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "day", "account"], name="presence_once_a_day"),
            models.CheckConstraint(
                condition=Q(how="code", device__isnull=True, witness__isnull=True)
                | Q(how="device", device__isnull=False, witness__isnull=True)
                | (Q(how="witness", device__isnull=True, witness__isnull=False) & ~Q(reason="")),
                name="presence_known_in_one_way",
            ),
        ]
