"""Documents that were issued: numbered, signed, kept sealed; and under whose certificates."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pendopo.people.models import Person
from pendopo.tenancy.fields import SealedField
from pendopo.tenancy.models import Mall

# For what the columns are sealed.
SIGNER_KEY, STAMPER_KEY, FILE_KEY = "documents.signer_key", "documents.stamper_key", "documents.file_key"


class Register(models.Model):
    """One year of a register of numbers: gapless, since its last number moves in the transaction of a signing."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    # Of `number` and `year`: 503/{number:04}/DPMPTSP/{year}
    format = models.CharField(max_length=80)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "code", "year"], name="register_of_a_year_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.year}"

    def written(self, number: int) -> str:
        """Write a number of this register as it stands on paper."""
        return self.format.format(number=number, year=self.year)


class SigningIdentity(models.Model):
    """The certificates under which a mall signs by itself, and their keys, sealed; made at its first signature."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    # DER (RFC 5280); `revoked` is the authority's list of revoked certificates.
    authority = models.BinaryField()
    signer = models.BinaryField()
    stamper = models.BinaryField()
    revoked = models.BinaryField()
    signer_key = SealedField(purpose=SIGNER_KEY)
    stamper_key = SealedField(purpose=STAMPER_KEY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall"], name="one_signing_identity")]

    def __str__(self) -> str:
        return f"signing identity {self.pk}"


class IssuedDocument(models.Model):
    """A document with its number and signature. At most one about a subject is valid; it opens by its code."""

    tenant = "mall"

    class State(models.TextChoices):
        VALID = "valid", _("Berlaku")
        SUPERSEDED = "superseded", _("Digantikan")
        CORRECTED = "corrected", _("Diperbaiki")
        REVOKED = "revoked", _("Dicabut")

    class Method(models.TextChoices):
        LOCAL = "local", _("Sertifikat UJI milik MPP")
        TOKEN = "token", _("Sertifikat UJI, kunci di perangkat PKCS#11")
        BSRE = "bsre", _("BSrE e-Sign")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    register = models.ForeignKey(Register, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    number_text = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    # What it is about, as kind and number of a row: agency:7
    subject = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    code = models.CharField(max_length=26)
    # Of the signed file; the file itself lies below the data folder, sealed under a key of its own.
    sha256 = models.BinaryField(max_length=32)
    file_path = models.CharField(max_length=160)
    file_key = SealedField(purpose=FILE_KEY)
    # The browser's number of the wish: sent twice, issued once.
    request_id = models.UUIDField()
    # Whose it is, where the issuer knows a person: they are told, and see it among their documents.
    holder = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=State, default=State.VALID)
    state_at = models.DateTimeField()
    state_reason = models.CharField(max_length=200, blank=True)
    # A corrected one: which is read instead.
    replaced_by = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    # The last day on which it is valid; none for what ends only by an act.
    valid_until = models.DateField(null=True)
    # What whoever holds the code may read of it (`types.Shown`); decided by its kind when it was issued.
    shows = models.JSONField(default=list)
    method = models.CharField(max_length=10, choices=Method, default=Method.LOCAL)
    # Signed by a person, in their own name; else it bears the mall's seal.
    is_personal = models.BooleanField(default=False)
    # Of the paper before its QR: what the claims in the QR speak of (RFC 7515); empty for those of before.
    content_sha256 = models.BinaryField(max_length=32, default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "code"], name="document_code_once"),
            models.UniqueConstraint(fields=["register", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["mall", "request_id"], name="document_wish_once"),
            models.UniqueConstraint(
                fields=["mall", "kind", "subject"], condition=Q(state="valid"), name="one_valid_document"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_number_from_one"),
            models.CheckConstraint(
                condition=~Q(state="revoked") | ~Q(state_reason=""), name="document_revoked_because"
            ),
            models.CheckConstraint(
                condition=(Q(state="corrected", replaced_by__isnull=False) & ~Q(state_reason=""))
                | (~Q(state="corrected") & Q(replaced_by=None)),
                name="document_corrected_by_another",
            ),
        ]
        indexes = [models.Index(fields=["mall", "sha256"], name="document_by_digest")]

    def __str__(self) -> str:
        return f"{self.number_text}, {self.title}"

    @property
    def bound_to(self) -> str:
        """For what its file was sealed: it opens as no other document's."""
        return f"mall:{self.mall_id}:document:{self.code}"
