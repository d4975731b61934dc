"""Physical products on their way to whom they belong: a card, a booklet, a stamped paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.catalogue.models import Service
from pendopo.people.models import Party, Person, Representation
from pendopo.queues.models import ForwardedCase
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall, Site

# For what the column is sealed.
SIGNATURE = "applications.signature"


class Handover(models.Model):
    """One product for one owner. `key` opens its page to whoever has it; `number` is the agency's own."""

    tenant = "mall"

    class State(models.TextChoices):
        PRINTED = "printed", _("Selesai dicetak")
        READY = "ready", _("Siap diambil")
        CALLED = "called", _("Diambilkan dari rak")
        HANDED = "handed", _("Sudah diserahkan")
        SENT = "sent", _("Dikirim lewat kurir")
        RETURNED = "returned", _("Dikembalikan ke instansi")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    key = models.CharField(max_length=32, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Party, models.PROTECT, related_name="+")
    product = models.CharField(max_length=80)
    number = models.CharField(max_length=40, blank=True)
    case = models.OneToOneField(ForwardedCase, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=8, choices=State, default=State.PRINTED)
    # Where it lies, as long as it lies there.
    shelf = models.CharField(max_length=12, blank=True)
    request_id = models.UUIDField()
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "request_id"], name="handover_of_one_request"),
            models.UniqueConstraint(
                fields=["mall", "agency", "product", "number"], condition=~Q(number=""), name="product_once"
            ),
            models.UniqueConstraint(fields=["mall", "site", "shelf"], condition=~Q(shelf=""), name="shelf_of_one"),
            models.CheckConstraint(
                condition=Q(state__in=["ready", "called"]) ^ Q(shelf=""), name="on_a_shelf_while_it_waits"
            ),
        ]
        indexes = [models.Index(fields=["mall", "state", "changed_at"], name="handovers_by_state")]

    # Every lawful step, from where the product is. Handed is the end: whose it is has it.
    STEPS = {
        State.PRINTED: (State.READY, State.RETURNED),
        State.READY: (State.CALLED, State.HANDED, State.SENT, State.RETURNED),
        State.CALLED: (State.HANDED, State.READY, State.RETURNED),
        State.SENT: (State.HANDED, State.RETURNED),
        State.RETURNED: (State.READY,),
        State.HANDED: (),
    }
    WAITING = (State.READY, State.CALLED)
    # By which courier it left, or why it went back.
    WITH_REASON = (State.SENT, State.RETURNED)

    @property
    def next_states(self) -> tuple[State, ...]:
        """What may happen to it next."""
        return self.STEPS[self.State(self.state)]


class Move(models.Model):
    """What happened to a product: what, when, by whom, why. Only ever added."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    handover = models.ForeignKey(Handover, models.PROTECT, related_name="moves")
    kind = models.CharField(max_length=8, choices=Handover.State)
    shelf = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["mall", "handover", "id"], name="moves_of_product")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind__in=["sent", "returned"]) | ~Q(reason=""), name="move_with_reason")
        ]


class Receipt(models.Model):
    """Who took a product: its owner, or another person under a representation; and how they signed. Only ever added."""

    tenant = "mall"

    class Signed(models.TextChoices):
        DRAWN = "drawn", _("Di layar")
        BOOK = "book", _("Di buku serah terima")
        COURIER = "courier", _("Pada bukti kurir")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    handover = models.OneToOneField(Handover, models.PROTECT, related_name="receipt")
    # Null: an organisation's own officer comes by a representation; a person is there themselves.
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    representation = models.ForeignKey(Representation, models.PROTECT, related_name="+", null=True)
    signed = models.CharField(max_length=8, choices=Signed)
    signature_sealed = SealedField(purpose=SIGNATURE, blank=True, default=b"")
    at = models.DateTimeField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(representation__isnull=False), name="taken_by_owner_or_proxy"
            ),
            models.CheckConstraint(
                condition=(Q(signed="drawn") & ~Q(signature_sealed=b""))
                | (~Q(signed="drawn") & Q(signature_sealed=b"")),
                name="drawn_means_a_drawing",
            ),
        ]


class PickUpService(models.Model):
    """For which service an agency's owners take a number to pick up what is ready: its queue is the pick-up queue."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agency = models.OneToOneField(Agency, models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, models.PROTECT, related_name="+")
