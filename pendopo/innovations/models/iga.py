"""The innovation index of a year: the highest score of each indicator, and what was scored."""

from django.db import models
from django.db.models import F, Q

from pendopo.innovations.models.register import Innovation
from pendopo.tenancy.models import Mall

INDICATORS = range(1, 37)
# Scored of each innovation; the others once, of the government.
OF_INNOVATIONS = range(16, 36)


class IgaMaximum(models.Model):
    """The most that an indicator can score by a year's instrument, and where that is written."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    source = models.CharField(max_length=300)

    class Meta:
        verbose_name_plural = "IGA maxima"
        constraints = [
            models.UniqueConstraint(fields=["mall", "year", "number"], name="iga_maximum_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=36), name="iga_maximum_of_an_indicator"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="iga_maximum_is_something"),
            models.CheckConstraint(condition=~Q(source=""), name="iga_maximum_with_source"),
        ]


class IgaScore(models.Model):
    """What an indicator scored in a year: 16 to 35 of an innovation each, the others of the government.

    `maximum` is the indicator's of that year, so that the database refuses a score above it.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    innovation = models.ForeignKey(Innovation, models.PROTECT, related_name="+", null=True)
    score = models.DecimalField(max_digits=7, decimal_places=2)
    maximum = models.DecimalField(max_digits=7, decimal_places=2)
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "year", "number", "innovation"], name="iga_score_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=36), name="iga_score_of_an_indicator"),
            models.CheckConstraint(
                condition=Q(number__gte=16, number__lte=35, innovation__isnull=False)
                | (~Q(number__gte=16, number__lte=35) & Q(innovation__isnull=True)),
                name="iga_score_of_an_innovation",
            ),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=F("maximum")), name="iga_score_in_range"),
            models.CheckConstraint(condition=~Q(source=""), name="iga_score_with_source"),
        ]
