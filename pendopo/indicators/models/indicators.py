"""What a region wants to change: official figures, the path to a target, and the services that count for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.catalogue.models import Service
from pendopo.tenancy.models import Mall

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099


class Theme(models.TextChoices):
    """The themes of reform (PermenPANRB 3/2023)."""

    POVERTY = "poverty", _("Pengentasan kemiskinan")
    INVESTMENT = "investment", _("Peningkatan investasi")
    DIGITAL = "digital", _("Digitalisasi administrasi pemerintahan")
    PRIORITY = "priority", _("Prioritas aktual Presiden")


class Indicator(models.Model):
    """A figure that shows whether reform is felt; whether it should fall or rise, and who publishes it."""

    tenant = "mall"

    class Better(models.TextChoices):
        LOWER = "lower", _("makin rendah makin baik")
        HIGHER = "higher", _("makin tinggi makin baik")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    code = models.SlugField(max_length=30)
    name = models.CharField(max_length=160)
    theme = models.CharField(max_length=10, choices=Theme)
    unit = models.CharField(max_length=40)
    better = models.CharField(max_length=6, choices=Better)
    publisher = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "name"], name="indicator_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="indicator_code_once"),
            models.CheckConstraint(condition=~Q(unit=""), name="indicator_has_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class OfficialFigure(models.Model):
    """What a source says the indicator was. Only ever added: a wrong one is corrected by another, with a reason."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures")
    value = models.DecimalField(max_digits=20, decimal_places=2)
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    is_claim = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, related_name="correction", null=True)
    reason = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mall", "indicator", "-as_of", "-id"], name="official_figure_last")]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="official_figure_has_source"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="official_figure_corrected_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)


class TargetPoint(models.Model):
    """Where the indicator should be in a year. Only ever added: another for the same year takes its place.

    The first year of a path is its base.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=20, decimal_places=2)
    source = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, related_name="replacement", null=True)
    reason = models.CharField(max_length=200, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mall", "indicator", "year"], name="target_point_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "indicator", "year"], condition=Q(replaces=None), name="target_point_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(EARLIEST_YEAR, LATEST_YEAR)), name="target_point_of_this_century"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="target_point_has_source"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, reason="") | (Q(replaces__isnull=False) & ~Q(reason="")),
                name="target_point_replaced_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class IndicatorService(models.Model):
    """A service of the mall that counts for an indicator."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="services")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "indicator", "service"], name="indicator_service_once"),
        ]
