"""The way of an agency into the mall: who wants to join, what it still lacks, and the milestones to the opening."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Agency, Counter
from pendopo.tenancy.models import Mall, Site, Zone


class Prospect(models.Model):
    """An agency that wants to join the mall; `agency` once it has."""

    tenant = "mall"

    class State(models.TextChoices):
        INTERESTED = "interested", _("Berminat")
        TALKS = "talks", _("Dibahas")
        ACCEPTED = "accepted", _("Diterima")
        JOINED = "joined", _("Bergabung")
        DECLINED = "declined", _("Tidak jadi")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    contact_office = models.CharField(max_length=200)
    wanted_services = models.TextField()
    since = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.INTERESTED)
    reason = models.CharField(max_length=200, blank=True)
    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="prospect_name_once"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""), name="prospect_declines_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="joined", agency__isnull=False) | (~Q(state="joined") & Q(agency__isnull=True)),
                name="prospect_joins_as_agency",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Preparation(models.Model):
    """An agency takes part in the opening, and fills its own checklist from a day on."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.OneToOneField(Agency, models.PROTECT, related_name="preparation")
    filled_from = models.DateField()


class PreparationItem(models.Model):
    """One thing that must be there before an agency can receive people."""

    tenant = "mall"

    class Kind(models.TextChoices):
        ROOM = "room", _("Ruang")
        COUNTER = "counter", _("Loket")
        EQUIPMENT = "equipment", _("Peralatan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    preparation = models.ForeignKey(Preparation, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=9, choices=Kind)
    name = models.CharField(max_length=120)
    due_on = models.DateField(null=True)
    note = models.CharField(max_length=200, blank=True)
    ready_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "preparation", "kind", "name"], name="preparation_item_once")
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A step on the way to the opening, whose it is, when it is planned, and when it was done."""

    tenant = "mall"

    class Kind(models.TextChoices):
        STEP = "step", _("Langkah lain")
        SOFT_OPENING = "soft_opening", _("Soft opening")
        TRIAL = "trial", _("Uji coba")
        REVIEW = "review", _("Asistensi kementerian")
        GRAND_OPENING = "grand_opening", _("Peresmian")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=13, choices=Kind)
    name = models.CharField(max_length=120)
    owner = models.CharField(max_length=120)
    planned_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    evidence = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "name"], name="milestone_name_once"),
            models.UniqueConstraint(fields=["mall", "kind"], condition=~Q(kind="step"), name="milestone_kind_once"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, evidence="") | (Q(done_on__isnull=False) & ~Q(evidence="")),
                name="milestone_done_with_evidence",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MilestoneNeed(models.Model):
    """A milestone is done only after another.

    Rows together never form a circle: the trigger `agencies_no_milestone_circle` refuses it.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="needs")
    needed = models.ForeignKey(Milestone, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "milestone", "needed"], name="milestone_needs_once"),
            models.CheckConstraint(condition=~Q(milestone=F("needed")), name="milestone_needs_another"),
        ]


class SiteCapacity(models.Model):
    """How many counters, seats and vehicles a site holds."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.OneToOneField(Site, models.PROTECT, related_name="+")
    counters = models.PositiveIntegerField()
    seats = models.PositiveIntegerField()
    parking_cars = models.PositiveIntegerField()
    parking_motorcycles = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "site capacities"


class Relocation(models.Model):
    """An agency moves to a site, out of an office or another site, with what it needs there."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    from_place = models.CharField(max_length=160)
    to_site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    counters = models.PositiveSmallIntegerField()
    parking_cars = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200)
    planned_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="relocation_with_reason"),
            models.UniqueConstraint(
                fields=["mall", "agency"], condition=Q(done_on=None), name="relocation_one_at_a_time"
            ),
        ]


class RelocationCounter(models.Model):
    """One counter that moves with its agency: into which zone of the new site, and under which number."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+", db_index=False)
    relocation = models.ForeignKey(Relocation, models.CASCADE, related_name="moving")
    counter = models.ForeignKey(Counter, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "relocation", "counter"], name="relocation_counter_once"),
            models.UniqueConstraint(fields=["mall", "relocation", "zone", "number"], name="relocation_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="relocation_numbered_from_1"),
        ]
