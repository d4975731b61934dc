"""The week of an outlet, days that differ, and closings told ahead."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Counter, Outlet
from pendopo.tenancy.models import Mall


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
