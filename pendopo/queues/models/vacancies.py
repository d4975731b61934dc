"""Counters that should be open and are not: a message with its begin and end, who answered, and each day added up."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.tenancy.models import Mall


class Vacancy(models.Model):
    """A stretch in which a counter should be open and receives nobody: without a word (empty), or with one (rest).

    It lies within one local day. The worker makes it and ends it; two of a counter never overlap (constraint
    `vacancy_one_at_a_time`), so that no minute counts twice. `account` is who was to be there, if the roster says so.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        EMPTY = "empty", _("Kosong")
        REST = "rest", _("Jeda dengan alasan")

    class Ended(models.TextChoices):
        OPENED = "opened", _("Dibuka")
        HOURS = "hours", _("Jam layanan berakhir")
        OTHERWISE = "changed", _("Keterangannya berubah")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=5, choices=Kind)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=7, choices=Ended, blank=True)

    class Meta:
        verbose_name_plural = "vacancies"
        indexes = [models.Index(fields=["mall", "day", "starts_at"], name="vacancy_of_day")]
        constraints = [
            models.UniqueConstraint(fields=["mall", "counter"], condition=Q(ended_at=None), name="vacancy_open_once"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__gte=F("starts_at")) & ~Q(ended_because="")),
                name="vacancy_ends_after_start",
            ),
        ]


class VacancyReply(models.Model):
    """Somebody has seen a vacancy (no words), or answers it: why it was, what is done."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    vacancy = models.ForeignKey(Vacancy, models.PROTECT, related_name="replies")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "vacancy replies"
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "vacancy", "account"], condition=Q(words=""), name="vacancy_seen_once"
            ),
        ]


class CounterDay(models.Model):
    """A counter's day that is over, in seconds: how long it should have been open, and was empty or rested of that.

    Kept because hours and rosters change: what was promised on a day is what was written then.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    day = models.DateField()
    due = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    rest = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "day", "counter"], name="counter_day_once"),
            models.CheckConstraint(condition=Q(due__gte=F("empty") + F("rest")), name="counter_day_within_due"),
        ]
