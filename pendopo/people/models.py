"""Who: accounts sign in to the installation; persons and organisations are one mall's records of whom it serves."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from pendopo.kernel import crypto
from pendopo.tenancy import sealing
from pendopo.tenancy.fields import SealedField, SearchHashField
from pendopo.tenancy.models import Mall

CONTACT = "account contact"
NAME = "name"
IDENTIFIER = "identifier"
PERSONS_CONTACT = "contact"


def contact_hash(contact: str) -> str:
    """Return what an e-mail address or telephone number is found by; capitals and blanks do not matter."""
    return crypto.keyed_hash(CONTACT, contact.strip().casefold()).hex()


class AccountManager(BaseUserManager["Account"]):
    def of_contact(self, contact: str) -> Self:
        """Find the account that signs in with this e-mail address or telephone number."""
        return self.filter(handle=contact_hash(contact))  # type: ignore[return-value]


class Account(AbstractBaseUser):
    """How somebody signs in. Global to the installation: no NIK, no birth data, no mall."""

    tenant = "account"

    handle = models.CharField(max_length=64, unique=True)
    contact_sealed = models.BinaryField()
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_test = models.BooleanField(default=False)

    objects = AccountManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    @property
    def contact(self) -> str:
        """The e-mail address or telephone number, decrypted."""
        return crypto.decrypt(CONTACT, bytes(self.contact_sealed))


class Person(models.Model):
    """One mall's record of a human being, with or without an account."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    # What older code wrote; this code writes the sealed name only.
    plain_name = models.CharField(max_length=120, db_column="name", blank=True, default="", db_default="")
    name_sealed = SealedField(purpose=NAME, blank=True, default=b"", db_default=b"")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "account"], name="person_once_an_account")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name, unsealed. Stand inside the mall."""
        return sealing.unseal(self.mall_id, NAME, bytes(self.name_sealed)) if self.name_sealed else self.plain_name


class Identifier(models.Model):
    """A number by which a person is known to the state, encrypted, found by its keyed hash."""

    tenant = "mall"

    class Kind(models.TextChoices):
        NIK = "nik", "NIK"
        KK = "kk", "KK"
        PASSPORT = "passport", _("Paspor")
        KITAS = "kitas", "KITAS"
        BPJS = "bpjs", "BPJS"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    value_sealed = SealedField(purpose=IDENTIFIER)
    value_hash = SearchHashField(of="value_sealed")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "kind", "value_hash"], name="identifier_of_one_person"),
        ]

    @property
    def value(self) -> str:
        """The number, unsealed. Whoever shows it shows its last four digits (`numbers.masked`)."""
        return sealing.unseal(self.mall_id, IDENTIFIER, bytes(self.value_sealed))


class Contact(models.Model):
    """Where a person is reached, sealed, found by its keyed hash. Several may share a telephone."""

    tenant = "mall"

    class Kind(models.TextChoices):
        PHONE = "phone", _("Telepon")
        EMAIL = "email", _("Surel")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=5, choices=Kind)
    value_sealed = SealedField(purpose=PERSONS_CONTACT)
    value_hash = SearchHashField(of="value_sealed")
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "person", "kind", "value_hash"],
                condition=Q(removed_at=None),
                name="contact_once_a_person",
            ),
        ]
        indexes = [models.Index(fields=["mall", "kind", "value_hash"], name="contact_by_hash")]

    @property
    def value(self) -> str:
        """The number or address, unsealed."""
        return sealing.unseal(self.mall_id, PERSONS_CONTACT, bytes(self.value_sealed))


class Organisation(models.Model):
    """A business, foundation or association."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    nib = models.CharField(max_length=13, blank=True, validators=[RegexValidator(r"^\d{13}$")])
    npwp = models.CharField(max_length=16, blank=True, validators=[RegexValidator(r"^\d{15,16}$")])
    deed = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(nib="") | Q(nib__regex=r"^\d{13}$"), name="nib_has_13_digits"),
            models.CheckConstraint(
                condition=Q(npwp="") | Q(npwp__regex=r"^\d{15,16}$"), name="npwp_has_15_or_16_digits"
            ),
            models.UniqueConstraint(fields=["mall", "nib"], condition=~Q(nib=""), name="nib_of_one_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """Who applies: exactly one of a person and an organisation."""

    tenant = "mall"

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True), name="party_is_exactly_one"
            ),
            models.UniqueConstraint(fields=["mall", "person"], name="party_once_a_person"),
            models.UniqueConstraint(fields=["mall", "organisation"], name="party_once_an_organisation"),
        ]

    @property
    def name(self) -> str:
        """The name, unsealed. Stand inside the mall."""
        return str(self.person or self.organisation)


class Representation(models.Model):
    """A person may act for a party, on a basis, for a time."""

    tenant = "mall"

    class Basis(models.TextChoices):
        PARENT = "parent", _("Orang tua")
        GUARDIAN = "guardian", _("Wali")
        ATTORNEY = "attorney", _("Kuasa")
        OFFICER = "officer", _("Pengurus")

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=10, choices=Basis)
    document = models.CharField(max_length=160, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="representation_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["mall", "person", "party", "basis"], condition=Q(revoked_at=None), name="representation_once"
            ),
        ]
