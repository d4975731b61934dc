from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.inspections.models.findings import Finding
from pendopo.inspections.models.inspections import Place
from pendopo.tenancy.models import Mall


class Photo(models.Model):
    """A picture with its time, and its place where the inspector allowed it. What the camera wrote into the file
    itself (place, device, owner) is cut out before it is kept.
    """

    tenant = "mall"

    class Stage(models.TextChoices):
        SCENE = "scene", _("Suasana")
        BEFORE = "before", _("Sebelum")
        AFTER = "after", _("Sesudah")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="photos")
    item = models.CharField(max_length=40, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="photos", null=True)
    stage = models.CharField(max_length=6, choices=Stage)
    part = models.UUIDField()
    file_path = models.CharField(max_length=160)
    file_sha256 = models.BinaryField(max_length=32)
    taken_at = models.DateTimeField()
    received_at = models.DateTimeField()
    latitude = models.DecimalField(max_digits=7, decimal_places=5, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True)
    accuracy = models.PositiveIntegerField(null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "part", "stage"], name="photo_part_once"),
            models.CheckConstraint(
                condition=Q(stage="scene", finding=None) | Q(stage__in=["before", "after"], finding__isnull=False),
                name="photo_stage_of_finding",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, accuracy=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="photo_place_whole",
            ),
        ]
        indexes = [models.Index(fields=["mall", "place"], name="photos_of_place")]
