"""Letters that were made here, as they were made."""

from django.db import models
from django.db.models import Q

from pendopo.meetings.models.meetings import Meeting
from pendopo.tenancy.models import Mall


class Letter(models.Model):
    """A surat with its number, kept with the words and the file as they were made. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    # The meeting it is about; None for one about anything else.
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="letters", null=True)
    number = models.CharField(max_length=80)
    day = models.DateField()
    recipient = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    signer = models.CharField(max_length=160)
    signer_office = models.CharField(max_length=160)
    # All that stands in it, of which the file was set.
    content = models.JSONField()
    file_path = models.CharField(max_length=160)
    file_sha256 = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="letter_number_once"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(file_path=""), name="letter_numbered_and_kept"),
        ]
        indexes = [models.Index(fields=["mall", "-day", "-id"], name="letter_latest")]

    def __str__(self) -> str:
        return f"{self.number}, {self.subject}"
