"""The one number of each agency that people may call, and the monthly proof that somebody answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.agencies.models.places import Agency
from pendopo.tenancy.models import Mall


class Hotline(models.Model):
    """The number at which an agency answers people; every agency has one of its own."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.OneToOneField(Agency, models.PROTECT, related_name="hotline")
    number = models.CharField(max_length=20)
    hours = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="hotline_has_number")]

    def __str__(self) -> str:
        return self.number


class HotlineTest(models.Model):
    """Somebody called the number, and was answered or not. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    hotline = models.ForeignKey(Hotline, models.PROTECT, related_name="tests")
    number = models.CharField(max_length=20)
    tested_at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    is_answered = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "hotline", "-tested_at"], name="hotline_last_test")]
