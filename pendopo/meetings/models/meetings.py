"""A meeting: its agenda, the papers of the moment at which it was sent, who was invited and came, its minutes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.tenancy.models import Mall


class Meeting(models.Model):
    """A rapat. The agenda is written, then sent (and frozen with its papers); after it the minutes are closed.

    Before anything of it was noted it can be called off, for good and with a reason.
    """

    tenant = "mall"

    class State(models.TextChoices):
        DRAFT = "draft", _("Agenda disusun")
        SENT = "sent", _("Agenda dikirim")
        CLOSED = "closed", _("Notula selesai")
        OFF = "off", _("Dibatalkan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    # Name and office, as the minutes are signed.
    chair = models.CharField(max_length=160)
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    off_at = models.DateTimeField(null=True)
    off_because = models.CharField(max_length=200, blank=True, db_default="", default="")
    minutes_path = models.CharField(max_length=160, blank=True)
    minutes_sha256 = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", sent_at__isnull=True, closed_at__isnull=True, minutes_path="")
                | Q(state="sent", sent_at__isnull=False, closed_at__isnull=True, minutes_path="")
                | (
                    Q(state="closed", sent_at__isnull=False, closed_at__isnull=False, minutes_sha256__isnull=False)
                    & ~Q(minutes_path="")
                )
                | Q(state="off", closed_at__isnull=True, minutes_path=""),
                name="meeting_state_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="off", off_at__isnull=False) & ~Q(off_because="")
                | ~Q(state="off") & Q(off_at__isnull=True, off_because=""),
                name="meeting_off_with_reason",
            ),
            models.CheckConstraint(condition=Q(closed_at__gte=F("starts_at")), name="meeting_closed_after_start"),
            models.UniqueConstraint(fields=["mall", "title", "starts_at"], name="meeting_once"),
        ]
        indexes = [models.Index(fields=["mall", "-starts_at", "-id"], name="meeting_latest")]

    def __str__(self) -> str:
        return self.title


class Postponement(models.Model):
    """That a meeting was put off to another time, and why. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="postponements")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_has_reason"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="postponement_moves"),
        ]


class AgendaPoint(models.Model):
    """A point of an agenda, whose it is, and what the minutes say of it."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=160, blank=True)
    minutes = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "meeting", "position"], name="agenda_point_place_once")]

    def __str__(self) -> str:
        return self.title


class Paper(models.Model):
    """A table of the mall's own rows as they were when the agenda was sent. Only ever added."""

    tenant = "mall"

    class Kind(models.TextChoices):
        DECISIONS = "decisions", _("Keputusan yang belum selesai")
        VISITORS = "visitors", _("Pengunjung tiap minggu")
        SATISFACTION = "satisfaction", _("Kepuasan pengunjung")
        STANDARDS = "standards", _("Standar pelayanan")
        DISCIPLINE = "discipline", _("Kehadiran petugas")
        FULL_TIME = "full_time", _("Janji buka penuh")
        PROSPECTS = "prospects", _("Siapa ingin bergabung")
        AGREEMENTS = "agreements", _("Perjanjian yang belum ada")
        APPS = "apps", _("Aplikasi instansi")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    # What stands at its head in one sentence, and the table: {"heads": […], "rows": [[…], …]}.
    summary = models.CharField(max_length=300)
    table = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "meeting", "kind"], name="paper_once_a_meeting")]


class Invitation(models.Model):
    """Who is asked to a meeting: an agency, a person of the staff, or a guest; who came, and whom they sent."""

    tenant = "mall"

    class Came(models.TextChoices):
        UNKNOWN = "unknown", _("Belum dicatat")
        CAME = "came", _("Hadir")
        SENT = "sent", _("Diwakili")
        AWAY = "away", _("Tidak hadir")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    guest = models.CharField(max_length=160, blank=True)
    came = models.CharField(max_length=7, choices=Came, default=Came.UNKNOWN)
    # Who sat there for an agency, or was sent in somebody's place.
    by_whom = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, account__isnull=True, guest="")
                | Q(agency__isnull=True, account__isnull=False, guest="")
                | (Q(agency__isnull=True, account__isnull=True) & ~Q(guest="")),
                name="invitation_of_one",
            ),
            models.CheckConstraint(condition=~Q(came="sent") | ~Q(by_whom=""), name="invitation_sent_somebody"),
            models.UniqueConstraint(fields=["mall", "meeting", "agency"], name="invitation_agency_once"),
            models.UniqueConstraint(fields=["mall", "meeting", "account"], name="invitation_account_once"),
            models.UniqueConstraint(
                fields=["mall", "meeting", "guest"], condition=~Q(guest=""), name="invitation_guest_once"
            ),
        ]
        indexes = [models.Index(fields=["mall", "agency"], name="invitation_by_agency")]

    def __str__(self) -> str:
        return self.agency.name if self.agency else self.account.name if self.account else self.guest
