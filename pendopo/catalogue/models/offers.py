from datetime import date, datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency, Outlet
from pendopo.tenancy.models import Mall, Site


class Lasting[M: models.Model](models.QuerySet[M]):
    """Rows that are ended and never removed."""

    def standing(self) -> Self:
        """Those that were not ended."""
        return self.filter(ended_at=None)


class ServiceQuerySet(Lasting["Service"]):
    """Services."""


class VariantQuerySet(Lasting["Variant"]):
    """Variants."""


class Service(models.Model):
    """One service of an agency. Its code is given by us, is part of its address and is never used again.

    `texts` are its English words (`name_en`, `description_en`, `procedure_en`). Once ended it stays, for its past.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        HERE = "here", _("Diputus di MPP")
        ELSEWHERE = "elsewhere", _("Diputus di sistem instansi")
        FORWARD = "forward", _("Diterima di sini, dikerjakan instansi")
        INFORMATION = "information", _("Informasi")

    class Origin(models.TextChoices):
        IMPORTED = "imported", _("Diimpor")
        WRITTEN = "written", _("Ditulis")
        PACKAGE = "package", _("Paket layanan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    recognised_as = models.CharField(max_length=200)
    group = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.HERE)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.WRITTEN)
    description = models.TextField(blank=True)
    procedure = models.TextField(blank=True)
    texts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="service_code_once"),
            models.UniqueConstraint(fields=["mall", "agency", "recognised_as"], name="service_once_an_agency"),
        ]

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """A case of a service with its own requirements, fee and duration. A mall's services are counted by variants.

    Those that stand have the positions from 1 on; an ended one keeps its code and stands behind them.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="variants")
    code = models.CharField(max_length=28)
    name = models.CharField(max_length=200, blank=True)
    requirements = models.JSONField(default=list)
    duration = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=1)
    texts = models.JSONField(default=dict)
    ended_at = models.DateTimeField(null=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="variant_code_once"),
            models.UniqueConstraint(fields=["mall", "service", "position"], name="variant_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.service.name}: {self.name}" if self.name else self.service.name


class FeeQuerySet(models.QuerySet["Fee"]):
    """Fees."""

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def not_over(self, day: date) -> Self:
        """Those that hold on a day or will later."""
        return self.standing().filter(Q(valid_to=None) | Q(valid_to__gte=day))

    def in_force(self, day: date) -> Self:
        """Those that hold on a day: of each variant at most one."""
        return self.not_over(day).filter(valid_from__lte=day)


class Fee(models.Model):
    """What a variant costs in rupiah from a day on, by which regulation. No row means not known, never free.

    What was written by mistake is withdrawn and stays. The database lets no two hold on one day
    (constraint `fee_one_in_force`).
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="fees")
    amount = models.BigIntegerField()
    basis = models.CharField(max_length=200)
    source = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    written_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = FeeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_not_negative"),
            models.CheckConstraint(condition=~Q(basis=""), name="fee_by_regulation"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="fee_ends_after_start"
            ),
            ExclusionConstraint(
                name="fee_one_in_force",
                expressions=[
                    ("mall", RangeOperators.EQUAL),
                    ("variant", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"), F("valid_to"), Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
            ),
        ]  # fmt: skip

    def can_be_withdrawn(self, mall: Mall, at: datetime) -> bool:
        """Whether it was written today or begins later, by the mall's own clock: nobody has paid by it before."""
        today = mall.local(at).date()
        is_new = self.written_at is not None and mall.local(self.written_at).date() == today
        return self.withdrawn_at is None and (is_new or self.valid_from > today)


class Offering(models.Model):
    """A service at a site: at which outlet, through which channels, and whether it is given there now."""

    tenant = "mall"

    class Status(models.TextChoices):
        IN = "in", _("Dilayani di MPP")
        FRONT_DESK = "front_desk", _("Hanya penerimaan berkas")
        NOT = "not", _("Belum dilayani di MPP")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="offerings")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="+")
    is_direct = models.BooleanField(default=True)
    is_mobile = models.BooleanField(default=False)
    is_self_service = models.BooleanField(default=False)
    is_electronic = models.BooleanField(default=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.IN)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "service", "site"], name="offering_once_a_site"),
            models.CheckConstraint(condition=~Q(status="not") | ~Q(reason=""), name="offering_refused_with_reason"),
        ]
