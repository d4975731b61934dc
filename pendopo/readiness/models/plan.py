"""The way to MPP Digital by months, and assessments as they were on their day."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.readiness.models.gates import GateVersion
from pendopo.tenancy.models import Mall


class PlanStep(models.Model):
    """A step of the action plan in its month, whose it is, and what shows that it is done."""

    tenant = "mall"

    class Kind(models.TextChoices):
        LETTER = "letter", _("Surat usulan")
        ASSESSMENT = "assessment", _("Penilaian kesiapan")
        VISIT = "visit", _("Kunjungan kementerian")
        PASS = "pass", _("Lulus")
        OTHER = "other", _("Langkah lain")

    class Standing(models.TextChoices):
        DONE = "done", _("Selesai")
        LATE = "late", _("Terlambat")
        NOW = "now", _("Bulan ini")
        PLANNED = "planned", _("Direncanakan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=120)
    # Its first day.
    month = models.DateField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    office = models.CharField(max_length=120, blank=True)
    done_on = models.DateField(null=True)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="plan_step_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="plan_step_in_a_month"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, office="") | (Q(agency__isnull=True) & ~Q(office="")),
                name="plan_step_of_one",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, evidence="") | (Q(done_on__isnull=False) & ~Q(evidence="")),
                name="plan_step_done_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.agency.name if self.agency else self.office

    @property
    def last_day(self) -> date:
        """The last day on which it is in time."""
        return (self.month + timedelta(days=32)).replace(day=1) - timedelta(days=1)

    def standing(self, day: date) -> Standing:
        """How it stands on a day."""
        if self.done_on and self.done_on <= day:
            return self.Standing.DONE
        if self.last_day < day:
            return self.Standing.LATE
        return self.Standing.NOW if self.month <= day else self.Standing.PLANNED


class Assessment(models.Model):
    """The answer of a day, kept with the gates of that day. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    version = models.ForeignKey(GateVersion, models.PROTECT, related_name="+")
    held_on = models.DateField()
    is_ready = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mall", "-held_on", "-id"], name="assessment_last")]

    def __str__(self) -> str:
        return self.held_on.isoformat()


class AssessmentLine(models.Model):
    """How a gate or criterion stood in an assessment, in the words of that day. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=45)
    name = models.CharField(max_length=120)
    # None: followed, without a threshold.
    is_met = models.BooleanField(null=True)
    told = models.TextField()
    owner = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "assessment", "item"], name="assessment_line_once")]

    def __str__(self) -> str:
        return self.name
