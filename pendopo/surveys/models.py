from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.queues.models import Ticket
from pendopo.tenancy.models import Mall


class Rating(models.Model):
    """How satisfied a visitor was, said once with the ticket's key. 1 to 4 as in PermenPANRB 14/2017."""

    tenant = "mall"

    class Score(models.IntegerChoices):
        BAD = 1, _("Tidak puas")
        POOR = 2, _("Kurang puas")
        GOOD = 3, _("Puas")
        VERY_GOOD = 4, _("Sangat puas")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="+", db_index=False)
    score = models.PositiveSmallIntegerField(choices=Score)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "ticket"], name="rating_once_a_ticket"),
            models.CheckConstraint(condition=Q(score__range=(1, 4)), name="rating_1_to_4"),
        ]
