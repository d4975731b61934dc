"""Who signs, what waits for a signature, and batches of signatures; and the keys of claims that verify offline."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.agencies.models import Agency
from pendopo.documents.models.issued import IssuedDocument
from pendopo.people.models import Person
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the columns are sealed.
CLAIM_KEY, PERSONAL_KEY, SIGNER_NIK = "documents.claim_key", "documents.personal_key", "documents.signer_nik"
WAITING_VALUES = "documents.waiting_values"
# A batch that stands still for longer than a service may take was broken off.
STILL: Final = timedelta(seconds=100)


class TokenIdentity(models.Model):
    """A mall's seal whose key stays in the PKCS#11 token of the installation; certified by a throw-away authority."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Of the public key in the token: another key is another identity.
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    # DER (RFC 5280).
    authority = models.BinaryField()
    signer = models.BinaryField()
    revoked = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "fingerprint"], name="token_identity_once")]

    def __str__(self) -> str:
        return f"token identity {self.pk}"


class PersonalSigner(models.Model):
    """A person who signs in their own name: by a key of trial that their passphrase opens, or at BSrE by their NIK."""

    tenant = "mall"

    class Method(models.TextChoices):
        LOCAL = "local", _("Sertifikat UJI")
        BSRE = "bsre", _("BSrE e-Sign")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    method = models.CharField(max_length=10, choices=Method)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # DER (RFC 5280), of trial only; BSrE keeps its own.
    authority = models.BinaryField(null=True)
    signer = models.BinaryField(null=True)
    revoked = models.BinaryField(null=True)
    # PKCS#8, encrypted under the passphrase, and sealed again.
    key = SealedField(purpose=PERSONAL_KEY, blank=True, default=b"")
    nik_sealed = SealedField(purpose=SIGNER_NIK, blank=True, default=b"")
    expires_at = models.DateTimeField(null=True)
    # Wrong passphrases since the last right one, and until when no more are tried.
    wrong = models.PositiveSmallIntegerField(default=0, db_default=0)
    refused_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "account"], condition=Q(ended_at=None), name="one_signer_of_a_person"
            ),
            models.CheckConstraint(
                condition=(
                    Q(method="local", authority__isnull=False, signer__isnull=False, revoked__isnull=False)
                    & Q(expires_at__isnull=False, nik_sealed=b"")
                    & ~Q(key=b"")
                )
                | (Q(method="bsre", key=b"", authority=None, signer=None, revoked=None) & ~Q(nik_sealed=b"")),
                name="signer_has_what_it_signs_with",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"signer {self.pk}"


class ClaimKey(models.Model):
    """The key under which a mall signs the claims in its QR codes (Ed25519, RFC 8032); the newest signs."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    public = models.BinaryField(max_length=32)
    secret = SealedField(purpose=CLAIM_KEY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "number"], name="claim_key_once")]

    def __str__(self) -> str:
        return f"claim key {self.number}"


class WaitingPaper(models.Model):
    """A paper that waits to be numbered, set and signed: by one person, or under the seal. Its values are sealed."""

    tenant = "mall"

    class State(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        SIGNED = "signed", _("Ditandatangani")
        WITHDRAWN = "withdrawn", _("Ditarik")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    # Its kind, as `types.Kind`.
    kind = models.CharField(max_length=40)
    register = models.CharField(max_length=40)
    format = models.CharField(max_length=80)
    shows = models.JSONField(default=list)
    valid_until = models.DateField(null=True)
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    # A template of ours, below `pendopo/`: catalogue/papers/charter.typ
    template = models.CharField(max_length=160)
    values = SealedField(purpose=WAITING_VALUES)
    # Whose the document will be.
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    # Nobody: it is sealed.
    signer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True)
    request_id = models.UUIDField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    state_at = models.DateTimeField()
    state_reason = models.CharField(max_length=200, blank=True)
    # Why it was not signed the last time (`signers.problems`), and when.
    problem = models.CharField(max_length=40, blank=True)
    problem_at = models.DateTimeField(null=True)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "request_id"], name="waiting_paper_once"),
            models.UniqueConstraint(fields=["document"], name="waiting_paper_signed_once"),
            models.CheckConstraint(
                condition=Q(state="signed", document__isnull=False) | (~Q(state="signed") & Q(document=None)),
                name="waiting_paper_signed_is_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | ~Q(state_reason=""), name="waiting_paper_withdrawn_because"
            ),
        ]
        indexes = [models.Index(fields=["mall", "signer", "id"], condition=Q(state="waiting"), name="papers_that_wait")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_sealed(self) -> bool:
        """Whether it gets the seal, and nobody's own signature."""
        return self.signer_id is None


class SigningBatch(models.Model):
    """Papers that one person chose to sign together. What was signed stays signed, whatever happens to the rest."""

    tenant = "mall"

    class State(models.TextChoices):
        RUNNING = "running", _("Berjalan")
        STOPPED = "stopped", _("Berhenti")
        DONE = "done", _("Selesai")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    request_id = models.UUIDField()
    # Under the seal, and not in the person's own name.
    is_seal = models.BooleanField()
    begun_at = models.DateTimeField()
    # When something happened in it last: one that stands still was broken off.
    moved_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    problem = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "request_id"], name="signing_batch_once"),
            models.CheckConstraint(
                condition=~Q(state="stopped") | ~Q(problem=""), name="signing_batch_stopped_because"
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchPaper(models.Model):
    """A paper of a batch, in the order in which they are signed."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    batch = models.ForeignKey(SigningBatch, models.PROTECT, related_name="papers")
    paper = models.ForeignKey(WaitingPaper, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "paper"], name="paper_of_a_batch_once"),
            models.UniqueConstraint(fields=["batch", "position"], name="place_in_a_batch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
