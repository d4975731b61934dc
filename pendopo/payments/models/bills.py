"""What is owed: the bill, pictures of receipts that people send for it, and that one is not asked any more."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.agencies.types import Actor, Role
from pendopo.catalogue.models import Variant
from pendopo.kernel.money import Money
from pendopo.people.models import Person
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the key of a picture's file is sealed.
PHOTO_KEY = "payments.photo_key"


class BillQuerySet(models.QuerySet["Bill"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the agencies that the actor works for; all of them for whoever oversees or serves the whole mall."""
        serves_all = any(
            held.role in {Role.OFFICER, Role.BACK_OFFICE} and held.agency_id is None for held in actor.memberships
        )
        if serves_all or actor.overseen is None:
            return self.filter(mall=actor.mall)
        return self.filter(mall=actor.mall, agency__in=actor.agencies)


class Bill(models.Model):
    """What one case costs by its rule as it was on one day. Nothing of it ever changes.

    `person` is whom it is about, where they said so at the counter: they are told of it, with `link`, the address of
    its page. `number` is for people and for the bank. Whether it was paid says its settlement.
    """

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Given by the browser: the same request makes the same bill.
    part = models.UUIDField()
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, models.PROTECT, related_name="+")
    day = models.DateField()
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=25)
    # Opens the bill to whoever holds it; the number opens nothing.
    key = models.CharField(max_length=36, db_default=Cast(RandomUUID(), models.CharField()))
    amount = models.BigIntegerField()
    rule = models.CharField(max_length=402)
    rule_from = models.DateField()
    basis = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    link = models.CharField(max_length=300, blank=True, default="", db_default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = BillQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "key"], name="bill_key_once"),
            models.UniqueConstraint(fields=["mall", "part"], name="bill_part_once"),
            models.UniqueConstraint(fields=["mall", "number"], name="bill_number_once"),
            models.UniqueConstraint(fields=["mall", "agency", "day", "position"], name="bill_position_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bill_asks_something"),
            models.CheckConstraint(condition=~Q(rule="") & ~Q(basis=""), name="bill_by_rule_and_regulation"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="bill_expires_later"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def money(self) -> Money:
        """What is to be paid."""
        return Money(self.amount)

    @property
    def is_settled(self) -> bool:
        """Whether it was paid, and somebody else has seen that."""
        return hasattr(self, "settlement")

    @property
    def is_void(self) -> bool:
        """Whether it is not asked any more, although nobody paid."""
        return hasattr(self, "voiding")

    def is_expired(self, at: datetime) -> bool:
        """Whether it can no longer be paid."""
        return not self.is_settled and self.expires_at <= at

    def is_open(self, at: datetime) -> bool:
        """Whether it can be paid now."""
        return not (self.is_settled or self.is_void or self.is_expired(at))


class Voiding(models.Model):
    """That a bill is not asked any more, and why. What was paid is given back instead."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.OneToOneField(Bill, models.PROTECT, related_name="voiding")
    reason = models.CharField(max_length=300)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="voiding_with_reason")]


class Photo(models.Model):
    """A picture of a receipt as whoever holds the bill has sent it, sealed under a key of its own.

    It settles nothing: somebody writes down what it says, and somebody else checks that. Nobody opens it before the
    scanner has called it clean; one that it refused is never opened, and another one is asked for.
    """

    class State(models.TextChoices):
        """What the scanner made of it."""

        WAITING = "waiting", _("Menunggu pemindaian")
        CLEAN = "clean", _("Bersih")
        REFUSED = "refused", _("Ditolak pemindai")

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="photos")
    at = models.DateTimeField()
    kind = models.CharField(max_length=3)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, db_default=State.WAITING)
    # What the scanner said, and which one it was.
    finding = models.CharField(max_length=120, blank=True, default="", db_default="")
    scanner = models.CharField(max_length=80, blank=True, default="", db_default="")
    scanned_at = models.DateTimeField(null=True)
    sha256 = models.BinaryField(max_length=32)
    file_path = models.CharField(max_length=160)
    file_key = SealedField(purpose=PHOTO_KEY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "bill", "sha256"], name="photo_once_a_bill"),
            models.CheckConstraint(condition=Q(kind__in=["jpg", "png", "pdf"]), name="photo_of_known_kind"),
            models.CheckConstraint(
                condition=Q(state="waiting", scanned_at=None, finding="")
                | Q(state="clean", scanned_at__isnull=False, finding="")
                | (Q(state="refused", scanned_at__isnull=False) & ~Q(finding="")),
                name="photo_as_the_scanner_said",
            ),
        ]
        indexes = [models.Index(fields=["mall", "id"], condition=Q(state="waiting"), name="photo_to_scan")]

    @property
    def bound_to(self) -> str:
        """For what its file was sealed: it opens as no other one."""
        return f"mall:{self.mall_id}:photo:{self.file_path}"
