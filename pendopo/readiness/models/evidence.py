"""Evidence that people note for a criterion, and who is responsible for a gate or criterion."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.agencies.models import Agency
from pendopo.tenancy.models import Mall

GATE, CRITERION = "gate:", "criterion:"


class Charge(models.Model):
    """Who is responsible for a gate or criterion: an agency of the mall, or another office; until when."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # "gate:" or "criterion:" and its code.
    item = models.CharField(max_length=45)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    office = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "item"], name="readiness_charge_once"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, office="") | (Q(agency__isnull=True) & ~Q(office="")),
                name="readiness_charge_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.agency.name if self.agency else self.office


class Evidence(models.Model):
    """What shows that a criterion is met, where no row of ours can. Never rewritten; withdrawn with a reason."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    criterion = models.CharField(max_length=30)
    text = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    on = models.DateField()
    file_name = models.CharField(max_length=120, blank=True)
    file_path = models.CharField(max_length=160, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [models.Index(fields=["mall", "criterion"], name="readiness_evidence_of")]
        constraints = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(source=""), name="readiness_evidence_has_source"),
            models.CheckConstraint(
                condition=Q(file_path="", file_sha256__isnull=True) | (~Q(file_path="") & Q(file_sha256__isnull=False)),
                name="readiness_evidence_file_whole",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="readiness_evidence_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.text
