"""What an inspection found wrong, whose it is to mend and until when, and what became of it."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor
from pendopo.inspections.models.inspections import Place
from pendopo.kernel.errors import MoveNotAllowed
from pendopo.tenancy.models import Mall


class FindingQuerySet(models.QuerySet["Finding"]):
    def told(self) -> Self:
        """Those of signed inspections: before, nothing is told to anybody."""
        return self.filter(place__inspection__signature__isnull=False).exclude(state=Finding.State.WITHDRAWN)

    def visible_to(self, actor: Actor) -> Self:
        """All for whoever oversees the mall; for an agency's admin the told ones of the agency."""
        return self if actor.overseen is None else self.told().filter(agency__in=actor.overseen)

    def late(self, day: date) -> Self:
        """Those whose owner has not answered although the day they are due is over."""
        return self.filter(state=Finding.State.OPEN, due_on__lt=day)


class Finding(models.Model):
    """Something to mend. Its owner is an agency, or without one the mall itself.

    What it says never changes; a slip is withdrawn before the signature and written anew. Only `state` moves.
    """

    tenant = "mall"

    class State(models.TextChoices):
        OPEN = "open", _("Menunggu perbaikan")
        ANSWERED = "answered", _("Menunggu diperiksa")
        CLOSED = "closed", _("Selesai")
        WITHDRAWN = "withdrawn", _("Ditarik")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="findings")
    item = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    found_on = models.DateField()
    due_on = models.DateField()
    part = models.UUIDField()
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    state_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "part"], name="finding_part_once"),
            models.CheckConstraint(condition=~Q(words=""), name="finding_says_something"),
            models.CheckConstraint(condition=Q(due_on__gte=F("found_on")), name="finding_due_after_found"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "answered", "closed", "withdrawn"]), name="finding_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "due_on", "id"], name="finding_by_due"),
            models.Index(fields=["mall", "agency", "state"], name="finding_by_agency"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def owner(self) -> str:
        """Whose it is to mend, by name."""
        return self.agency.short_name if self.agency else str(_("Pengelola MPP"))

    def is_late(self, day: date) -> bool:
        """Whether its owner should have answered by now."""
        return self.state == Finding.State.OPEN and self.due_on < day

    def move_to(self, state: State) -> None:
        """Change the state of this row, unsaved. Raises MoveNotAllowed."""
        if state not in MOVES[Finding.State(self.state)]:
            told = {"now": self.get_state_display(), "wanted": state.label}
            raise MoveNotAllowed(_("Temuan ini “%(now)s”, tidak dapat menjadi “%(wanted)s”.") % told)
        self.state = state


MOVES = {
    Finding.State.OPEN: {Finding.State.ANSWERED, Finding.State.CLOSED, Finding.State.WITHDRAWN},
    Finding.State.ANSWERED: {Finding.State.CLOSED, Finding.State.OPEN},
    Finding.State.CLOSED: {Finding.State.OPEN},
    Finding.State.WITHDRAWN: set[Finding.State](),
}


class Step(models.Model):
    """What happened to a finding: answered, closed, opened again, withdrawn; by whom, and in which words."""

    tenant = "mall"

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("Dijawab")
        CLOSED = "closed", _("Dinyatakan selesai")
        REOPENED = "reopened", _("Dibuka lagi")
        WITHDRAWN = "withdrawn", _("Ditarik")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=9, choices=Kind)
    words = models.CharField(max_length=500)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="step_says_something")]
        indexes = [models.Index(fields=["mall", "finding", "id"], name="steps_of_finding")]
