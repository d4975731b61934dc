"""The gates as a mall has set them, version after version, and the values that were reported for them."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel.figures import figure
from pendopo.tenancy.models import Mall


class Unit(models.TextChoices):
    """What a value counts."""

    PERCENT = "percent", _("persen")
    POINTS = "points", _("nilai")
    COUNT = "count", _("jumlah")


class GateVersion(models.Model):
    """The gates from a day on. Only ever added: another threshold is another version."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    valid_from = models.DateField()
    reason = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="gate_version_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="gate_version_has_reason"),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Gate(models.Model):
    """A value that must reach a threshold; without one it is only followed. Only ever added, with its version."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    version = models.ForeignKey(GateVersion, models.PROTECT, related_name="gates")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    unit = models.CharField(max_length=7, choices=Unit)
    threshold = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    source = models.CharField(max_length=200)
    source_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "version", "code"], name="gate_once_a_version"),
            models.CheckConstraint(condition=~Q(source=""), name="gate_has_source"),
            models.CheckConstraint(condition=Q(threshold=None) | Q(threshold__gte=0), name="gate_threshold_positive"),
            models.CheckConstraint(
                condition=~Q(unit="percent") | Q(threshold=None) | Q(threshold__lte=100), name="gate_within_hundred"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def threshold_text(self) -> str:
        """The threshold as people read it; empty without one."""
        return "" if self.threshold is None else figure(self.threshold)


class Value(models.Model):
    """What somebody reported of a gate on a day. Only ever added: a wrong one is corrected by another, with a reason.

    `out_of` is how many persons or things the percentage is of, where that is known. A claim is what somebody said
    in public without a document.
    """

    tenant = "mall"

    class Exactness(models.TextChoices):
        EXACT = "exact", _("tepat")
        ABOVE = "above", _("lebih dari")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    gate = models.CharField(max_length=30)
    value = models.DecimalField(max_digits=9, decimal_places=2)
    exactness = models.CharField(max_length=5, choices=Exactness, default=Exactness.EXACT)
    out_of = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    is_claim = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, related_name="correction", null=True)
    reason = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mall", "gate", "-as_of", "-id"], name="readiness_value_last")]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="readiness_value_positive"),
            models.CheckConstraint(condition=~Q(source=""), name="readiness_value_has_source"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="readiness_value_corrected_with_reason",
            ),
            models.CheckConstraint(condition=Q(out_of=None) | Q(out_of__gte=1), name="readiness_value_out_of_some"),
        ]

    def __str__(self) -> str:
        return str(self.value)

    def passes(self, threshold: Decimal) -> bool:
        """Whether it reaches a threshold. What is above a figure passes only thresholds up to that figure."""
        return self.value >= threshold
