"""What a meeting decided, whose it is, until when, and what became of it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.meetings.models.meetings import AgendaPoint, Meeting
from pendopo.tenancy.models import Mall


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor) -> Self:
        """All for whoever oversees the mall; else those of the own agency, and the own ones."""
        if actor.overseen is None:
            return self
        return self.filter(Q(agency__in=actor.overseen) | Q(account=actor.account_id))

    def late(self, day: date) -> Self:
        """Those that should have been done by a day, and are open."""
        return self.filter(state=Decision.State.OPEN, due_on__lt=day)


class Decision(models.Model):
    """Something to be done by one owner until a day. Its words never change; it ends done or dropped."""

    tenant = "mall"

    class State(models.TextChoices):
        OPEN = "open", _("Terbuka")
        DONE = "done", _("Selesai")
        DROPPED = "dropped", _("Dibatalkan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    point = models.ForeignKey(AgendaPoint, models.PROTECT, related_name="+", null=True)
    words = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    due_on = models.DateField()
    made_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State, default=State.OPEN)
    settled_on = models.DateField(null=True)
    # What proves that it is done, or why it was dropped.
    because = models.CharField(max_length=300, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, account__isnull=True) | Q(agency__isnull=True, account__isnull=False),
                name="decision_of_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on__isnull=True, because="")
                | (Q(state__in=["done", "dropped"], settled_on__isnull=False) & ~Q(because="")),
                name="decision_settled_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "due_on", "id"], name="decision_by_day"),
            models.Index(fields=["mall", "agency"], name="decision_by_agency"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def owner(self) -> str:
        """Whose it is, by name."""
        return self.agency.short_name if self.agency else self.account.name if self.account else ""

    def may_be_reported_by(self, actor: Actor) -> bool:
        """Whether somebody may tell how far it is: its owner, and the manager."""
        if actor.manages or (self.account_id is not None and self.account_id == actor.account_id):
            return True
        return self.agency_id is not None and actor.steers(self.agency_id)

    def may_be_read_by(self, actor: Actor) -> bool:
        """Whether somebody may read what became of it, as `visible_to` says of many."""
        if actor.overseen is None or (self.account_id is not None and self.account_id == actor.account_id):
            return True
        return self.agency_id in actor.overseen

    def is_late(self, day: date) -> bool:
        """Whether it should have been done by a day."""
        return self.state == self.State.OPEN and self.due_on < day


class DecisionReport(models.Model):
    """What its owner, or the manager, tells of a decision, with a file that proves it or none. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="reports")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField()
    words = models.CharField(max_length=500)
    file_name = models.CharField(max_length=120, blank=True)
    file_path = models.CharField(max_length=160, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(file_path="", file_sha256__isnull=True) | (~Q(file_path="") & Q(file_sha256__isnull=False)),
                name="decision_report_file_whole",
            ),
        ]
        indexes = [models.Index(fields=["mall", "decision", "-told_at"], name="decision_last_report")]
