"""A visit without notice: where, what was asked and seen there, and the signature that ends it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall, Site


class Inspection(models.Model):
    """A sidak. `checklist` is the version it was made with, `seen` what the system knew at the minute it began.

    Nothing of it changes but `summary`, and that until it is signed: the database refuses the rest.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Given by the browser: the same request makes the same inspection.
    part = models.UUIDField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    team = models.CharField(max_length=300, blank=True)
    checklist = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    seen = models.JSONField()
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "part"], name="inspection_part_once")]
        indexes = [models.Index(fields=["mall", "-begun_at"], name="inspection_newest")]

    @property
    def is_signed(self) -> bool:
        """Whether it is over and can no more be changed."""
        return hasattr(self, "signature")


class Place(models.Model):
    """Where an inspection went: a site of the mall, or another place by name (a hospital of the same morning)."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="places")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "inspection", "name"], name="place_once"),
            models.CheckConstraint(condition=~Q(name=""), name="place_has_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """What was found of one item of the checklist at a place: yes, no, does not apply, or a number; and a note.

    `at` is the device's time, `received_at` ours. Until the signature the newest answer stands.
    """

    tenant = "mall"

    class Value(models.TextChoices):
        YES = "yes", _("Ya")
        NO = "no", _("Tidak")
        NOT_HERE = "na", _("Tidak berlaku")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.CharField(max_length=3, choices=Value, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    part = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "place", "item"], name="answer_once"),
            models.CheckConstraint(condition=Q(value="") | Q(number=None), name="answer_is_one_thing"),
            models.CheckConstraint(condition=Q(value__in=["", "yes", "no", "na"]), name="answer_value_known"),
        ]


class Opinion(models.Model):
    """What one visitor answered to the two questions of the checklist. Nobody's name is asked or kept."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="opinions")
    part = models.UUIDField()
    first = models.BooleanField()
    second = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "part"], name="opinion_part_once")]


class Signature(models.Model):
    """Who signed an inspection before leaving: name, office, the drawn hand, the moment, and a digest of all that is
    signed. From then on the database refuses every change of it.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="signature")
    part = models.UUIDField()
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=160)
    signed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    file_path = models.CharField(max_length=160)
    file_sha256 = models.BinaryField(max_length=32)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(office="") & ~Q(file_path=""), name="signature_by_somebody"
            )
        ]
