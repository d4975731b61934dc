"""Which of an agency's services are in the mall, who decided it, and whether its own office still serves them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from pendopo.catalogue.models.offers import Offering, Service
from pendopo.tenancy.models import Mall


class Coverage(models.TextChoices):
    """How a service is in the mall."""

    IN = "in", _("Dilayani di MPP")
    FRONT_DESK = "front_desk", _("Hanya penerimaan berkas")
    FORWARD = "forward", _("Diterima di MPP, dikerjakan instansi")
    NOT = "not", _("Tidak dibawa ke MPP")


class CoverageDecision(models.Model):
    """What was decided of a service: how it is in the mall, why, on what evidence, by whom. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="decisions")
    coverage = models.CharField(max_length=10, choices=Coverage)
    reason = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(coverage="in") | ~Q(reason=""), name="coverage_less_than_all_with_reason"
            )
        ]
        indexes = [models.Index(fields=["mall", "service", "-id"], name="coverage_last_decision")]


class OwnOffice(models.Model):
    """An agency's own office serves a service too, has closed its counter for it, or never had one.

    The closing is proven by a decree, a photo and a date; until then the service is served twice.
    """

    tenant = "mall"

    class State(models.TextChoices):
        SERVES = "serves", _("Masih melayani")
        CLOSED = "closed", _("Sudah tutup")
        NEVER = "never", _("Tidak pernah melayani sendiri")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    service = models.OneToOneField(Service, models.PROTECT, related_name="own_office")
    state = models.CharField(max_length=6, choices=State)
    place = models.CharField(max_length=160, blank=True)
    closed_on = models.DateField(null=True)
    decree = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_path = models.CharField(max_length=160, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(state="closed", closed_on__isnull=False, file_sha256__isnull=False)
                    & ~Q(decree="")
                    & ~Q(file_path="")
                )
                | (~Q(state="closed") & Q(closed_on__isnull=True, file_sha256__isnull=True, decree="", file_path="")),
                name="own_office_closed_with_proof",
            )
        ]


class CoveredQuerySet(models.QuerySet[Service]):
    def covered(self) -> Self:
        """Say how each service is in the mall; None where nobody has decided."""
        offered = Offering.objects.filter(mall=OuterRef("mall"), service=OuterRef("pk"))
        decided = CoverageDecision.objects.filter(mall=OuterRef("mall"), service=OuterRef("pk"))
        given = Exists(offered.filter(status=Offering.Status.IN))
        return self.annotate(
            coverage=Case(
                When(given & Q(kind=Service.Kind.FORWARD), then=Value(Coverage.FORWARD.value)),
                When(given, then=Value(Coverage.IN.value)),
                When(Exists(offered.filter(status=Offering.Status.FRONT_DESK)), then=Value(Coverage.FRONT_DESK.value)),
                When(Exists(decided) | Exists(offered), then=Value(Coverage.NOT.value)),
                default=Value(None),
                output_field=models.CharField(max_length=10, null=True),
            )
        )
