"""Competitions among innovations: proposals in sections with their versions, jurors, and what each juror gave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.innovations.models.register import Innovation
from pendopo.innovations.rulebook import rules
from pendopo.tenancy.models import Mall


class Competition(models.Model):
    """A year's round: until when proposals come, how long each section may be, by what they are scored.

    `limits` holds words by section, `ages` months by group, `criteria` codes with weights: the rules change yearly, so
    each round keeps its own.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    limits = models.JSONField()
    ages = models.JSONField()
    criteria = models.JSONField()
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name", "year"], name="competition_once_a_year"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="competition_closes_after_opening"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lt=2100), name="competition_of_a_year"),
            models.CheckConstraint(condition=~Q(source=""), name="competition_with_source"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limits_source(self) -> str:
        """Where the limits come from with which a round is opened."""
        return rules().limit_source

    @property
    def has_our_limits(self) -> bool:
        """Whether nobody has changed them."""
        return set(self.limits.values()) == {rules().limit}


class Juror(models.Model):
    """A member of staff who scores a competition's proposals; who left says why, and counts no more."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="jurors")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True)
    left_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "competition", "account"], name="juror_once"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_because="") | (Q(left_at__isnull=False) & ~Q(left_because="")),
                name="juror_left_with_reason",
            ),
        ]


class Proposal(models.Model):
    """An innovation put forward in a competition. Its text is the newest of its versions."""

    tenant = "mall"

    class Group(models.TextChoices):
        GENERAL = "general", _("Umum")
        REPLICATION = "replication", _("Replikasi")
        SPECIAL = "special", _("Khusus")

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        SUBMITTED = "submitted", _("Diajukan")
        WITHDRAWN = "withdrawn", _("Ditarik")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    competition = models.ForeignKey(Competition, models.PROTECT, related_name="proposals")
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="proposals")
    group = models.CharField(max_length=11, choices=Group)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "competition", "innovation"], condition=~Q(state="withdrawn"), name="proposal_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="proposal_submitted_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(state="withdrawn", withdrawn_at__isnull=False) & ~Q(withdrawn_because=""))
                | (~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawn_because="")),
                name="proposal_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["mall", "competition", "state"], name="proposal_by_competition")]


class ProposalVersion(models.Model):
    """A proposal's sections as somebody saved them. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sections = models.JSONField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "proposal", "number"], name="proposal_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="proposal_version_counts_from_one"),
        ]


class Scoresheet(models.Model):
    """What a juror gave a proposal, criterion by criterion. Final: only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheets")
    juror = models.ForeignKey(Juror, models.PROTECT, related_name="sheets")
    scores = models.JSONField()
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "proposal", "juror"], name="scoresheet_once")]
