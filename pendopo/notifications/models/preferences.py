"""How somebody wants to be told."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q

from pendopo.tenancy.models import Mall

# For whoever chose nothing: nobody is woken.
QUIET_FROM, QUIET_UNTIL = time(21), time(6)


class Preference(models.Model):
    """One account's choice in one mall. Without channels it is told in its list of messages alone."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # In the order of the wish, with commas.
    channels = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, default="id")
    # By the mall's own clock, maybe over midnight; empty: at any hour.
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "account"], name="preference_once_an_account"),
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="quiet_hours_have_both_ends",
            ),
            models.CheckConstraint(condition=Q(language__in=["id", "en"]), name="preference_in_a_language_we_write"),
            models.CheckConstraint(
                condition=Q(channels__regex=r"^((whatsapp|sms|mail)(,(whatsapp|sms|mail)){0,2})?$"),
                name="preference_of_known_channels",
            ),
        ]

    @property
    def order(self) -> tuple[str, ...]:
        """The channels, the wished one first."""
        return tuple(self.channels.split(",")) if self.channels else ()
