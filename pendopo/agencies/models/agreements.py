"""What binds agencies to the mall: agreements, who has to sign each, and days on which many are signed at once."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models.places import Agency
from pendopo.tenancy.models import Mall

# An agreement is renewed in this time, and urgently in that: letters between governments take weeks.
ENDS_SOON, ENDS_VERY_SOON = timedelta(days=90), timedelta(days=30)


class Signing(models.Model):
    """A day and a place at which many agreements were signed."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    day = models.DateField()
    place = models.CharField(max_length=160)


class Agreement(models.Model):
    """A nota kesepakatan, rencana kerja, PKS or commitment. Who has to sign it are its signatories."""

    tenant = "mall"

    class Kind(models.TextChoices):
        MOU = "mou", _("Nota kesepakatan")
        PLAN = "plan", _("Rencana kerja")
        CONTRACT = "contract", _("Perjanjian kerja sama")
        COMMITMENT = "commitment", _("Komitmen layanan")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    scope = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, related_name="renewals", null=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    file_path = models.CharField(max_length=160, blank=True)
    file_sha256 = models.BinaryField(max_length=32, null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agreement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__isnull=False) & ~Q(ended_because="")),
                name="agreement_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(file_path="", file_sha256__isnull=True) | (~Q(file_path="") & Q(file_sha256__isnull=False)),
                name="agreement_file_whole",
            ),
            models.UniqueConstraint(fields=["mall", "renews"], name="agreement_renewed_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_over(self, day: date) -> bool:
        """Whether it binds nobody any more on a day."""
        return (self.ends_on is not None and self.ends_on < day) or (self.ended_on is not None and self.ended_on <= day)


class Standing(models.TextChoices):
    """How an agency stands to a kind of agreement on a day."""

    SIGNED = "signed", _("Ditandatangani")
    ENDING = "ending", _("Segera berakhir")
    UNDERWAY = "underway", _("Disiapkan")
    NOT = "not", _("Belum bersedia")
    EXPIRED = "expired", _("Sudah berakhir")


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def standing(self, day: date) -> Self:
        """Say how each stands on a day, the best first; what was ended early is left out."""
        over = Q(state=Signatory.State.SIGNED, agreement__ends_on__lt=day)
        ending = Q(state=Signatory.State.SIGNED, agreement__ends_on__lte=day + ENDS_SOON)
        found = self.exclude(agreement__ended_on__lte=day).annotate(
            standing=Case(
                When(over, then=Value(Standing.EXPIRED.value)),
                When(ending, then=Value(Standing.ENDING.value)),
                default=F("state"),
            ),
            rank=Case(
                When(over, then=5),
                When(ending, then=2),
                When(state=Signatory.State.SIGNED, then=1),
                When(state=Signatory.State.UNDERWAY, then=3),
                default=4,
            ),
        )
        return found.order_by("rank", "-pk")

    def renewing(self) -> Self:
        """Say of each whether another agreement renews its own."""
        return self.annotate(
            is_renewed=Exists(Agreement.objects.filter(mall=OuterRef("mall"), renews=OuterRef("agreement")))
        )


class Signatory(models.Model):
    """Who has to sign an agreement: an agency, or a party without a counter (police, prosecutor, military)."""

    tenant = "mall"

    class State(models.TextChoices):
        UNDERWAY = "underway", _("Disiapkan")
        NOT = "not", _("Belum bersedia")
        SIGNED = "signed", _("Ditandatangani")

    class Reason(models.TextChoices):
        NOT_READY = "not_ready", _("Belum siap")
        SUPERIOR = "superior", _("Menunggu keputusan pusat atau atasan")
        ROOM = "room", _("Tempat belum tersedia")
        SYSTEM = "system", _("Perangkat atau jaringan belum siap")
        OTHER = "other", _("Pertimbangan lain")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatories")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    name = models.CharField(max_length=160, blank=True)
    # Name and office, as on the paper.
    signer = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.UNDERWAY)
    signed_on = models.DateField(null=True)
    signing = models.ForeignKey(Signing, models.PROTECT, related_name="signatories", null=True)
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    note = models.CharField(max_length=200, blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)

    # Said by the query set: `standing` and `renewing`.
    standing: str
    is_renewed: bool

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "signatories"
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, name="") | (Q(agency__isnull=True) & ~Q(name="")),
                name="signatory_is_agency_or_named",
            ),
            models.CheckConstraint(
                condition=(Q(state="signed", signed_on__isnull=False) & ~Q(signer=""))
                | (~Q(state="signed") & Q(signed_on__isnull=True, signing__isnull=True)),
                name="signatory_signed_by_somebody",
            ),
            models.CheckConstraint(condition=~Q(state="not") | ~Q(reason=""), name="signatory_refuses_with_reason"),
            models.UniqueConstraint(fields=["mall", "agreement", "agency"], name="signatory_agency_once"),
            models.UniqueConstraint(
                fields=["mall", "agreement", "name"], condition=Q(agency=None), name="signatory_name_once"
            ),
        ]
        indexes = [models.Index(fields=["mall", "agency"], name="signatory_by_agency")]

    def __str__(self) -> str:
        return self.agency.name if self.agency else self.name
