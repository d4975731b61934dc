"""What the hall's things did: slips that were printed, calls that were spoken, and calls for help."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Counter
from pendopo.queues.models.visits import Ticket
from pendopo.tenancy.models import Device, Mall, Zone


class Slip(models.Model):
    """A ticket on paper. Every print after the first says that it is a copy."""

    tenant = "mall"

    class State(models.TextChoices):
        PRINTING = "printing", _("Sedang dicetak")
        PRINTED = "printed", _("Tercetak")
        FAILED = "failed", _("Gagal dicetak")

    class Problem(models.TextChoices):
        PAPER_OUT = "paper_out", _("Kertas habis")
        UNREACHABLE = "unreachable", _("Pencetak tidak terjangkau")
        INTERRUPTED = "interrupted", _("Pencetakan terputus")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="slips")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.PRINTING)
    problem = models.CharField(max_length=11, choices=Problem, blank=True)
    copy = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "ticket", "copy"], name="slip_copy_once"),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(problem="")) | (~Q(state="failed") & Q(problem="")),
                name="failed_slip_has_problem",
            ),
        ]


class Spoken(models.Model):
    """A call that a zone's speaking device has said; `seq` is the event's number."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    seq = models.BigIntegerField()
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "spoken"
        constraints = [models.UniqueConstraint(fields=["mall", "seq"], name="call_spoken_once")]


class Recording(models.Model):
    """A mall's own recording of a word of the calls; it wins over the made clip. `path` is below the data folder."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=3)
    token = models.CharField(max_length=40)
    path = models.CharField(max_length=200)
    sha256 = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "language", "token"], name="recording_once_a_word"),
        ]


class HelpCall(models.Model):
    """Somebody pressed for help or for security, until somebody goes."""

    tenant = "mall"

    class Kind(models.TextChoices):
        HELP = "help", _("Bantuan")
        SECURITY = "security", _("Keamanan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+", null=True)
    kind = models.CharField(max_length=8, choices=Kind)
    note = models.CharField(max_length=80, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "-asked_at"], condition=Q(answered_at=None), name="help_open")]
