"""Which days are days off, by law and by a mall's own decision, and which hours count for deadlines."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall


class HolidayQuerySet(models.QuerySet["Holiday"]):
    def in_force(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def between(self, starts_on: date, ends_on: date) -> Self:
        """Those of a stretch of days, both ends included."""
        return self.filter(day__range=(starts_on, ends_on))


class Holiday(models.Model):
    """A day off by decree, for everybody: law as data. A decree can take it back; the row then stays, withdrawn.

    An unconfirmed one counts like any other and is shown with its mark until somebody has seen the decree.
    """

    tenant = "shared"

    class Kind(models.TextChoices):
        NATIONAL = "libur_nasional", _("Libur nasional")
        COLLECTIVE_LEAVE = "cuti_bersama", _("Cuti bersama")
        PRESIDENTIAL = "libur_keppres", _("Libur dengan Keputusan Presiden (antara lain hari pemungutan suara)")

    day = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=Kind)
    basis = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    is_confirmed = models.BooleanField(default=True)
    # Set when a person decided at run time: a later import of a file does not undo it.
    is_own_decision = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        constraints = [
            # Two holidays can fall on one day, as Ascension and Labour Day did in 2008.
            models.UniqueConstraint(fields=["day", "name"], name="holiday_once_a_day"),
            models.CheckConstraint(condition=~Q(name=""), name="holiday_has_a_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["libur_nasional", "cuti_bersama", "libur_keppres"]), name="holiday_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}"


class MallDay(models.Model):
    """A mall's own word on one day, above the law's: closed, or working in spite of a holiday."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    is_day_off = models.BooleanField()
    name = models.CharField(max_length=120)
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("hari MPP")
        verbose_name_plural = _("hari MPP")
        constraints = [
            models.UniqueConstraint(fields=["mall", "day"], name="mallday_once"),
            models.CheckConstraint(condition=~Q(name=""), name="mallday_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.name}"


class Calendar(models.Model):
    """Named working hours of a mall, by which deadlines are counted. Not when an outlet is open: see agencies."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("kalender kerja")
        verbose_name_plural = _("kalender kerja")
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="calendar_name_once"),
            models.UniqueConstraint(fields=["mall"], condition=Q(is_default=True), name="calendar_one_default"),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarHours(models.Model):
    """Working hours of one weekday (ISO: Monday is 1), in the mall's own time; a weekday without is not worked."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    break_from = models.TimeField(null=True)
    break_until = models.TimeField(null=True)

    class Meta:
        verbose_name = _("jam kerja")
        verbose_name_plural = _("jam kerja")
        constraints = [
            models.UniqueConstraint(fields=["mall", "calendar", "weekday"], name="worktime_once_a_weekday"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="worktime_weekday_is_iso"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="worktime_ends_after_start"),
            models.CheckConstraint(
                condition=Q(break_from__isnull=True, break_until__isnull=True)
                | Q(
                    break_from__isnull=False,
                    break_until__isnull=False,
                    break_from__gt=F("opens"),
                    break_until__gt=F("break_from"),
                    break_until__lt=F("closes"),
                ),
                name="worktime_break_within",
            ),
        ]
