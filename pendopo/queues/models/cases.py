"""What was taken in at a counter and is worked on at the agency: forwarded, followed, given back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.models import Variant
from pendopo.queues.models.visits import Ticket
from pendopo.tenancy.models import Mall


class ForwardedCase(models.Model):
    """A citizen's papers that were taken in here for an agency that works on them elsewhere; one a ticket.

    `agency_number` is the agency's own. `state` is its last step, empty before the first. No personal data.
    """

    tenant = "mall"

    class State(models.TextChoices):
        TAKEN_IN = "taken_in", _("Berkas diterima di MPP")
        SENT = "sent", _("Dikirim ke instansi")
        RECEIVED = "received", _("Diterima instansi")
        ASKED = "asked", _("Diminta melengkapi")
        READY = "ready", _("Hasil siap diambil di MPP")
        REJECTED = "rejected", _("Ditolak")
        GIVEN_BACK = "given_back", _("Sudah diserahkan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="case")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    agency_number = models.CharField(max_length=40, blank=True)
    papers = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.TAKEN_IN)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    promised_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "agency", "state"], name="case_of_agency")]

    # Every lawful step, from where the case stands. Given back is the end.
    STEPS = {
        State.TAKEN_IN: (State.SENT,),
        State.SENT: (State.RECEIVED, State.REJECTED),
        State.RECEIVED: (State.ASKED, State.READY, State.REJECTED),
        State.ASKED: (State.RECEIVED, State.REJECTED),
        State.READY: (State.GIVEN_BACK,),
        State.REJECTED: (State.GIVEN_BACK,),
        State.GIVEN_BACK: (),
    }
    # The agency still has to do something.
    WORKED_ON = (State.TAKEN_IN, State.SENT, State.RECEIVED, State.ASKED)
    # Read by the citizen, and asked of whoever takes the step.
    WITH_REASON = (State.ASKED, State.REJECTED)

    @property
    def next_steps(self) -> tuple[State, ...]:
        """What may happen to it next."""
        return self.STEPS[self.State(self.state)]


class CaseStep(models.Model):
    """What happened to a forwarded case: what, when, by whom, and why. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    case = models.ForeignKey(ForwardedCase, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=ForwardedCase.State)
    at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "case", "id"], name="case_steps")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=["asked", "rejected"]) | ~Q(reason=""), name="case_step_with_reason"
            )
        ]
