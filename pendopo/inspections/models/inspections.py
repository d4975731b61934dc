"""A visit without notice: where, what was asked and seen there, and the signature that ends it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall, Site


class Inspection(models.Model):
    """A sidak. `checklist` is the version it was made with, `seen` what the system knew at the minute it began.

    One that began without a network began by the phone's clock, and was `received_at` later; else that is empty.
    Whoever began it fills it in, until somebody takes over (`Turn`).
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
    received_at = models.DateTimeField(null=True)
    seen = models.JSONField()
    summary = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "part"], name="inspection_part_once")]
        indexes = [models.Index(fields=["mall", "-begun_at"], name="inspection_newest")]

    @property
    def is_signed(self) -> bool:
        """Whether it is over and can no more be changed."""
        return hasattr(self, "signature")


class Turn(models.Model):
    """Somebody took over the filling in: from then on the phone of whoever had it only sends what it still holds."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="turns")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="turn_has_reason")]
        indexes = [models.Index(fields=["mall", "inspection", "id"], name="turns_of_inspection")]


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

    `at` is the device's time, `received_at` ours. Until the signature the newest answer stands; what somebody else had
    said is set aside (`Aside`). `account` is who answered; none: whoever began the inspection.
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
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    part = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "place", "item"], name="answer_once"),
            models.CheckConstraint(condition=Q(value="") | Q(number=None), name="answer_is_one_thing"),
            models.CheckConstraint(condition=Q(value__in=["", "yes", "no", "na"]), name="answer_value_known"),
        ]

    def says_the_same(self, other: "Answer") -> bool:
        """Whether another answer to the item says nothing else."""
        return (self.value, self.number, self.note) == (other.value, other.number, other.note)


class Aside(models.Model):
    """An answer that does not stand, because another inspector answered the same: kept, with whose it is and when."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="asides")
    item = models.CharField(max_length=40)
    value = models.CharField(max_length=3, choices=Answer.Value, blank=True)
    number = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    part = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "place", "item", "part"], name="aside_once")]


class Opinion(models.Model):
    """What one visitor answered to the two questions of the checklist. Nobody's name is asked or kept."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="opinions")
    part = models.UUIDField()
    first = models.BooleanField()
    second = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    # Who heard it; none: whoever began the inspection.
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
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
