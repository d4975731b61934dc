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
SESSION_ADDRESS = "session address"


def contact_hash(contact: str) -> str:
    """Return what an e-mail address or telephone number is found by; capitals and blanks do not matter."""
    return crypto.keyed_hash(CONTACT, contact.strip().casefold()).hex()


def veiled(contact: str) -> str:
    """Return what is shown of a contact: enough for its owner to know it by."""
    name, at, place = contact.partition("@")
    return f"{name[:1]}{'•' * max(len(name) - 1, 3)}@{place}" if at else "•" * max(len(name) - 4, 0) + name[-4:]


class AccountManager(BaseUserManager["Account"]):
    def of_contact(self, contact: str) -> Self:
        """Find the account that signs in with this e-mail address or telephone number."""
        return self.of_handles([contact_hash(contact)])

    def of_handles(self, handles: list[str]) -> Self:
        """Find the account that signs in with a contact, of which these are the hashes of its spellings."""
        # A subquery of a union, so that either index is used.
        added = Address.objects.filter(handle__in=handles).values("account")
        return self.filter(Q(handle__in=handles) | Q(pk__in=added))  # type: ignore[return-value]


class Account(AbstractBaseUser):
    """How somebody signs in. Global to the installation: no NIK, no birth data, no mall."""

    tenant = "account"

    handle = models.CharField(max_length=64, unique=True)
    contact_sealed = models.BinaryField()
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    is_test = models.BooleanField(default=False)
    # Counted up when its owner signs out everywhere: what was signed in before is so no more.
    session_round = models.PositiveIntegerField(default=0, db_default=0)

    objects = AccountManager()

    USERNAME_FIELD = "handle"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name

    @property
    def contact(self) -> str:
        """The e-mail address or telephone number, decrypted."""
        return crypto.decrypt(CONTACT, bytes(self.contact_sealed))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        plain: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc] # the stubs leave it out
        return f"{self.session_round}:{plain}" if self.session_round else plain


class Address(models.Model):
    """A further e-mail address or telephone number by which an account signs in, proven by a code.

    The first one stands in the account itself; making another one first changes their places.
    """

    tenant = "account"

    account = models.ForeignKey(Account, models.CASCADE, related_name="addresses")
    handle = models.CharField(max_length=64, unique=True)
    contact_sealed = models.BinaryField()
    proved_at = models.DateTimeField()

    @property
    def contact(self) -> str:
        """The e-mail address or telephone number, decrypted."""
        return crypto.decrypt(CONTACT, bytes(self.contact_sealed))


class Code(models.Model):
    """Digits that were sent to a contact: whoever knows them is reached there. Once, and not for long.

    `account` is whom it confirms or adds to; of signing in it is empty, so that the row tells of nobody who exists.
    """

    tenant = "account"

    class Purpose(models.TextChoices):
        ENTER = "enter", _("Masuk")
        CONFIRM = "confirm", _("Konfirmasi")
        ADD = "add", _("Menambah kontak")

    class Channel(models.TextChoices):
        MAIL = "mail", _("Surel")
        WHATSAPP = "whatsapp", "WhatsApp"
        SMS = "sms", "SMS"

    key = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+", null=True)
    contact_sealed = models.BinaryField()
    channel = models.CharField(max_length=10, choices=Channel)
    language = models.CharField(max_length=5)
    digits_hash = models.BinaryField(max_length=32)
    # Only until they are sent.
    digits_sealed = models.BinaryField(blank=True, default=b"")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    is_proven = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("asked_at")), name="code_expires_later"),
            models.CheckConstraint(
                condition=Q(purpose="enter", account=None) | (~Q(purpose="enter") & Q(account__isnull=False)),
                name="code_of_nobody_or_of_one",
            ),
            models.CheckConstraint(
                condition=Q(is_proven=False) | Q(ended_at__isnull=False), name="proven_code_is_used"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="code_by_end")]

    @property
    def contact(self) -> str:
        """Where it was sent, decrypted."""
        return crypto.decrypt(CONTACT, bytes(self.contact_sealed))


class Tally(models.Model):
    """How often something was tried by one address, account or contact in one stretch of time; all hashed."""

    tenant = "account"

    what = models.CharField(max_length=20)
    of_whom = models.CharField(max_length=64)
    begins_at = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "of_whom", "begins_at"], name="tally_once")]
        indexes = [models.Index(fields=["begins_at"], name="tally_by_time")]


class Session(models.Model):
    """A browser in which an account is signed in, in words that its owner knows it by."""

    tenant = "account"

    account = models.ForeignKey(Account, models.CASCADE, related_name="sessions")
    key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=60)
    address_sealed = models.BinaryField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_at"], name="session_by_account")]

    @property
    def address(self) -> str:
        """The network address last seen, decrypted."""
        return crypto.decrypt(SESSION_ADDRESS, bytes(self.address_sealed))


class Remembered(models.Model):
    """What sign-in remembers for a while, the same for every process: hashed keys, sealed values."""

    tenant = "account"

    key = models.CharField(max_length=64, primary_key=True)
    value = models.BinaryField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="remembered_by_end")]


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
