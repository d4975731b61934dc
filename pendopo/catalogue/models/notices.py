"""What a mall tells everybody besides its services: announcements, questions, contacts, facilities, the way there."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall, Site


class NoticeQuerySet(models.QuerySet["Notice"]):
    def told_on(self, day: date) -> Self:
        """Those that stand on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day, ended_at=None)


class Notice(models.Model):
    """Something told to everybody, of the whole mall or of one of its sites, from a day on.

    `ends_on` is its last day, if that is known; `ended_at` is when it was taken back. It stays, for its past.
    """

    tenant = "mall"

    class Kind(models.TextChoices):
        ANNOUNCEMENT = "announcement", _("Pengumuman")
        WAY = "way", _("Cara ke sini")
        FACILITY = "facility", _("Sarana kelompok rentan")
        QUESTION = "question", _("Tanya jawab")
        CONTACT = "contact", _("Kontak")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=160)
    text = models.TextField(max_length=2000, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mall", "kind", "starts_on"], name="notices_of_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="notice_ends_after_begin"
            ),
            models.UniqueConstraint(
                fields=["mall", "kind", "site", "title"], condition=Q(ends_on=None, ended_at=None),
                name="notice_told_once", nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def stands_on(self, day: date) -> bool:
        """Whether it is told on a day."""
        return self.ended_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class FloorPlan(models.Model):
    """The drawing of a site that people find their way by."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=120)
    file_path = models.CharField(max_length=160)
    file_sha256 = models.BinaryField(max_length=32)
    words = models.TextField(max_length=1000)
