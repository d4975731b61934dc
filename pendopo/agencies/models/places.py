"""Agencies in a mall, where they receive people, and their numbered counters."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.tenancy.models import Mall, Region, Site, Zone


class Agency(models.Model):
    """An instansi that serves in the mall: a dinas, ministry office, court, bank, state company.

    No agency stands above itself, at any height: the trigger `agencies_no_circle` refuses it.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=160)
    short_name = models.CharField(max_length=40)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    area = models.ForeignKey(Region, models.PROTECT, related_name="+", null=True)
    organisation_code = models.CharField(max_length=40, blank=True)
    texts = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="agency_code_once"),
            models.UniqueConstraint(fields=["mall", "name"], name="agency_name_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="agency_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class OutletQuerySet(models.QuerySet["Outlet"]):
    def receiving(self) -> Self:
        """All but those that were ended."""
        return self.filter(ended_at=None)


class Outlet(models.Model):
    """An agency's gerai at a site; without agency, the mall's own common desk that takes in for all.

    Ended it stays, for its past, and may be opened again.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="outlets")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="outlets", null=True)
    observes_holidays = models.BooleanField(default=True)
    ended_at = models.DateTimeField(null=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "site", "agency"], name="outlet_once_a_site", nulls_distinct=False),
        ]


class CounterQuerySet(models.QuerySet["Counter"]):
    def standing(self) -> Self:
        """All but those that were retired."""
        return self.filter(retired_at=None)


class Counter(models.Model):
    """A numbered place of an outlet in a zone. It does not know services: they are above it.

    Retired it stays, for its past; its number may be given again.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="counters")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    retired_at = models.DateTimeField(null=True)

    objects = CounterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "zone", "number"], condition=Q(retired_at=None), name="counter_number_once_a_zone"
            ),
        ]

    def __str__(self) -> str:
        return _("Loket %(number)s") % {"number": self.number}
