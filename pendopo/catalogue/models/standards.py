"""Service standards (UU 25/2009 art. 21): what is promised of a service, from a day on, by which decree."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from pendopo.catalogue.components import rules
from pendopo.catalogue.models.offers import Service, Variant
from pendopo.tenancy.models import Mall


class StandardQuerySet(models.QuerySet["Standard"]):
    def in_force(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(valid_from__lte=day).filter(Q(valid_to=None) | Q(valid_to__gte=day))


class Standard(models.Model):
    """The standard of a service, or of one of its variants, as a decree set it. Never rewritten: a new one ends it."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="standards")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="standards", null=True)
    components = models.JSONField(default=dict)
    decree_number = models.CharField(max_length=120)
    decree_on = models.DateField()
    # Where the agency keeps the document, if the document itself is not kept here.
    decree_file = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=120, blank=True, db_default="")
    file_path = models.CharField(max_length=160, blank=True, db_default="")
    file_sha256 = models.BinaryField(max_length=32, null=True)
    # Citizens take part in setting a standard (PermenPANRB 15/2014; forum konsultasi publik).
    forum = models.CharField(max_length=200, blank=True)
    forum_on = models.DateField(null=True)
    forum_evidence = models.CharField(max_length=300, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    review_due_on = models.DateField()
    written_at = models.DateTimeField()

    objects = StandardQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="standard_one_in_force",
                expressions=[
                    ("mall", RangeOperators.EQUAL),
                    ("service", RangeOperators.EQUAL),
                    (Coalesce("variant", Value(0)), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"), F("valid_to"), Value("[]"), function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="standard_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(decree_number=""), name="standard_by_decree"),
            models.CheckConstraint(
                condition=Q(forum="", forum_on__isnull=True) | (~Q(forum="") & Q(forum_on__isnull=False)),
                name="standard_forum_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(file_path="", file_sha256__isnull=True) | (~Q(file_path="") & Q(file_sha256__isnull=False)),
                name="standard_file_with_digest",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.decree_number

    @property
    def filled(self) -> int:
        """How many components say something."""
        return sum(bool(self.components.get(code)) for code in rules().codes)

    @property
    def is_filled(self) -> bool:
        """Whether every component says something."""
        return self.filled == len(rules().codes)

    @property
    def is_public_filled(self) -> bool:
        """Whether every component says something that must be published."""
        return all(self.components.get(each.code) for each in rules().public)


class Publication(models.Model):
    """Where a standard can be read, since when, and what shows it."""

    tenant = "mall"

    class Medium(models.TextChoices):
        WEBSITE = "website", _("Situs web")
        SIPP = "sipp", _("SIPP Nasional")
        BOARD = "board", _("Papan pengumuman")
        SCREEN = "screen", _("Layar di ruang layanan")
        LEAFLET = "leaflet", _("Brosur atau selebaran")
        SOCIAL = "social", _("Media sosial")
        PRESS = "press", _("Media massa")
        BOOK = "book", _("Buku standar pelayanan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="publications")
    medium = models.CharField(max_length=10, choices=Medium)
    published_on = models.DateField()
    evidence = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "standard", "medium"], name="standard_once_a_medium"),
            models.CheckConstraint(condition=~Q(evidence=""), name="publication_is_shown"),
        ]
