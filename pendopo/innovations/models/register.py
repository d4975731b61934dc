"""The register: innovations of agencies, what became of each, who took it over, how much it is used."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import ExtractYear, Lower
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.tenancy.models import Mall

# An innovation whose use nobody has noted for longer sleeps.
ASLEEP_AFTER_MONTHS = 6


class Life(models.TextChoices):
    """What became of an innovation, told from the use that was noted."""

    ALIVE = "alive", _("Dipakai")
    ASLEEP = "asleep", _("Tertidur")
    ENDED = "ended", _("Dihentikan")
    UNKNOWN = "unknown", _("Belum diketahui")


def months_before(day: date, months: int) -> date:
    """Return the first day of the month that many months before a day's."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


class InnovationQuerySet(models.QuerySet["Innovation"]):
    def living(self, day: date) -> Self:
        """Say of each what became of it until a day, and in which month it was used last."""
        noted = Usage.objects.filter(mall=OuterRef("mall"), innovation=OuterRef("pk"), month__lte=day)
        used = noted.filter(count__gt=0).order_by().values("innovation").annotate(last=Max("month")).values("last")
        return self.annotate(used_until=Subquery(used), is_noted=Exists(noted)).annotate(
            life=Case(
                When(ended_on__lte=day, then=Value(Life.ENDED.value)),
                When(used_until__gte=months_before(day, ASLEEP_AFTER_MONTHS), then=Value(Life.ALIVE.value)),
                When(is_noted=True, then=Value(Life.ASLEEP.value)),
                default=Value(Life.UNKNOWN.value),
            )
        )

    def counted_in(self, year: int) -> Self:
        """Those that an agency has as its own of a year: registered for it, and not ended by its end."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=date(year, 12, 31)), year=year)


class Innovation(models.Model):
    """Something new that an agency does. What nobody knows stays empty."""

    tenant = "mall"

    class Kind(models.TextChoices):
        DIGITAL = "digital", _("Digital")
        OTHER = "other", _("Nondigital")

    class Form(models.TextChoices):
        GOVERNANCE = "governance", _("Tata kelola pemerintahan daerah")
        SERVICE = "service", _("Pelayanan publik")
        OTHER = "other", _("Bentuk lain sesuai urusan")

    class Initiator(models.TextChoices):
        HEAD = "head", _("Kepala daerah")
        COUNCIL = "council", _("DPRD")
        SERVANT = "servant", _("Aparatur sipil negara")
        AGENCY = "agency", _("Perangkat daerah")
        PUBLIC = "public", _("Masyarakat")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    expansion = models.CharField(max_length=240, blank=True)
    summary = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField()
    # Often only the year is remembered.
    started_in = models.PositiveSmallIntegerField(null=True)
    started_on = models.DateField(null=True)
    kind = models.CharField(max_length=7, choices=Kind, blank=True)
    form = models.CharField(max_length=10, choices=Form, blank=True)
    initiator = models.CharField(max_length=7, choices=Initiator, blank=True)
    source = models.CharField(max_length=300, blank=True)
    # What it rests on; a regional regulation often comes after the innovation.
    legal_basis = models.CharField(max_length=200, blank=True, db_default="", default="")
    is_published = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    registered_at = models.DateTimeField()

    # Said by the query set: `living`.
    life: str
    used_until: date | None

    objects = InnovationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("mall"), Lower("name"), name="innovation_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="innovation_has_a_name"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lt=2100), name="innovation_of_a_year"),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True) | Q(started_in=ExtractYear("started_on")),
                name="innovation_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="innovation_ended_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["mall", "agency", "year"], name="innovation_by_agency")]

    def __str__(self) -> str:
        return self.name

    @property
    def started_at_latest(self) -> date | None:
        """The day by which it surely had begun; of a year only its last day is sure. None: not known."""
        if self.started_on or self.started_in is None:
            return self.started_on
        return date(self.started_in, 12, 31)


class Award(models.Model):
    """What an innovation won, and where that is known from."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="awards")
    name = models.CharField(max_length=160)
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "innovation", "name", "year"], name="award_once"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(name=""), name="award_with_source"),
        ]


class Replication(models.Model):
    """Somebody took an innovation over. `giver` empty: from its own agency; the taker is an agency or a name."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="replications")
    giver = models.CharField(max_length=160, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    taker = models.CharField(max_length=160, blank=True)
    since = models.DateField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "innovation", "agency", "taker"], name="replication_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, taker="") | (Q(agency__isnull=True) & ~Q(taker="")),
                name="replication_by_agency_or_name",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="replication_with_source"),
        ]

    @property
    def taken_by(self) -> str:
        """Who took it over."""
        return self.agency.name if self.agency else self.taker


class Usage(models.Model):
    """How often an innovation was used in a month, what was counted, and where the figure is from."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="usages")
    month = models.DateField()
    count = models.PositiveIntegerField()
    unit = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "innovation", "month"], name="usage_once_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="usage_of_a_month"),
            models.CheckConstraint(condition=~Q(source="") & ~Q(unit=""), name="usage_with_source"),
        ]
